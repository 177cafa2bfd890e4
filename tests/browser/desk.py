"""The week of an office at the desk, by keyboard alone, but for what is dragged. Writes the pictures of docs/desk.md.

An action is one field filled, or one press that moves on or saves.
"""

from collections.abc import Mapping
from io import BytesIO

from playwright.sync_api import Browser, expect
from pypdf import PdfReader

from tests.browser.people import Assistant
from tests.browser.register import ADDRESS, picture

Passwords = Mapping[str, str]
_PASTED = """Date;With whom;City;Country;Kind
14 March 2016;Gerhart Karner, Minister of the Interior, Austria;Vienna;Austria;Bilateral meeting
15 March 2016;Gerhart Karner, Minister of the Interior, Austria;Vienna;Austria;Courtesy call
some day;Gerhart Karner, Minister of the Interior, Austria;Vienna;Austria;Courtesy call
"""


def log_a_meeting(browser: Browser, passwords: Passwords) -> None:
    """Two counterparts, one of them new, and one promise: at most twelve actions."""
    who = Assistant(browser, passwords)
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


def answer_in_place(browser: Browser, passwords: Passwords) -> None:
    """A near name and a likely duplicate are answered where they are shown, and nothing typed is lost."""
    who = Assistant(browser, passwords)
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


def answer_what_happened(browser: Browser, passwords: Passwords) -> None:
    """16:00 in Tokyo stays so everywhere; what is over is answered with one press, without scripts too."""
    who = Assistant(browser, passwords, java_script_enabled=False)
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
    admin = who.page.get_by_text("Everything in the admin").get_attribute("href")
    who.page.goto(f"{ADDRESS}/desk/")
    expect(who.page.locator("#asked")).to_be_visible()
    who.page.screenshot(path=picture("desk-today"), full_page=True)
    who.page.get_by_role("button", name="Held: Courtesy call with Ambassador and two officers", exact=True).click()
    expect(who.page.locator("[role=status]")).to_contain_text("was held")
    who.page.goto(f"{ADDRESS}{admin}")
    assert who.page.input_value("#id_starts_at_0") == "2026-05-06"
    assert who.page.input_value("#id_starts_at_1") == "16:00:00"


def log_in_french(browser: Browser, passwords: Passwords) -> None:
    """A browser that asks for French gets it whole: a meeting is logged with days and a country as French has them."""
    who = Assistant(browser, passwords, locale="fr-FR")
    expect(who.page.locator("html")).to_have_attribute("lang", "fr")
    who.press("a.button.main")
    expect(who.page.locator("#who-0")).to_be_focused()
    who.fill("#who-0", "Gerhard Karner, ministre de l’Intérieur, Autriche")
    expect(who.page.locator("#who-0-understood")).to_contain_text("Compris comme")
    who.fill("#day", "hier")
    who.fill("#city", "Vienne")
    who.fill("#country", "Autriche")
    who.fill("#kind", "Visite de c")
    who.fill("#promise-0", "Envoyer le projet")
    who.fill("#promise-0-due", "15 décembre 2035")
    who.press("button.main")
    if who.page.locator("button[name=another]").count():
        who.page.keyboard.press("Enter")
    expect(who.page.locator("main")).to_contain_text("pour le 15 décembre 2035")
    expect(who.page.locator("main")).to_contain_text("Vienne, Autriche")
    who.page.goto(f"{ADDRESS}/desk/")
    who.page.screenshot(path=picture("desk-today-fr"), full_page=True)


def find_and_subscribe(browser: Browser, passwords: Passwords) -> None:
    """A name typed wrongly is found in the palette; a calendar is subscribed with two presses."""
    who = Assistant(browser, passwords)
    who.page.keyboard.press("Control+k")
    who.page.keyboard.type("Gerhart Karnr")
    expect(who.page.locator("#palette-found")).to_contain_text("Gerhard Karner")
    who.page.keyboard.press("ArrowDown")
    who.page.keyboard.press("Enter")
    expect(who.page.locator("h1")).to_have_text("Gerhard Karner")
    who.press("a[href='/desk/me']")
    expect(who.page.locator("h1")).to_contain_text("Officer")
    who.press("button.main")
    expect(who.page.locator("#made")).to_be_visible()
    assert who.actions <= 2, who.actions


