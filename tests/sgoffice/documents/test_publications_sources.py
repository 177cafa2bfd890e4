"""Partners get the sources of what they get, and no others."""

import pytest

from engagements.agreements import services
from sgoffice.records.entries import Note, Source
from tests.factories import agreements, appointments, engagements, partners

pytestmark = pytest.mark.django_db


@pytest.fixture
def shown(settle):
    """Return what a partner gets of a public record."""
    puller = partners.Puller(partners.partner())

    def ask(record):
        settle()
        return puller.see(f"records/{record.pk}").json()["document"]

    return ask


def source(*supports):
    return Source(document="Memo LEG/2024/17", title="Doubts on validity", supports=supports, verification="primary")


def titles(document):
    return [(one["document"], one["supports"]) for one in document["sources"]]


@pytest.mark.parametrize(
    "pointer", ["/caveats/0", "/notes/0/text", "/conflicts/0/value", "/marking", "/acts/7", "/acts/x"]
)
def test_a_source_of_what_partners_do_not_get_is_not_told(shown, pointer):
    record = agreements.in_force_since(marking="public", caveats=("Between us",), sources=(source(pointer),))

    assert titles(shown(record)) == []


def test_a_source_is_told_with_the_pointers_that_lead_to_something(shown):
    given = (source("/caveats/0", "/title"), source(), source("/acts/0/date", "/parties/1"))
    record = agreements.in_force_since(marking="public", caveats=("Between us",), sources=given)

    assert [supports for _, supports in titles(shown(record))] == [["/title"], [], ["/acts/0/date", "/parties/1"]]


@pytest.mark.parametrize("pointer", ["/summary", "/outcome", "/notes/0"])
def test_a_source_of_what_was_said_at_a_meeting_is_not_told(shown, pointer):
    record = engagements.engagement(
        marking="public", summary="what was said", outcome="agreed", sources=(source(pointer), source("/title"))
    )

    assert [supports for _, supports in titles(shown(record))] == [["/title"]]


def test_sources_of_decisions_and_appointments_are_chosen_in_the_same_way(shown):
    decision = appointments.decision(
        marking="public",
        notes=(Note(about="Validity", text="Doubtful"),),
        sources=(source("/notes/0"), source("/title")),
    )

    assert [supports for _, supports in titles(shown(decision))] == [["/title"]]


def test_of_our_own_focal_points_partners_get_the_unit_alone(shown):
    points = [
        services.FocalPointEntry(side=side, unit=f"Unit {side}", name="Jane Doe", contact="jane@office.example")
        for side in ("ours", "theirs", "third_party")
    ]
    record = agreements.in_force_since(
        marking="public",
        focal_points=tuple(points),
        sources=(source("/focal_points/0/name"), source("/focal_points/1")),
    )

    document = shown(record)

    assert [(point["unit"], point["name"], point["contact"]) for point in document["focal_points"]] == [
        ("Unit ours", "", ""),
        ("Unit theirs", "Jane Doe", "jane@office.example"),
        ("Unit third_party", "", ""),
    ]
    assert [supports for _, supports in titles(document)] == [["/focal_points/1"]]
