"""Pointers in sources and conflicts name a member of the record."""

import pytest

from engagements import services
from engagements.models import Engagement
from sgoffice.changes.door import ANY_VERSION
from sgoffice.records import guard
from sgoffice.records.actors import OFFICE
from sgoffice.records.entries import Conflict, Correction, Source
from sgoffice.records.errors import InvalidEntry
from tests.factories import engagements as make

pytestmark = pytest.mark.django_db
DOOR = {"by": OFFICE, "expected": ANY_VERSION, "at": make.NOW}


@pytest.mark.parametrize("pointer", ["/nonsense/field", "held", "", "/", "/Held"])
def test_a_conflict_about_no_member_is_refused(pointer):
    with pytest.raises(InvalidEntry) as refused:
        make.engagement(conflicts=(Conflict(pointer=pointer, value="x"),))

    ((where, advice),) = refused.value.errors
    assert where == "/conflicts/0/pointer"
    assert "/held" in advice


def test_a_source_that_supports_no_member_is_refused():
    with pytest.raises(InvalidEntry) as refused:
        make.engagement(sources=(Source(document="The diary", supports=("/held", "/nothing")),))

    assert [where for where, _ in refused.value.errors] == ["/sources/0/supports/1"]


def test_members_are_named_at_any_depth():
    made = make.engagement(
        conflicts=(Conflict(pointer="/participants/0/title", value="Deputy Minister"),),
        sources=(Source(document="The diary", supports=("/held", "")),),
    )

    assert made.conflicts[0]["pointer"] == "/participants/0/title"


def test_what_was_stored_before_stays_until_it_is_written_anew():
    made = make.engagement()
    with guard.unguarded():
        Engagement.objects.filter(pk=made.pk).update(conflicts=[{"pointer": "/old", "value": "x", "source": ""}])

    kept = services.correct_engagement(made.pk, Correction(services.EngagementEntry, {"city": "Oslo"}), **DOOR)

    assert (kept.city, kept.conflicts[0]["pointer"]) == ("Oslo", "/old")
    both = {"conflicts": (Conflict(pointer="/old", value="x"), Conflict(pointer="/held", value="2025"))}
    more = services.correct_engagement(made.pk, Correction(services.EngagementEntry, both), **DOOR)
    assert [one["pointer"] for one in more.conflicts] == ["/old", "/held"]
    again = {"conflicts": (Conflict(pointer="/old", value="y"),)}
    with pytest.raises(InvalidEntry):
        services.correct_engagement(made.pk, Correction(services.EngagementEntry, again), **DOOR)
