"""What a person does and sees on the workbench of a document, and with the list made from it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

from playwright.sync_api import Locator, Page, expect

from tests.journey.screens import SEND, fill, go, press, told


def take_in(page: Page, file: Path) -> None:
    """Hand a document in, from the key that chooses the file to the workbench."""
    go(page, "l")
    with page.expect_file_chooser() as chooser:
        press(page, "u")
    chooser.value.set_files(file)
    expect(page.locator("#take-list")).to_contain_text(file.name)
    page.get_by_role("button", name="收文并研读").press("Enter")
    page.wait_for_url(re.compile(r"/documents/\d+/$"))


def face(page: Page, label: str) -> None:
    """Another face of the document: 任务要求, 要素与会议, 还原记录."""
    page.locator(".doc-tabs a").filter(has_text=label).press("Enter")
    expect(page.locator(".doc-tabs [aria-current=page]")).to_contain_text(label)


def repairs(page: Page) -> list[list[str]]:
    """The records of repair: what was received, what it is read as, where, why, how sure."""
    face(page, "还原记录")
    page.wait_for_url("**/repairs/")
    rows: list[list[str]] = page.locator(".rep-t tbody tr").evaluate_all(
        "rows => rows.map(row => [...row.cells].map(cell => cell.innerText.trim()))"
    )
    return rows


def facts(page: Page, group: str) -> list[tuple[str, str]]:
    """The facts of a group: label, and everything said of it."""
    section = page.locator(".fcs section").filter(
        has=page.get_by_role("heading", name=re.compile(rf"^{group}"))
    )
    rows: list[list[str]] = section.locator(".fc").evaluate_all(
        """rows => rows.map(row => [row.querySelector('.fc-k').innerText,
             [...row.querySelectorAll('.fc-v > p, .fc-s')].map(each => each.innerText).join(' ')])"""
    )
    return [(label, words) for label, words in rows]


def lit(page: Page) -> str:
    """The words of the text that the row in question lights."""
    words: list[str] = page.locator(".st.is-lit").evaluate_all(
        """sentences => sentences.map(sentence => [...sentence.querySelectorAll('*')].reduce(
             (text, each) => each.matches('.rpt') ? text.replace(each.textContent, '') : text,
             sentence.textContent))"""
    )
    return "".join(words)


def walk(page: Page) -> list[tuple[str, str]]:
    """J through every directive: what each row quotes, and what is lit in the text for it."""
    count = page.locator("#findings .fd").count()
    page.locator("#findings .fd").first.focus()
    found = []
    for number in range(count):
        if number:
            press(page, "j")
        found.append((row(page).locator(".fd-q").inner_text(), lit(page)))
    return found


def row(page: Page) -> Locator:
    """The row in question."""
    return page.locator("[data-finding].is-on")


def choose(page: Page, words: str, *, exact: bool = False) -> Locator:
    """J and K to the first row that holds these words, or whose value is just these."""
    within = page.get_by_text(words, exact=exact)
    wanted = page.locator("[data-finding]").filter(has=within).first
    place = wanted.evaluate("row => [...document.querySelectorAll('[data-finding]')].indexOf(row)")
    at = row(page).evaluate("row => [...document.querySelectorAll('[data-finding]')].indexOf(row)")
    press(page, *(["j"] if place > at else ["k"]) * abs(place - at))
    anchor = wanted.get_attribute("id")
    expect(page.locator(f"#{anchor}.is-on")).to_be_attached()
    return page.locator(f"#{anchor}")


def coverage(page: Page) -> dict[str, int]:
    """漏项核对: word -> how many directives, those with any."""
    rows: list[list[str]] = page.locator(".cov-l a").evaluate_all(
        "links => links.map(link => [link.innerText.replace(/\\d+/, '').trim(), link.querySelector('b').innerText])"
    )
    return {word: int(count) for word, count in rows if count != "0"}


# --- steps on a finding ---


def confirm(page: Page) -> None:
    """A: the row in question is confirmed, and the next one is in question."""
    anchor = row(page).get_attribute("id")
    press(page, "a")
    told_row(page, f"#{anchor}", "已确认")


def told_row(page: Page, selector: str, words: str) -> None:
    """The row, drawn again, says this of its state."""
    expect(page.locator(f"{selector} .fst")).to_contain_text(words)


def asked(page: Page, letter: str, values: Mapping[str, str]) -> None:
    """A step that asks for words: its letter, the words, Ctrl+Enter; the row comes back."""
    anchor = row(page).get_attribute("id")
    press(page, letter)
    form = page.locator(f"#{anchor} form.fd-form")
    expect(form).to_be_visible()
    for name, value in values.items():
        field = form.locator(f"[name='{name}']")
        if field.first.get_attribute("type") == "radio":
            form.locator(f"[name='{name}'][value='{value}']").check()
        else:
            field.fill(value)
    form.locator("[type=submit]").press(SEND)
    expect(form).to_have_count(0)


def word(page: Page, words: str, letter: str, outcome: str) -> None:
    """One press says what became of a sentence, and its tag in the text says it too."""
    chosen = choose(page, words)
    anchor = chosen.get_attribute("id")
    press(page, letter)
    told_row(page, f"#{anchor}", outcome)
    expect(page.locator(f"a.mk[href='#{anchor}']")).to_have_text(outcome)


def into_all_areas(page: Page, words: str) -> None:
    """B, and one box for all: the sentence goes into every area of the draft."""
    anchor = choose(page, words).get_attribute("id")
    press(page, "b")
    expect(page.locator(f"#{anchor} form [type=checkbox]").first).to_be_focused()
    press(page, "Space", SEND)
    told_row(page, f"#{anchor}", "已列事项")
    expect(page.locator(f"#{anchor}")).to_contain_text("等 13 个方面")


SELECT = """words => {
  for (const paragraph of document.querySelectorAll('[data-markable] [data-start]')) {
    const at = paragraph.textContent.indexOf(words);
    if (at < 0) continue;
    const walker = document.createTreeWalker(paragraph, NodeFilter.SHOW_TEXT);
    const range = document.createRange();
    let passed = 0;
    while (walker.nextNode()) {
      const { data } = walker.currentNode;
      const [start, end] = [at - passed, at + words.length - passed];
      if (start >= 0 && start < data.length) range.setStart(walker.currentNode, start);
      if (end > 0 && end <= data.length) range.setEnd(walker.currentNode, end);
      passed += data.length;
    }
    document.getSelection().removeAllRanges();
    document.getSelection().addRange(range);
    return;
  }
}"""


def select_in_text(page: Page, words: str) -> None:
    """Select words of the text, as a pointer would."""
    page.evaluate(SELECT, words)
    expect(page.locator("form:has([name=start]) [name=words]")).to_have_value(words)


# --- programme and items ---


def draft(page: Page, title: str) -> None:
    """P on the document, and the name of the list."""
    press(page, "p")
    page.wait_for_url("**/draft-programme/")
    expect(page.locator(".areas-l li")).to_have_count(13)
    page.locator("[name=title]").fill(title)
    press(page, SEND)
    page.wait_for_url("**/programmes/*/")


def register(page: Page, values: Mapping[str, str], grade: str, part: str = "") -> None:
    """The form of an item; the sentence is there already."""
    page.wait_for_url("**/register-item/**")
    fill(page, values, "form.reg")
    page.locator(f"[name=grade][value={grade}]").check()
    if part:
        fill(page, {"part-0-unit": "黎桥街道", "part-0-part": part}, "form.reg")
    page.locator("[name=requirement]").press(SEND)
    page.wait_for_url(lambda url: "register-item" not in url)
    told(page, "立项了。")
