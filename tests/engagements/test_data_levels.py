"""The levels of the shipped engagements: each follows from a recorded title, and every minister is found."""

from pathlib import Path

import pytest

from engagements.models import Engagement
from sgoffice.records.models import Entry
from tests.factories.accounts import signed_in
from tests.facts import facts

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("loaded_register")]
FACTS = facts("engagement")
PAGE = Path(__file__).parents[2] / "docs" / "levels.md"
#: Read in the entries: a counterpart was minister, secretary of state of the United States, or the like.
WITH_A_MINISTER = [
    2, 22, 24, 28, 34, 35, 36, 37, 40, 42, 43, 45, 47, 48, 51, 52, 54, 55,
    57, 58, 60, 61, 62, 64, 65, 67, 70, 73, 78, 79, 84, 87, 90, 93, 97, 98,
    105, 106, 108, 110, 111, 118, 119, 123, 128, 132, 134, 138, 144, 148, 151, 152, 155, 156,
    157, 159, 160, 163, 164, 172,
]  # fmt: skip


def counterparts(fact):
    return [one for one in fact.get("participants", ()) if one.get("side", "theirs") == "theirs"]


def test_every_meeting_with_a_minister_is_found_by_the_level():
    found = signed_in("viewer").get("/api/v1/engagements", {"level": "minister", "limit": 200}).json()["results"]

    ids = Entry.objects.filter(pk__in=[one["id"] for one in found]).values_list("origin", flat=True)
    assert sorted(ids) == [f"facts:engagement:eng-{number:04}" for number in WITH_A_MINISTER]


def test_no_entry_states_a_level_and_each_that_is_shown_names_the_title_it_follows_from():
    assert not [fact for fact in FACTS.values() if fact.get("level")]
    for one in Engagement.objects.exclude(level=""):
        fact = FACTS[Entry.objects.get(pk=one.pk).origin]
        _, part, place, *rest = one.level_basis["pointer"].split("/")
        said = fact[part][int(place)]
        if rest[0] == "capacities":
            assert said["capacities"][int(rest[1])]["title"] == one.level_basis["title"]
        else:
            assert said["group"]["description"] == one.level_basis["title"]


def test_those_without_a_level_are_told_with_the_reason():
    why = {True: "no counterpart is recorded", False: "an organization without a person or a title"}
    rows = Engagement.objects.filter(level="").order_by("sort_day", "title")
    origins = dict(Entry.objects.filter(kind="engagement").values_list("pk", "origin"))
    told = [f"| {one.held} | {one.title} | {why[not counterparts(FACTS[origins[one.pk]])]} |" for one in rows]
    page = PAGE.read_text(encoding="utf-8")

    assert [line for line in page.splitlines() if line.startswith("| 2")] == told
    assert f"| with a level | {Engagement.objects.exclude(level='').count()} |" in page
    with_a_minister = Engagement.objects.filter(counterpart_levels__contains=["minister"])
    highest = with_a_minister.filter(level="minister")
    assert f"of {with_a_minister.count()}; of {highest.count()} of these" in page
