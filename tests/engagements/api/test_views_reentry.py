"""The shipped engagements entered again over HTTP by names alone: nobody and no body is in the directory twice."""

from itertools import zip_longest
from uuid import UUID

import pytest

from engagements.models import Engagement
from sgoffice.directory.models import Organization, Person
from tests.factories.accounts import signed_in
from tests.facts import facts
from tests.samples import some

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("loaded_register")]
NAMED = facts("person") | facts("organization")
OURS = {"origin": "facts:organization:interpol"}


def body_of(origin, fact):
    """Return what staff would type: names as the source tells them, and no id."""
    told = {name: fact[name] for name in ("kind", "meeting_format", "held", "city", "country") if name in fact}
    participants = [participant(told) for told in fact.get("participants", ())]
    return told | {
        "title": f"Entered again: {origin}", "status": "held", "participants": participants, "allow_duplicate": True,
    }  # fmt: skip


def participant(fact):
    capacities = fact.get("capacities") or [{"organization": fact["organization"]}]
    first = capacities[0]
    body = body_told(fact, first)
    side = "ours" if first.get("organization") == OURS else "theirs"
    told = {"side": side, "organization": {"name": body}, "country": first.get("country")}
    if "person" in fact:
        title = "; ".join(one["title"] for one in capacities if one.get("title"))
        return told | {"person": last_spelling(NAMED[fact["person"]["origin"]]), "title": title}
    group = fact["group"]["description"] if "group" in fact else body
    return told | {"group": {"description": group}, "title": group}


def body_told(fact, capacity):
    """Return the body in the words of the source: two in one, another name than its own, or its name."""
    both = [text for text in fact.get("note", "").split("; ") if " / " in text]
    return both[0] if both else capacity.get("called") or NAMED[capacity["organization"]["origin"]]["name"]


def last_spelling(person):
    return [person["name"], *(one["name"] for one in person.get("other_names", ()))][-1]


def answered(body, problem, people, bodies):
    """Return the body with the candidate that is meant, as staff would choose it, where an acronym or initial asks."""
    for asked in problem["candidates"]:
        _, _, place, field, *below = asked["pointer"].split("/")
        assert field == "person" or (field, below[-1]) == ("capacities", "organization"), asked
        meant = [one["id"] for one in asked["records"] if one["id"] in bodies or UUID(one["id"]) in people]
        assert meant, (body["title"], asked)
        told = body["participants"][int(place)]
        if field == "person":
            assert "." in told["person"], "a name that is written out is not asked about"
        told["person" if field == "person" else "organization"] = meant[0]
    return body


def people_and_bodies(engagement):
    """Return the people of an engagement in order, and the bodies that it names."""
    rows = list(engagement.participants.order_by("position").prefetch_related("capacities"))
    people = [row.person_id for row in rows if row.person_id]
    bodies = {row.organization_id for row in rows} | {
        one.organization_id for row in rows for one in row.capacities.all()
    }
    return people, {str(body) for body in bodies if body}


def test_all_shipped_engagements_entered_again_double_nobody():
    counts = Person.objects.count(), Organization.objects.count()
    asked, wrong = 0, []

    for number, (origin, fact) in enumerate(some(facts("engagement").items(), 4)):
        if number % 50 == 0:  # somebody new, who has the requests of a minute before them
            officer = signed_in("officer")
        shipped = people_and_bodies(Engagement.objects.get(origin=origin))
        body = body_of(origin, fact)
        answer = officer.enter("engagements", body)
        if answer.status_code == 409:
            asked += 1
            answer = officer.enter("engagements", answered(body, answer.json(), *shipped))
        assert answer.status_code == 201, (origin, answer.content)
        people, bodies = people_and_bodies(Engagement.objects.get(pk=answer.json()["id"]))
        wrong += [origin for one, other in zip_longest(people, shipped[0]) if one != other]
        wrong += [(origin, bodies - shipped[1])] if bodies - shipped[1] else []

    assert wrong == []
    assert (Person.objects.count(), Organization.objects.count()) == counts
    assert asked <= 20  # an acronym, or the meeting of a body in place of the body, is asked back
