"""The shipped engagements entered again over HTTP by names alone: nobody and no body is in the directory twice."""

from itertools import zip_longest

import pytest

from engagements.facts import origin
from engagements.facts.words import FORMATS, KINDS
from engagements.models import Engagement
from sgoffice.directory.models import Organization, Person
from tests.factories.accounts import signed_in
from tests.facts import facts

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("loaded_register")]


def body_of(fact):
    """Return what staff would type: names as the source tells them, and no id."""
    return {
        "title": f"Entered again: {fact['id']}", "kind": KINDS[fact["kind"]],
        "meeting_format": FORMATS.get(fact["kind"], "in_person"), "status": "held",
        "held": f"{fact['date']}/{fact['end_date']}" if fact["end_date"] else fact["date"],
        "city": fact["place_city"] or "", "country": fact["place_country"],
        "participants": [participant(told) for told in fact["counterparts"]], "allow_duplicate": True,
    }  # fmt: skip


def participant(told):
    who = {"person": told["name"]} if told["name"] else {"group": {"description": told["title"] or "Delegation"}}
    side = "ours" if told["organisation"] == "INTERPOL" else "theirs"
    organization = {"name": told["organisation"]}
    return who | {"side": side, "organization": organization, "country": told["country"], "title": told["title"] or ""}


def answered(body, problem, bodies):
    """Return the body with the candidate that is meant, as staff would choose it, where an acronym asks for one."""
    for asked in problem["candidates"]:
        _, _, place, field, *_ = [*asked["pointer"].split("/"), ""]
        assert (field, asked["pointer"].rpartition("/")[2]) == ("capacities", "organization"), asked
        meant = [one["id"] for one in asked["records"] if one["id"] in bodies]
        assert meant, (body["title"], asked)
        body["participants"][int(place)]["organization"] = meant[0]
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

    for number, fact in enumerate(facts("engagements", "engagements")):
        if number % 50 == 0:  # somebody new, who has the requests of a minute before them
            officer = signed_in("officer")
        shipped = people_and_bodies(Engagement.objects.get(origin=origin(fact)))
        body = body_of(fact)
        answer = officer.enter("engagements", body)
        if answer.status_code == 409:
            asked += 1
            answer = officer.enter("engagements", answered(body, answer.json(), shipped[1]))
        assert answer.status_code == 201, (fact["id"], answer.content)
        people, bodies = people_and_bodies(Engagement.objects.get(pk=answer.json()["id"]))
        wrong += [fact["id"] for one, other in zip_longest(people, shipped[0]) if one != other]
        wrong += [(fact["id"], bodies - shipped[1])] if bodies - shipped[1] else []

    assert wrong == []
    assert (Person.objects.count(), Organization.objects.count()) == counts
    assert asked <= 20  # an acronym, or the meeting of a body in place of the body, is asked back
