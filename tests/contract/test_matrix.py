"""docs/access.md names every route, and says what each caller gets of it and of a record of each kind and marking."""

import re
from fnmatch import fnmatchcase
from typing import Any

import pytest

from appointments.services import MandateEntry, SessionEntry, add_mandate, convene_session
from sgoffice.records.actors import OFFICE
from sgoffice.records.models import MarkedRecord
from tests.contract.callers import caller
from tests.contract.operations import NOBODY
from tests.contract.routes import Route, routes
from tests.contract.test_access import OPERATIONS, table
from tests.factories import appointments as appoint
from tests.factories import engagements as make
from tests.factories.accounts import Register, signed_in
from tests.factories.agreements import in_force_since
from tests.samples import some

pytestmark = pytest.mark.django_db

PAGES = table("Pages and other routes")
MARKINGS = table("Markings")
#: The addresses of a record itself, not of what belongs to it.
_WHOLE = re.compile(rf"{NOBODY}(/change/)?$")
CALLERS = [name for name in PAGES[0] if name not in {"method", "route"}]
METHODS = ["HEAD", "OPTIONS", "PUT", "BREW"]


def rows_of(route: Route, rows: list[dict[str, str]], method: str = "") -> list[dict[str, str]]:
    """Return the rows that name a route; the first one counts."""
    named = [row for row in rows if fnmatchcase(route.address, row["route"])]
    return [row for row in named if not method or method in row["method"].split(", ")]


OTHERS = [route for route in routes() if rows_of(route, PAGES) and not rows_of(route, OPERATIONS)]


def said(answer: Any) -> str:
    """Return in the words of the page what an answer says; what streams is read, and closed by that."""
    if answer.streaming:
        b"".join(answer.streaming_content)
    if answer.status_code in {301, 302} and answer["Location"].startswith("/admin/login/"):
        return "sign in"
    refusals = {401: "sign in", 403: "no", 405: "no method", 429: "wait"}
    return refusals.get(answer.status_code, "yes" if answer.status_code < 500 else "fault")


def test_the_page_names_every_route():
    assert [str(route) for route in routes() if not rows_of(route, [*PAGES, *OPERATIONS])] == []


@pytest.mark.parametrize("name", CALLERS)
def test_every_route_answers_each_caller_as_the_page_says(name):
    client, wrong = caller(name), {}
    for number, route in enumerate(OTHERS, start=CALLERS.index(name)):
        for method in some(["GET", "POST"], 2, start=number):
            row = next(iter(rows_of(route, PAGES, method)), None)
            found = said(client.generic(method, route.address))
            if found not in {row[name] if row else "", "no method"}:
                wrong[f"{method} {route}"] = (found, row and row[name])
            if client.user is not None and route.address == "/admin/logout/":
                client.force_login(client.user)

    assert wrong == {}


@pytest.mark.parametrize("name", ["anonymous", "viewer"])
@pytest.mark.parametrize("method", METHODS)
def test_no_other_method_gets_anybody_further(name, method):
    client, wrong = caller(name), {}
    for route in some(OTHERS, 4, start=METHODS.index(method)):
        row = next(iter([*rows_of(route, PAGES, "GET"), *rows_of(route, PAGES)]))
        answer = client.generic(method, route.address)
        found = said(answer)
        tells_methods_alone = method == "OPTIONS" and not answer.content
        if found not in {row[name], "no method"} and not tells_methods_alone:
            wrong[str(route)] = (found, row[name])
        if client.user is not None and route.address == "/admin/logout/":
            client.force_login(client.user)

    assert wrong == {}


def one_of_each(**values: Any) -> dict[str, MarkedRecord]:
    """Return a record of each kind that has a marking, by what its addresses begin with."""
    met, ruled = make.engagement(**values), appoint.decision(symbol="GA/1", **values)
    convened = SessionEntry(body=ruled.body_id, begins="2027-11", allow_duplicate=True, **values)
    session = convene_session(convened, by=OFFICE)
    mandate = add_mandate(MandateEntry(decision=ruled.pk, text="Report on cargo", **values), by=OFFICE)
    return {
        "engagements /admin/engagements/engagement": met,
        "papers /admin/engagements/paper": make.paper(met, **values),
        "attachments /admin/engagements/attachment": make.attachment(met, **values),
        "action-items /admin/engagements/actionitem": make.action_item(met, **values),
        "agreements /admin/agreements/agreement": in_force_since(**values),
        "appointments /admin/appointments/appointment": appoint.appointment(**values),
        "sessions /admin/appointments/session": session,
        "decisions /admin/appointments/decision": ruled,
        "mandates /admin/appointments/mandate": mandate,
    }


def addresses_of(kind: str) -> list[str]:
    """Return the addresses that show one record of a kind, in the API and in the admin."""
    noun, page = kind.split()
    shown = re.compile(rf"(/api/v1/{noun}|{page})/{NOBODY}")
    left_out = ("/delete/", f"{NOBODY}/")
    found = [route.address for route in routes() if shown.match(route.address) and not route.address.endswith(left_out)]
    return [address for address in found if said(Register().get(address)) != "no method"]


def told(answer: Any, key: str) -> tuple[Any, ...]:
    """Return all that an answer says, but for what names the request."""
    content = b"".join(answer) if answer.streaming else answer.content
    content = re.sub(rb'"request_id": ?"[^"]*"', b"", content).replace(key.encode(), b"")
    return answer.status_code, answer.get("Location", "").replace(key, ""), content


def seen(client: Register, address: str, key: str) -> str:
    """Say whether a record is there for a caller: it is not if its address answers like that of no record."""
    there = client.get(address.replace(NOBODY, key))
    if said(there) != "yes":
        return said(there)
    return "no" if told(there, key) == told(client.get(address), NOBODY) else "yes"


@pytest.mark.parametrize("row", MARKINGS, ids=lambda row: row["marking"])
def test_every_record_is_there_for_whom_the_page_says_and_for_nobody_else(row):
    reader = signed_in("viewer")
    readers = (str(reader.user.pk),) if row["marking"] == "restricted" else ()
    made, wrong = one_of_each(marking=row["marking"], readers=readers), {}
    addresses = {kind: addresses_of(kind) for kind in made}
    for number, name in enumerate(name for name in row if name not in {"marking", "author"}):
        client = reader if name == "named reader" else caller(name)
        # what belongs to a record is asked for where somebody must not see it
        is_partner = name == "partner"
        asks_for_all = row["viewer"] == "no" and row[name] != "sign in" and not is_partner
        # what nothing is hidden of is asked for by half of the callers
        for kind, record in some(made.items(), 2, start=number) if row["viewer"] == "yes" else made.items():
            below = [one for one in addresses[kind] if asks_for_all and not _WHOLE.search(one)]
            for address in [*filter(_WHOLE.search, addresses[kind]), *some(below, 3, start=number)]:
                found = seen(client, address, str(record.pk))
                # pages know no tokens: whoever sends one there has not signed in
                is_page = is_partner and address.startswith("/admin/")
                if found not in {"sign in" if is_page else row[name], "no method"}:
                    wrong[f"{name} {address}"] = found

    assert wrong == {}
