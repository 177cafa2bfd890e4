"""The desk in a real Chromium, with the keyboard alone: `make browser`. Writes the pictures of docs/desk.md.

An action is one field filled, or one press that moves on or saves.
"""

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page, expect, sync_playwright

from tests.browser.register import ADDRESS, picture, running

CHROMIUM = "/usr/bin/chromium"
_QUIET = [
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync",
    "--disable-background-networking", "--disable-component-update",
]  # fmt: skip
_WIDTHS = (390, 1440, 2560)
_RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]


class Assistant:
    """Somebody at the desk: counts what they do, and never touches a mouse."""

    def __init__(self, browser: Browser, password: str, **options: Any) -> None:
        self.context = browser.new_context(**{"viewport": {"width": 1440, "height": 900}, **options})
        self.page: Page = self.context.new_page()
        self.page.on("request", self._stays_here)
        self.actions = 0
        self.page.goto(f"{ADDRESS}/")
        self.page.fill("[name=username]", "officer")
        self.page.fill("[name=password]", password)
        self.page.press("[name=password]", "Enter")
        expect(self.page).to_have_url(f"{ADDRESS}/desk/")

    def _stays_here(self, request: Any) -> None:
        assert request.url.startswith((ADDRESS, "data:")), request.url

    def reach(self, selector: str) -> None:
        """Press Tab until an element has the focus."""
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


def log_a_meeting(browser: Browser, password: str) -> None:
    """Two counterparts, one of them new, and one promise: at most twelve actions."""
    who = Assistant(browser, password)
    who.press("a.button.main")
    expect(who.page.locator("#who-0")).to_be_focused()
    who.fill("#who-0", "Gerhard Karner, Minister of the Interior, Austria")
    expect(who.page.locator("#who-0-understood")).to_contain_text("for Austria")
    who.fill("#who-1", "Jana Novotna Zeleznik, Adviser, Austria")
    expect(who.page.locator("#who-1-understood")).to_contain_text("a person who is new to the register")
    who.fill("#day", "yesterday")
    who.fill("#start", "16:00")
    who.fill("#city", "Vienna")
    who.fill("#country", "Austria")
    who.fill("#kind", "Court")
    expect(who.page.locator("#clocks")).to_contain_text("Vienna, UTC+")
    who.fill("#outcome", "The draft is welcome.")
    who.fill("#promise-0", "Send the draft arrangement")
    who.fill("#promise-0-due", "15 December 2035")
    who.page.screenshot(path=picture("desk-log"), full_page=True)
    who.press("button.main")
    expect(who.page.locator("h1")).to_have_text("Courtesy call with Gerhard Karner and Jana Novotna Zeleznik")
    assert who.actions <= 12, who.actions


def answer_in_place(browser: Browser, password: str) -> None:
    """A near name and a likely duplicate are answered where they are shown, and nothing typed is lost."""
    who = Assistant(browser, password)
    who.page.goto(f"{ADDRESS}/desk/log")
    who.fill("#who-0", "Gerhart Karner, Minister")
    who.fill("#day", "yesterday")
    who.fill("#city", "Vienna")
    who.fill("#kind", "Bil")
    who.press("button.main")
    expect(who.page.locator("#who-0")).to_be_focused()
    expect(who.page.locator("#city")).to_have_value("Vienna")
    who.press("#who-0-is-1", "Space")
    who.press("button.main")
    expect(who.page.locator("button[name=another]")).to_be_focused()
    expect(who.page.locator(".refused a")).to_have_count(1)
    who.page.keyboard.press("Enter")
    expect(who.page.locator("h1")).to_have_text("Bilateral meeting with Gerhard Karner")


def answer_what_happened(browser: Browser, password: str) -> None:
    """16:00 in Tokyo stays so everywhere; what is over is answered with one press, without scripts too."""
    who = Assistant(browser, password, java_script_enabled=False)
    who.page.goto(f"{ADDRESS}/desk/log")
    for name, text in (
        ("who-0", "Ambassador and two officers, Japan"), ("day", "6 May 2026"), ("start", "16:00"), ("end", "5 pm"),
        ("city", "Tokyo"), ("country", "Japan"),
    ):  # fmt: skip
        who.page.fill(f"#{name}", text)
    who.page.select_option("#kind", "courtesy_call")
    who.page.select_option("#status", "confirmed")
    who.page.click("button.main")
    expect(who.page.locator("main")).to_contain_text("16:00–17:00 (Tokyo, UTC+9")
    admin = who.page.get_by_text("Correct everything in the admin").get_attribute("href")
    who.page.goto(f"{ADDRESS}/desk/")
    expect(who.page.locator("#asked")).to_be_visible()
    who.page.screenshot(path=picture("desk-today"), full_page=True)
    who.page.get_by_role("button", name="Held: Courtesy call with Ambassador and two officers", exact=True).click()
    expect(who.page.locator("[role=status]")).to_contain_text("was held")
    who.page.goto(f"{ADDRESS}{admin}")
    assert who.page.input_value("#id_starts_at_0") == "2026-05-06"
    assert who.page.input_value("#id_starts_at_1") == "16:00:00"


def look_at_all(browser: Browser, password: str, axe: str) -> None:
    """No page is wider than the window or breaks a rule of WCAG 2.2 AA: light, dark, on a phone, on a wide screen."""
    for scheme in ("light", "dark"):
        for width in _WIDTHS:
            viewport = {"width": width, "height": 900}
            who = Assistant(browser, password, viewport=viewport, color_scheme=scheme, bypass_csp=True)
            meeting = who.page.locator("a[href^='/desk/engagements/']").first.get_attribute("href")
            for address in ("/desk/", "/desk/log", meeting, "/desk/counterparts/country/AT"):
                who.page.goto(f"{ADDRESS}{address}")
                assert who.page.evaluate("document.documentElement.scrollWidth") <= width, (address, width)
                who.page.evaluate(axe)
                found = who.page.evaluate("rules => axe.run({runOnly: rules})", _RULES)["violations"]
                assert found == [], (scheme, width, address, [(one["id"], one["nodes"][0]["html"]) for one in found])
            who.context.close()


def main(axe_file: str) -> None:
    axe = Path(axe_file).read_text(encoding="utf-8")
    journeys: list[Callable[[Browser, str], None]] = [log_a_meeting, answer_in_place, answer_what_happened]
    with running() as password, sync_playwright() as play:
        browser = play.chromium.launch(executable_path=CHROMIUM, args=_QUIET)
        for journey in journeys:
            journey(browser, password)
            print(f"{journey.__name__}: right")  # noqa: T201 - what the command is for
        look_at_all(browser, password, axe)
        print("look_at_all: right")  # noqa: T201 - as above
        browser.close()


main(sys.argv[1])
