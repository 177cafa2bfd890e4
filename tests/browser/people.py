"""Who works in the browser: each example of staff, by keyboard alone."""

from collections.abc import Mapping
from typing import Any

from playwright.sync_api import Browser, Page, expect

from tests.browser.register import ADDRESS

CHROMIUM = "/usr/bin/chromium"
QUIET = [
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync",
    "--disable-background-networking", "--disable-component-update",
]  # fmt: skip


def sign_in(page: Page, role: str, password: str) -> None:
    """Fill in the page to sign in that is open."""
    page.fill("[name=username]", role)
    page.fill("[name=password]", password)
    page.press("[name=password]", "Enter")


class Assistant:
    """Somebody signed in: counts what they do, and never touches a mouse."""

    def __init__(
        self,
        browser: Browser,
        passwords: Mapping[str, str],
        role: str = "officer",
        *,
        at: str = "/desk/",
        **options: Any,
    ) -> None:
        self.context = browser.new_context(**{"viewport": {"width": 1440, "height": 900}, **options})
        self.page: Page = self.context.new_page()
        self.page.on("request", self._stays_here)
        self.actions = 0
        self.page.goto(f"{ADDRESS}{at}")
        sign_in(self.page, role, passwords[role])
        expect(self.page).to_have_url(f"{ADDRESS}{at}")
        self.page.wait_for_load_state()

    def _stays_here(self, request: Any) -> None:
        assert request.url.startswith((ADDRESS, "data:")), request.url

    def reach(self, selector: str) -> None:
        """Press Tab until an element has the focus; the page's scripts have run before the first key."""
        self.page.wait_for_load_state()
        for _ in range(60):
            if self.page.evaluate("selector => document.activeElement.matches(selector)", selector):
                return
            self.page.keyboard.press("Tab")
        raise AssertionError(f"Tab does not lead to {selector}")

    def fill(self, selector: str, text: str) -> None:
        self.reach(selector)
        self.page.keyboard.type(text)
        self.actions += 1

    def press(self, selector: str, key: str = "Enter") -> None:
        self.reach(selector)
        self.page.keyboard.press(key)
        self.actions += 1
