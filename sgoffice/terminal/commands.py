"""The commands of `sgo`: login, log, brief, due, import."""

import argparse
import getpass
import sys
import time
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Final
from urllib.parse import quote

from sgoffice.terminal import pages
from sgoffice.terminal.client import Refused, Register, checked_address
from sgoffice.terminal.credentials import Credentials, NotSignedIn, keep, kept
from sgoffice.terminal.shapes import Brief, Deadlines, Engagement, Import, ImportReport, Me, SuggestionList

DONE, FAILED = 0, 1
_CODE: Final = 2
_PAUSE, _PATIENCE = 1.0, 600
_COUNTERPARTS: Final = ("country", "organization", "person")


def main(given: Sequence[str]) -> int:
    """Run a command; return 0 if it did what was asked, 1 if the register refused, 2 for a command that is none."""
    asked = _parser().parse_args(given)
    try:
        for line in asked.command(asked):
            sys.stdout.write(pages.plain(line) + "\n")
    except (Refused, NotSignedIn, OSError) as error:
        sys.stderr.write(f"{error}\n")
        return FAILED
    return DONE


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="sgo", description="The register of the office, in a terminal.")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    login = commands.add_parser("login", help="keep the address of the register and a token of yours")
    login.add_argument("address", help="such as https://register.example.org")
    login.set_defaults(command=_login)
    log = commands.add_parser("log", help="log a meeting")
    log.add_argument("title")
    log.add_argument("--on", default=date.today().isoformat(), help="the day, such as 2026-11-20; today by default")  # noqa: DTZ011 - the day where the user is
    log.add_argument("--kind", default="bilateral_meeting")
    log.add_argument("--city", default="")
    log.add_argument("--country", help="where: a code or a name")
    log.add_argument(
        "--with", dest="people", action="append", default=[], metavar="'NAME, TITLE, COUNTRY'", help="once for each"
    )
    log.set_defaults(command=_log)
    brief = commands.add_parser("brief", help="what is known of a country, an organization or a person")
    brief.add_argument("counterpart", help="a country's code, or a name")
    brief.set_defaults(command=_brief)
    due = commands.add_parser("due", help="what is due")
    due.add_argument("--within", type=int, default=30, metavar="DAYS")
    due.set_defaults(command=_due)
    bring = commands.add_parser("import", help="check a spreadsheet; with --enter, enter the rows that can be")
    bring.add_argument("file", type=Path)
    bring.add_argument("--enter", action="store_true")
    bring.set_defaults(command=_import)
    return parser


def _login(asked: argparse.Namespace) -> Iterator[str]:
    address = checked_address(asked.address)
    is_typed = sys.stdin.isatty()
    token = (getpass.getpass("Token: ") if is_typed else sys.stdin.readline()).strip()
    credentials = Credentials(address, token)
    me: Me = Register(credentials).get("/me")
    place = keep(credentials)
    yield f"Signed in as {me['username']} ({me['role']}). The token is in {place}, for you alone."


def _log(asked: argparse.Namespace) -> Iterator[str]:
    entry: dict[str, object] = {"title": asked.title, "kind": asked.kind, "status": "held", "held": asked.on}
    entry |= {name: value for name in ("city", "country") if (value := getattr(asked, name))}
    if asked.people:
        entry["participants"] = [_participant(line) for line in asked.people]
    made: Engagement = Register(kept()).post("/engagements", entry)
    yield f"{made['reference']}: {made['title']}"


def _participant(line: str) -> dict[str, object]:
    """Return who a line names: a name, a title that may have commas, and the country last."""
    name, *others = [part.strip() for part in line.split(",")]
    found: dict[str, object] = {"person": {"name": name}}
    if others:
        found["country"] = others[-1]
    if others[:-1]:
        found["title"] = ", ".join(others[:-1])
    return found


def _brief(asked: argparse.Namespace) -> Iterator[str]:
    register = Register(kept())
    kind, key = _counterpart(register, asked.counterpart)
    found: Brief = register.get(f"/counterparts/{kind}/{quote(key, safe='')}/brief")
    yield from pages.of_brief(found)


def _counterpart(register: Register, text: str) -> tuple[str, str]:
    """Return the kind and the key of who is meant; raises Refused when nobody is, or several may be."""
    if len(text) == _CODE:
        return "country", text.upper()
    found: SuggestionList = register.get("/directory/search", q=text)
    near = [one for one in found["results"] if one["kind"] in _COUNTERPARTS]
    same = [one for one in near if one["name"].casefold() == text.casefold()] or near
    if len(same) == 1:
        return same[0]["kind"], same[0]["id"]
    names = "".join(f"\n  {pages.plain(one['name'])} ({one['kind']})" for one in same)
    message = f"Several may be meant, write one of them:{names}" if same else f"The register knows no {text}."
    raise Refused(message)


def _due(asked: argparse.Namespace) -> Iterator[str]:
    found: Deadlines = Register(kept()).get("/deadlines", within=asked.within)
    yield from pages.of_deadlines(found)


def _import(asked: argparse.Namespace) -> Iterator[str]:
    register = Register(kept())
    brought: Import = register.send_file("/imports", asked.file)
    yield f"{brought['reference']}: being checked"
    report = _rested(register, brought["id"])
    yield from pages.of_report(report)
    if not asked.enter or report["state"] != "checked":
        yield f"Nothing was entered. {brought['reference']} waits on the desk."
        return
    now: Import = register.get(f"/imports/{brought['id']}")
    register.post(f"/imports/{brought['id']}/commit", {"leave_out": True}, **{"If-Match": f'"{now["version"]}"'})
    yield from pages.of_report(_rested(register, brought["id"]))


def _rested(register: Register, key: str) -> ImportReport:
    """Return the report once the worker is done with it."""
    begun = time.monotonic()
    while True:
        found: ImportReport = register.get(f"/imports/{key}/report")
        if found["state"] not in {"checking", "committing"}:
            return found
        if time.monotonic() - begun > _PATIENCE:
            message = "The worker is not done yet. The import goes on: look at it on the desk."
            raise Refused(message)
        time.sleep(_PAUSE)