def bring_a_spreadsheet(browser: Browser, passwords: Passwords) -> None:
    """Rows are pasted, a near name and what is missing are answered for all rows at once, entered, and undone."""
    who = Assistant(browser, passwords)
    who.page.goto(f"{ADDRESS}/desk/imports")
    who.fill("#text", _PASTED)
    who.press("button.main")
    expect(who.page.locator("#rows")).to_be_visible()
    who.page.wait_for_selector(".tag:text('Checked')")
    expect(who.page.locator("#question-0")).to_be_focused()
    who.fill("#question-0", "Gerhard")
    who.page.screenshot(path=picture("desk-import"), full_page=True)
    who.press("button.main")
    who.page.wait_for_selector("button:text('Enter 2 rows, leave out 1')")
    who.page.wait_for_selector(".tag:text('Checked')")
    who.press("button.main")
    who.page.wait_for_selector(".tag:text('Entered')")
    expect(who.page.locator("#entered + table tbody tr")).to_have_count(2)
    who.press("details.step:has(#reason) > summary", "Space")
    who.fill("#reason", "It was the list of last year")
    who.press("button.danger")
    who.page.wait_for_selector(".tag:text('Undone')")
    assert who.actions <= 8, who.actions
    who.page.goto(f"{ADDRESS}/desk/imports")
    who.fill("#text", _PASTED)
    who.press("button.main")
    who.page.wait_for_selector(".tag:text('Checked')")


def print_a_folder(browser: Browser, passwords: Passwords) -> None:
    """A folder becomes one PDF in numbered copies, with its marking and the copy on every page."""
    who = Assistant(browser, passwords)
    meeting = who.page.locator("a[href^='/desk/engagements/']").first.get_attribute("href")
    who.page.goto(f"{ADDRESS}{meeting}/folder")
    expect(who.page.locator("#copies")).to_have_value("1")
    answer = who.page.request.get(f"{ADDRESS}{meeting}/folder.pdf?copies=2")
    assert answer.headers["content-type"] == "application/pdf", answer.text()
    pages = [page.extract_text().replace("\x00", "") for page in PdfReader(BytesIO(answer.body())).pages]
    marked = [number for number in (1, 2) for page in pages if f"Internal · copy {number} of 2" in page]
    assert len(marked) == len(pages) >= 2, pages
    assert all(f"Page {place % (len(pages) // 2) + 1} of {len(pages) // 2}" in page for place, page in enumerate(pages))


def drag_in_the_diary(browser: Browser, passwords: Passwords) -> None:
    """A meeting that is dragged to another day is moved there once somebody says why."""
    who = Assistant(browser, passwords)
    who.page.goto(f"{ADDRESS}/desk/log")
    who.fill("#who-0", "Gerhard Karner, Minister of the Interior, Austria")
    who.fill("#day", "11 December 2035")
    who.fill("#kind", "Bil")
    who.fill("#status", "It is planned and")
    who.press("button.main")
    expect(who.page.locator("h1")).to_contain_text("Gerhard Karner")
    who.page.goto(month := f"{ADDRESS}/desk/diary?view=month&day=2035-12-11")
    who.page.drag_and_drop("[data-move]", "td[data-day='2035-12-19'] .date")
    expect(who.page.locator("#day")).to_have_value("19 Dec. 2035")
    expect(who.page.locator("#reason")).to_be_focused()
    who.fill("#reason", "The minister travels")
    who.press("button.main")
    who.page.wait_for_url("**/desk/engagements/*")
    who.page.goto(month)
    expect(who.page.locator("td:has([data-move])")).to_have_attribute("data-day", "2035-12-19")


def see_a_time_line(browser: Browser, passwords: Passwords) -> None:
    """The holders of a post stand on a time line, and in the list below it."""
    who = Assistant(browser, passwords)
    who.page.goto(f"{ADDRESS}/desk/posts/secretary-general")
    expect(who.page.locator("svg.time-line .bar").first).to_be_visible()
    who.page.locator("figure:has(svg.time-line)").screenshot(path=picture("desk-post"))


JOURNEYS = (
    log_a_meeting,
    answer_in_place,
    answer_what_happened,
    log_in_french,
    find_and_subscribe,
    bring_a_spreadsheet,
    print_a_folder,
    drag_in_the_diary,
    see_a_time_line,
)
