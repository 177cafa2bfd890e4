"""A session or a decision that the body has is shown before another one is entered."""

import pytest

from appointments import services
from appointments.models import Session
from sgoffice.records.actors import OFFICE
from sgoffice.records.errors import PossibleDuplicates
from tests.factories import appointments as make
from tests.factories.accounts import signed_in, staff

pytestmark = pytest.mark.django_db


def candidates(service, entry, **values):
    try:
        service(entry(**values), by=OFFICE)
    except PossibleDuplicates as refused:
        return [one.label for found in refused.candidates.values() for one in found]
    return []


def test_a_session_on_the_days_of_another_is_asked_about():
    body = make.decision().body.pk
    ask = {"service": services.convene_session, "entry": services.SessionEntry, "body": body}
    first = services.SessionEntry(body=body, number=92, begins="2024-11-04", ends="2024-11-07", city="Glasgow")
    label = str(services.convene_session(first, by=OFFICE))
    services.convene_session(services.SessionEntry(body=body, begins="2025"), by=OFFICE)

    assert candidates(**ask, begins="2024-11-04") == [label]
    assert candidates(**ask, number=93, begins="2024-11-06", ends="2024-11-10") == [label]
    assert candidates(**ask, begins="2025") != []
    for other in (
        {"begins": "2024-11-08"},
        {"begins": "2024"},
        {"number": 94},
        {"begins": "2024-11-05", "allow_duplicate": True},
    ):
        assert candidates(**ask, **other) == [], other
    with pytest.raises(Exception, match="not a date"):
        services.convene_session(services.SessionEntry(body=body, begins="yesterday"), by=OFFICE)


def test_a_decision_under_the_same_symbol_or_title_is_asked_about():
    body = make.decision("Stolen cargo", symbol="AGN/69/RES/9", adopted="2000-10").body.pk
    make.decision("Budget", adopted="2001-09-24")
    ask = {"service": services.record_decision, "entry": services.DecisionEntry, "body": body}

    assert candidates(**ask, title="Cargo", symbol="AGN-69-RES-09") == ["AGN/69/RES/9 Stolen cargo"]
    assert candidates(**ask, title="Stollen cargo", adopted="2000-10-30") == ["AGN/69/RES/9 Stolen cargo"]
    for other in (
        {"title": "Stolen cargo", "symbol": "AGN/70/RES/9"},
        {"title": "Stolen cargo", "adopted": "2003"},
        {"title": "Stolen cargo", "allow_duplicate": True},
        {"title": "Budget of 2002", "adopted": "2001-09-24"},
    ):
        assert candidates(**ask, **other) == [], other


def test_whom_a_hidden_session_is_no_double_of_and_what_is_told_over_http():
    body = make.decision().body
    author = staff("officer")
    hidden = services.SessionEntry(body=body.pk, begins="2024-11-04", marking="restricted")
    services.convene_session(hidden, by=author.as_actor())
    officer = signed_in("officer")
    given = {"body": str(body.pk), "begins": "2024-11-04"}

    assert officer.enter("sessions", given).status_code == 201
    refused = officer.enter("sessions", given)
    assert (refused.status_code, refused.json()["candidates"][0]["pointer"]) == (409, "/begins")
    assert officer.enter("sessions", given | {"allow_duplicate": True}).status_code == 201
    assert Session.objects.count() == 3
