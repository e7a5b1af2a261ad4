"""What a person does and sees on any screen and on those of an item, by the words and keys they have."""

from __future__ import annotations

import re
from collections.abc import Mapping

from playwright.sync_api import Locator, Page, expect

SEND = "Control+Enter"


# --- everywhere ---


def sign_in(page: Page, account: str, password: str) -> None:
    """Through the door, with the keyboard."""
    page.goto("/sign-in/")
    page.locator("[name=username]").fill(account)
    page.locator("[name=password]").fill(password)
    page.keyboard.press("Enter")
    page.wait_for_url(lambda url: "sign-in" not in url)


def press(page: Page, *keys: str) -> None:
    """Keys, one after the other."""
    for key in keys:
        page.keyboard.press(key)


def go(page: Page, letter: str) -> None:
    """G and a letter: a page of the menu."""
    before = page.url
    press(page, "g", letter)
    page.wait_for_url(lambda url: url != before)


def told(page: Page, words: str) -> None:
    """The page says what came of the last act, or the live region does."""
    expect(page.locator("[role=status]").filter(has_text=words).first).to_be_attached()


def refused(page: Page, path: str, status: int, words: str) -> None:
    """An address typed by hand is refused, and the page says why and who may."""
    answer = page.goto(path)
    assert answer is not None
    assert answer.status == status, f"{path} answered {answer.status}"
    expect(page.locator("#main")).to_contain_text(words)


def fill(page: Page, values: Mapping[str, str], root: str = "form") -> None:
    """Fields by their names; a choice by its words."""
    for name, value in values.items():
        field = page.locator(f"{root} [name='{name}']")
        if field.evaluate("field => field.tagName") == "SELECT":
            field.select_option(label=value)
        else:
            field.fill(value)


def act(page: Page, label: str) -> Locator:
    """The button of an act, without its key."""
    pattern = re.compile(rf"^\s*{re.escape(label)}\s*\w?\s*$")
    return page.locator("#main .btn").filter(has_text=pattern).first


# --- an item and its steps ---


def issue(page: Page, values: Mapping[str, str]) -> None:
    """The decision by which a list is issued: its words, Ctrl+Enter."""
    fill(page, values)
    page.locator("[name=number]").press(SEND)


def item(page: Page, code: str) -> None:
    """The page of an item."""
    page.goto(f"/items/{code}/")


def stands(page: Page, holder: str, step: str, light: str) -> None:
    """Whose move it is, what the move is, which light it shows; and that the light says why."""
    bar = page.locator(".nextbar")
    if holder:
        expect(bar).to_contain_text("当前责任方")
        expect(bar).to_contain_text(holder)
    expect(bar).to_contain_text(step)
    box = page.locator(".lightbox")
    expect(box.locator(".light")).to_have_text(light)
    expect(box).to_contain_text(re.compile(r"。\s*$"))


def answer(page: Page, label: str, values: Mapping[str, str] | None = None) -> None:
    """An act of the item's bar: its button, and its words where it asks for any."""
    button = act(page, label)
    opens = button.evaluate("button => button.tagName === 'SUMMARY'")
    button.press("Enter")
    if opens:
        form = page.locator("details.ask[open] form")
        for name, value in (values or {}).items():
            field = form.locator(f"[name='{name}']")
            if not field.is_visible():
                field.locator("xpath=ancestor::details[1]/summary").press("Enter")
            if field.evaluate("field => field.tagName") == "SELECT":
                field.select_option(label=value)
            else:
                field.fill(value)
        form.locator("[type=submit]").press("Enter")


def report(page: Page, done: str, file: tuple[str, bytes], excepted: str = "") -> None:
    """A claim with a file: what was done, the file, 申请办结, Ctrl+Enter."""
    name, data = file
    page.locator("[name=done]").fill(done)
    page.locator("[name=evidence]").set_input_files(
        {"name": name, "mimeType": "application/octet-stream", "buffer": data}
    )
    page.locator("[name=claim]").check()
    page.locator("[name=excepted]").fill(excepted)
    page.locator("[name=done]").press(SEND)


def first_on_desk(page: Page) -> None:
    """The desk, and Enter on the first thing that waits there."""
    page.goto("/")
    home = page.url
    press(page, "j", "Enter")
    page.wait_for_url(lambda url: url != home)
