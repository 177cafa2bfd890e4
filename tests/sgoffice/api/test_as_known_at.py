"""`as_known_at`: what a record said at an instant, and to whom."""

from datetime import UTC, datetime
from urllib.parse import quote

import pytest

from sgoffice.changes.door import ANY_VERSION, change
from sgoffice.directory.models import Person
from sgoffice.records.actors import OFFICE
from tests.factories.accounts import signed_in
from tests.factories.agreements import agreement_entry
from tests.factories.directory import person
from tests.sgoffice.records.asking import ask

pytestmark = pytest.mark.django_db


def now() -> str:
    return datetime.now(UTC).isoformat()


def known(client, path, instant, **headers):
    return client.see(f"{path}?as_known_at={quote(instant)}", **headers)


def restricted(client, **values):
    """Enter an agreement over HTTP, by an officer who is its author."""
    entry = agreement_entry()
    parties = [{"organization": str(one.organization), "side": one.side} for one in entry.parties]
    body = {"title": "X", "instrument": "protocol", "parties": parties, "marking": "restricted", **values}
    answer = client.enter("agreements", body)
    assert answer.status_code == 201, answer.content
    return answer.json()["id"]


def correct(client, path, **values):
    answer = client.correct(path, values, **{"If-Match": "*"})
    assert answer.status_code == 200, answer.content
    return now()


def test_a_correction_leaves_what_was_known_before_it():
    officer = signed_in()
    path = f"people/{person('Teo').pk}"
    first = now()
    second = correct(officer, path, name="Josephine Teo")

    told = [known(officer, path, instant).json() for instant in (first, second)]

    assert [(one["name"], one["version"]) for one in told] == [("Teo", 1), ("Josephine Teo", 2)]


def test_the_name_of_another_record_is_told_as_it_was():
    officer, shown = signed_in(), person("Teo")
    made = officer.enter("memberships", {
        "person": str(shown.pk), "organization": restricted_party(officer), "role": "Minister",
    }).json()  # fmt: skip
    first = now()
    correct(officer, f"people/{shown.pk}", name="Josephine Teo")

    told = known(officer, f"memberships/{made['id']}", first).json()
    today = officer.see(f"memberships/{made['id']}").json()

    assert (told["person"]["name"], today["person"]["name"]) == ("Teo", "Josephine Teo")


def restricted_party(client) -> str:
    return client.enter("organizations", {"name": "Ministry"}).json()["id"]


def test_what_was_restricted_then_stays_hidden_from_who_may_read_it_today():
    author, approver, reader, viewer = (signed_in(role) for role in ("officer", "approver", "viewer", "viewer"))
    path = f"agreements/{restricted(author, readers=[str(reader.user.pk)])}"
    then = now()
    proposed = author.correct(path, {"marking": "internal", "title": "Told to all"}, **{"If-Match": "*"})
    approved = approver.enter(f"approvals/{proposed.json()['id']}/approve", {}, **{"If-Match": "*"})
    assert (proposed.status_code, approved.status_code) == (202, 200)
    headers = {"X-Request-ID": "the-same"}

    answers = [known(client, path, then) for client in (author, approver, reader)]
    hidden = known(viewer, path, then, **headers)
    unknown = known(viewer, "agreements/01900000-0000-7000-8000-000000000000", then, **headers)

    assert [answer.json()["title"] for answer in answers] == ["X"] * 3
    assert viewer.see(path).status_code == 200
    assert (hidden.status_code, hidden.content) == (404, unknown.content)


def test_what_is_restricted_today_is_hidden_as_it_was_too():
    author, approver, viewer = signed_in(), signed_in("approver"), signed_in("viewer")
    path = f"agreements/{restricted(author, marking='internal')}"
    then = now()
    correct(author, path, marking="restricted")

    assert known(viewer, path, then).status_code == 404
    assert known(viewer, path, "yesterday").status_code == 404
    assert known(approver, path, then).json()["marking"] == "internal"


def test_an_etag_of_what_was_known_changes_nothing():
    officer = signed_in()
    path = f"people/{person('Teo').pk}"
    answer = known(officer, path, now())

    refused = officer.correct(path, {"name": "X"}, **{"If-Match": answer["ETag"]})

    assert (refused.status_code, "If-Match" in refused.json()["detail"]) == (400, True)


def test_a_merged_record_is_itself_before_the_merger_and_leads_on_after_it():
    officer, twin, survivor = signed_in(), person("Twin"), person("Survivor")
    before = now()
    with change(Person, twin.pk, verb="merge", by=OFFICE, expected=ANY_VERSION) as record:
        record.merged_into_id = survivor.pk
    after = now()

    assert known(officer, f"people/{twin.pk}", before).json()["name"] == "Twin"
    led = known(officer, f"people/{twin.pk}", after)
    assert led.status_code == 308
    assert led["Location"].endswith(f"/people/{survivor.pk}?as_known_at={quote(after)}")


def test_what_raw_sql_wrote_is_known_from_then_on():
    officer, shown = signed_in(), person("Teo")
    before = now()
    ask("UPDATE directory_person SET name = 'Raw' WHERE id = %s", shown.pk)
    after = now()

    told = [known(officer, f"people/{shown.pk}", instant).json()["name"] for instant in (before, after)]

    assert told == ["Teo", "Raw"]


def test_a_name_that_raw_sql_changed_elsewhere_is_not_known_before():
    officer, shown = signed_in(), person("Teo")
    made = officer.enter("memberships", {
        "person": str(shown.pk), "organization": restricted_party(officer), "role": "Minister",
    }).json()  # fmt: skip
    before = now()
    ask("UPDATE directory_person SET name = 'Raw' WHERE id = %s", shown.pk)

    assert known(officer, f"memberships/{made['id']}", before).json()["person"]["name"] == "Teo"


def test_another_parameter_beside_it_is_a_400():
    officer = signed_in()

    answer = officer.see(f"people/{person('Teo').pk}?as_known_at={quote(now())}&colour=red")

    assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (400, "/colour")
