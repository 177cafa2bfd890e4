"""Desk and admin in a real Chromium: `make browser`, with the file of axe and, if wanted, names of journeys."""

import sys
from pathlib import Path

from playwright.sync_api import expect, sync_playwright

from tests.browser import desk, looks, staying
from tests.browser.people import CHROMIUM, QUIET
from tests.browser.register import running


def main(axe_file: str, *names: str) -> None:
    """Run the journeys of these names, or all of them, and look at all pages."""
    axe = Path(axe_file).read_text(encoding="utf-8")
    expect.set_options(timeout=15_000)
    with running() as passwords, sync_playwright() as play:
        browser = play.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        for act in (*desk.JOURNEYS, *staying.JOURNEYS, looks.draw_the_admin):
            if not names or act.__name__ in names:
                act(browser, passwords)
                print(f"{act.__name__}: right")  # noqa: T201 - what the command is for
        for look in (looks.look_at_the_desk, looks.look_at_the_admin):
            if not names or look.__name__ in names:
                look(browser, passwords, axe)
                print(f"{look.__name__}: right")  # noqa: T201 - as above
        browser.close()


main(*sys.argv[1:])
