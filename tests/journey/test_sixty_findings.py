"""A clerk is through with a document of sixty findings, from the keyboard, in a few strokes."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from luoshi.intake.models import Document, Finding
from luoshi.ledger.models import Event
from luoshi.org import queries as org
from luoshi.org.models import Account
from tests import sixty
from tests.journey.cast import Cast
from tests.sixty import DOUBLE, DOUBTFUL, HALVED, WRONG

# Five minutes for sixty findings are five seconds each; a stroke with its look is two.
MOST = 40
RESTING = """() => document.activeElement === document.body
  || document.activeElement.matches("[data-finding].is-on")"""


class Keyboard:
    """The keys of one person, counted; a word typed counts its letters."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.strokes = 0

    def press(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)
            self.strokes += 1

    def write(self, words: str) -> None:
        self.page.keyboard.type(words)
        self.strokes += len(words)

    def on(self) -> str:
        """The words of the row in question."""
        return self.page.locator("[data-finding].is-on .fd-q").inner_text()

    def left(self, waiting: int, doubtful: int) -> None:
        """The bar says how many are left."""
        words = f"还有 {waiting} 条待确认，其中存疑 {doubtful} 条" if waiting else "都看过了"
        expect(self.page.locator("#left")).to_contain_text(words)


def test_sixty_findings_are_judged_in_a_few_strokes(cast: Cast) -> None:
    document = sixty.take_in(org.actor(Account.objects.get(username="clerk")))
    page = cast("clerk")
    page.goto(f"/documents/{document.pk}/")
    keys = Keyboard(page)
    waiting, doubtful = 60, DOUBTFUL
    keys.left(waiting, doubtful)
    for number in range(WRONG, 60, 5):
        expect(page.locator("[data-finding].is-on")).to_contain_text(f"第{number}批")
        page.wait_for_function(RESTING)
        if number == WRONG:
            _mends_the_owner(keys)
        elif number == HALVED:
            keys.press("m")
            waiting -= 1
            keys.left(waiting, doubtful)
            assert sixty.sentence(HALVED + 1) in keys.on()
            keys.press("Enter")
        elif number == DOUBLE:
            keys.press("s")
            expect(page.locator(".is-on [name=place]:checked")).to_be_focused()
            keys.press("Enter")
            waiting, doubtful = waiting + 1, doubtful + 1
            keys.left(waiting, doubtful)
            keys.press("Enter")
            waiting, doubtful = waiting - 1, doubtful - 1
            keys.left(waiting, doubtful)
            keys.press("Enter")
        elif number == 24:
            keys.press("x")
            expect(page.locator(".is-on [name=because]").first).to_be_focused()
            keys.press("4")
        else:
            keys.press("Enter")
        waiting, doubtful = waiting - 1, doubtful - 1
        keys.left(waiting, doubtful)
    keys.press("u")  # the last one was too quick
    keys.left(waiting + 1, 1)
    expect(page.locator("[data-finding].is-on")).to_contain_text("第59批")
    keys.press("Enter")
    keys.left(waiting, 0)
    keys.press("c")
    keys.left(0, 0)
    _is_judged(document)
    assert keys.strokes <= MOST, keys.strokes


def _mends_the_owner(keys: Keyboard) -> None:
    keys.press("e")
    field = keys.page.locator(".is-on [name=responsible_units]")
    expect(field).to_be_focused()
    keys.write("区教育局")
    keys.press("Enter")


def _is_judged(document: Document) -> None:
    rows = Finding.objects.filter(document=document, kind="directive")
    counts = {
        state: rows.filter(state=state).count()
        for state in ("confirmed", "corrected", "rejected", "merged", "proposed")
    }
    assert counts == {"confirmed": 58, "corrected": 1, "rejected": 1, "merged": 1, "proposed": 0}
    mended = rows.get(state="corrected")
    assert mended.value["responsible_units"] == ["区教育局"]
    assert rows.get(state="rejected").reason == "与另一条重复"
    halves = rows.order_by("-pk")[:1]
    assert halves[0].value["responsible_units"] == ["区水务局"]
    names = Event.objects.filter(stream=document.stream).values_list("name", flat=True)
    assert list(names).count("document.act_withdrawn") == 1


def test_a_directive_is_cut_where_the_cursor_stands(cast: Cast) -> None:
    document = sixty.take_in(org.actor(Account.objects.get(username="clerk")))
    page = cast("clerk")
    page.goto(f"/documents/{document.pk}/?only=text")
    words = sixty.sentence(0)
    at = document.restored.index(words) + words.index("办好")
    page.evaluate(CLICK_AT, at)
    page.keyboard.press("s")
    expect(page.locator(".is-on [value=cursor]")).to_be_checked()
    expect(page.locator(".is-on [value=cursor]")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#findings .fd").nth(1)).to_contain_text("办好第0批办事指南")
    expect(page.locator("#findings .fd").first.locator(".fd-q")).to_have_text(
        "区发展和改革局要在年底前"
    )


# a click at an offset of the restored text: the caret stands there, the sentence's row is in question
CLICK_AT = """at => {
  const paragraph = [...document.querySelectorAll("[data-start]")].reverse()
    .find(each => Number(each.dataset.start) <= at);
  let left = at - Number(paragraph.dataset.start);
  for (const run of paragraph.querySelectorAll(".st")) {
    const node = run.firstChild;
    if (left < node.data.length) {
      document.getSelection().collapse(node, left);
      run.click();
      return;
    }
    left -= node.data.length;
  }
}"""
