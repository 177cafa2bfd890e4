"""What stays: text that is typed when a sign-in ends, one's clocks, days in words, and what only two people do."""

from playwright.sync_api import Browser, Page, expect

from tests.browser.desk import Passwords
from tests.browser.people import Assistant, sign_in
from tests.browser.register import ADDRESS


def _sign_in_anew(page: Page, role: str, password: str) -> None:
    """Sign in in the tab that the page offers, and send again what was typed."""
    expect(page.locator("h1")).to_have_text("Not sent yet")
    with page.context.expect_page() as opened:
        page.click("a.button.main")
    other = opened.value
    sign_in(other, role, password)
    expect(other).to_have_url(f"{ADDRESS}/desk/")
    send = page.get_by_role("button", name="Send it again")
    send.click()
    expect(page.locator("main")).to_contain_text("You signed in anew")  # the token of the form is of the time before
    send.click()


def _type_a_meeting(who: Assistant, **fields: str) -> None:
    """Fill in the form of a courtesy call, field by field."""
    who.page.goto(f"{ADDRESS}/desk/log")
    for name, text in fields.items():
        who.fill(f"#{name.replace('_', '-')}", text)
    who.fill("#kind", "Court")


def keep_what_was_typed(browser: Browser, passwords: Passwords) -> None:
    """A sign-in that ends while a meeting is typed loses nothing; days in words are understood."""
    who = Assistant(browser, passwords)
    _type_a_meeting(who, who_0="Delegation of Finland", day="last Tuesday", city="Helsinki", country="Finland")
    who.fill("#outcome", "What took long to type.")
    who.context.clear_cookies(name="sessionid")
    who.press("button.main")
    _sign_in_anew(who.page, "officer", passwords["officer"])
    expect(who.page.locator("h1")).to_contain_text("Courtesy call")
    expect(who.page.locator("main")).to_contain_text("What took long to type.")


def keep_a_form_of_the_admin(browser: Browser, passwords: Passwords) -> None:
    """The same in the admin."""
    who = Assistant(browser, passwords, "administrator", at="/admin/")
    who.page.goto(f"{ADDRESS}/admin/directory/topic/add/")
    who.page.fill("[name=name]", "Something typed at length")
    who.context.clear_cookies(name="sessionid")
    who.page.click("[name=_save]")
    _sign_in_anew(who.page, "administrator", passwords["administrator"])
    expect(who.page.locator("body")).to_contain_text("Something typed at length")
    expect(who.page).to_have_url(f"{ADDRESS}/admin/directory/topic/")


def choose_clocks(browser: Browser, passwords: Passwords) -> None:
    """Clocks are chosen by a city."""
    who = Assistant(browser, passwords, "approver")
    who.page.goto(f"{ADDRESS}/desk/me")
    who.fill("#zone", "Singapore")
    who.page.keyboard.press("Enter")
    expect(who.page.locator("main")).to_contain_text("Singapore")


def decide_as_a_second_person(browser: Browser, passwords: Passwords) -> None:
    """What an officer would publish waits until an approver presses one button."""
    officer = Assistant(browser, passwords)
    _type_a_meeting(officer, who_0="Delegation of Norway", day="yesterday", city="Oslo")
    officer.page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true; })")
    officer.page.select_option("[name=marking]", "public")
    officer.press("button.main")
    expect(officer.page.locator("h1")).to_contain_text("Courtesy call")
    meeting = officer.page.url
    expect(officer.page.locator("main .marking").first).to_have_text("Internal")
    approver = Assistant(browser, passwords, "approver")
    approver.page.goto(f"{ADDRESS}/desk/approvals")
    approver.press("button[value=approve]")
    expect(approver.page.locator("main")).to_contain_text("Nothing waits for you.")
    officer.page.goto(meeting)
    expect(officer.page.locator("main .marking").first).to_have_text("Public")
    assert approver.actions == 1, approver.actions


JOURNEYS = (keep_what_was_typed, keep_a_form_of_the_admin, choose_clocks, decide_as_a_second_person)
