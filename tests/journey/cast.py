"""The people of the story: each signs in once, in a browser of their own."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page

from luoshi.org.queries import DEMO_PASSWORD
from tests.journey import screens

WIDE = {"width": 1440, "height": 900}
PATIENCE = 15_000  # milliseconds for what ought to be there at once
# Chromium notes every answer that is not a 200; the refusals are looked at on their pages.
REFUSED = "Failed to load resource: the server responded with a status of 4"


class Cast:
    """Who takes part, each with a page; and what the browsers complained of meanwhile."""

    def __init__(self, browser: Browser, given: dict[str, Any]) -> None:
        self._browser = browser
        self._given = given
        self._contexts: list[BrowserContext] = []
        self._pages: dict[str, Page] = {}
        self.complaints: list[str] = []

    def __call__(self, account: str) -> Page:
        """The page of somebody, signed in."""
        if account not in self._pages:
            page = self.visitor()
            screens.sign_in(page, account, DEMO_PASSWORD)
            self._pages[account] = page
        return self._pages[account]

    def visitor(self, **given: Any) -> Page:
        """The page of somebody who is not signed in."""
        context = self._browser.new_context(**{"viewport": WIDE, **self._given, **given})
        context.set_default_timeout(PATIENCE)
        self._contexts.append(context)
        page = context.new_page()
        page.on("console", self._note)
        # From the first moment on, or the first chooser opens before it is waited for.
        page.on("filechooser", lambda chooser: None)
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        return page

    def leave(self) -> None:
        """Everybody closes the browser."""
        for context in self._contexts:
            context.close()

    def _note(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning") and not message.text.startswith(REFUSED):
            self.complaints.append(f"{message.location.get('url')}: {message.text}")
