"""Merges that race, with real commits: nothing is merged into what was merged itself, by services or by raw SQL."""

import pytest
from django.db import DatabaseError

from sgoffice.changes import merging
from sgoffice.changes.door import ANY_VERSION
from sgoffice.directory.models import Topic
from sgoffice.records.actors import OFFICE
from sgoffice.records.errors import RuleViolation
from sgoffice.records.models import Entry
from tests.factories.directory import topic
from tests.sgoffice.records.asking import ask


def broken():
    return Entry.objects.exclude(merged_into=None).exclude(merged_into__merged_into=None).count()


@pytest.mark.usefixtures("fresh_database")
def test_merges_in_a_circle_leave_survivors_that_stand_for_themselves(in_threads):
    ring = [topic(f"Topic {number}").pk for number in range(4)]

    def merge_next(number):
        survivor, other = ring[number % 4], ring[(number + 1) % 4]
        try:
            merging.merge(Topic, survivor, other=other, by=OFFICE, expected=ANY_VERSION, reason="one")
        except RuleViolation:
            return "refused"
        return "merged"

    for _ in range(5):
        assert "merged" in in_threads(8, merge_next)
        assert broken() == 0
        for one in Topic.objects.exclude(merged_into=None):
            merging.unmerge(Topic, one.merged_into_id, other=one.pk, by=OFFICE, expected=ANY_VERSION, reason="two")


@pytest.mark.usefixtures("fresh_database")
def test_raw_sql_in_a_circle_is_refused_by_the_database(in_threads):
    ring = [topic(f"Topic {number}").pk for number in range(4)]

    def point(number):
        try:
            ask(
                "UPDATE directory_topic SET merged_into_id = %s WHERE id = %s", ring[number % 4], ring[(number + 1) % 4]
            )
        except DatabaseError:
            return "refused"
        return "merged"

    for _ in range(5):
        assert "merged" in in_threads(8, point)
        assert broken() == 0
        ask("UPDATE directory_topic SET merged_into_id = NULL")
