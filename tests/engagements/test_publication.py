"""The partner document of an engagement is the same whether it was just entered or read again."""

from datetime import datetime, timedelta, timezone

import pytest

from sgoffice.changes import merging
from sgoffice.changes.door import ANY_VERSION
from sgoffice.documents import publications
from sgoffice.records.actors import OFFICE
from tests.factories import directory
from tests.factories import engagements as make

pytestmark = pytest.mark.django_db


def test_times_are_published_alike_whatever_offset_they_were_typed_with():
    start = datetime(2026, 7, 10, 9, 30, tzinfo=timezone(timedelta(hours=2)))

    make.engagement(status="confirmed", starts_at=start, ends_at=start + timedelta(hours=1), time_zone="Europe/Paris")

    assert list(publications.differences()) == []


def test_both_of_a_merged_pair_are_published_as_one():
    one, other = directory.person("Amina Haddad"), directory.person("A. Haddad-Khoury")
    met = make.engagement(participants=(make.theirs(person=one, title="A"), make.theirs(person=other, title="B")))

    merging.merge(type(one), one.pk, other=other.pk, by=OFFICE, expected=ANY_VERSION, reason="One")

    [document] = publications.build_documents(publications.publications()["engagement"], [met.pk])
    assert document.body.count(str(one.pk).encode()) == 1
    assert list(publications.differences()) == []
