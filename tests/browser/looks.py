"""Every page looked at: none is wider than its window, and axe finds nothing. Writes the pictures of the README."""

from playwright.sync_api import Browser, Page

from tests.browser.desk import Passwords
from tests.browser.people import Assistant
from tests.browser.register import ADDRESS, picture

_WIDTHS = (390, 1440, 2560)
_PAGES = (
    "/desk/", "/desk/log", "/desk/log/invitation", "/desk/counterparts/country/AT", "/desk/posts/secretary-general",
    "/desk/diary", "/desk/diary?view=month&day=2023-11-07", "/desk/deadlines", "/desk/search?q=stock", "/desk/me",
    "/desk/imports",
)  # fmt: skip
_RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
_ADMIN = (
    "/admin/", "/admin/engagements/engagement/", "/admin/engagements/engagement/add/", "/admin/agreements/agreement/",
    "/admin/directory/person/", "/admin/appointments/appointment/", "/admin/accounts/user/",
)  # fmt: skip


def _look(page: Page, address: str, axe: str) -> None:
    page.goto(f"{ADDRESS}{address}")
    page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true; })")
    width = (page.viewport_size or {})["width"]
    assert page.evaluate("document.documentElement.scrollWidth") <= width, (address, width)
    page.evaluate(axe)
    found = page.evaluate("rules => axe.run({runOnly: rules})", _RULES)["violations"]
    assert found == [], (width, address, [(one["id"], one["nodes"][0]["html"]) for one in found])


def look_at_the_desk(browser: Browser, passwords: Passwords, axe: str) -> None:
    """No page is wider than the window or breaks a rule of WCAG 2.2 AA: light, dark, on a phone, on a wide screen."""
    for scheme, language in (("light", "en-GB"), ("dark", "en-GB"), ("light", "fr-FR")):
        for width in _WIDTHS:
            viewport = {"width": width, "height": 900}
            options = {"color_scheme": scheme, "locale": language, "bypass_csp": True}
            who = Assistant(browser, passwords, viewport=viewport, **options)
            meeting = who.page.locator("a[href^='/desk/engagements/']").first.get_attribute("href")
            who.page.goto(f"{ADDRESS}/desk/search?kind=agreement")
            agreement = who.page.locator("a[href^='/desk/agreements/']").first.get_attribute("href")
            who.page.goto(f"{ADDRESS}/desk/imports")
            spreadsheet = who.page.locator("a[href^='/desk/imports/']").first.get_attribute("href")
            for address in (*_PAGES, spreadsheet, meeting, f"{meeting}/correct", f"{meeting}/folder", agreement):
                _look(who.page, address, axe)
            who.context.close()


def look_at_the_admin(browser: Browser, passwords: Passwords, axe: str) -> None:
    """The same of the admin's pages: light and dark, on a screen and on a phone."""
    for scheme, width in (("light", 1440), ("dark", 390)):
        options = {"color_scheme": scheme, "viewport": {"width": width, "height": 900}, "bypass_csp": True}
        who = Assistant(browser, passwords, "administrator", at="/admin/", **options)
        for address in (*_ADMIN, _first(who.page, "agreements/agreement"), _first(who.page, "engagements/engagement")):
            _look(who.page, address, axe)
        who.context.close()


def draw_the_admin(browser: Browser, passwords: Passwords) -> None:
    """Write the pictures of the admin and of the API's documents."""
    who = Assistant(browser, passwords, "administrator", at="/admin/", viewport={"width": 1280, "height": 860})
    agreement = _first(who.page, "agreements/agreement")
    for name, address in (
        ("admin-log", "/admin/engagements/engagement/"),
        ("admin-agreement", agreement),
        ("admin-history", agreement.replace("change/", "history/")),
        ("api-docs", "/api/docs"),
    ):
        who.page.goto(f"{ADDRESS}{address}")
        who.page.wait_for_load_state("networkidle")
        who.page.screenshot(path=picture(name))


def _first(page: Page, model: str) -> str:
    """Return the address of the first record of a list of the admin."""
    page.goto(f"{ADDRESS}/admin/{model}/")
    return page.locator(f"#result_list a[href*='/admin/{model}/'][href*='/change/']").first.get_attribute("href") or ""
