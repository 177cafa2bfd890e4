"""What a record tells of another is read by all readers of the first: of one record, and of rows."""

from itertools import combinations, product

import pytest

from appointments.models import Decision
from sgoffice.records.actors import OFFICE
from sgoffice.records.querysets import may_see
from sgoffice.records.readership import Readership
from tests.factories import approvals
from tests.sgoffice.records.asking import ANNA, CHIEF, OTTO, VIEWER, decide, general_assembly

STAFF = (ANNA, OTTO, VIEWER, CHIEF)
_NAMES = [actor.id for actor in STAFF]
_READERS = [[], *([name] for name in _NAMES), *(list(pair) for pair in combinations(_NAMES, 2))]
_RECORDS = list(product(["public", "internal", "restricted"], _NAMES, _READERS))


def sees(actor, record):
    marking, entered_by, readers = record
    return may_see(actor, marking=marking, entered_by=entered_by, readers=readers)


def test_one_readership_includes_another_only_if_everyone_of_it_may_see_both():
    for one, other in product(_RECORDS, repeat=2):
        if Readership.marked(*one).includes(Readership.marked(*other)):
            assert all(sees(actor, one) for actor in STAFF if sees(actor, other)), (one, other)
        elif "public" not in (one[0], other[0]):
            is_author_left_out = other[1] not in {one[1], *one[2]}
            assert other[0] != "restricted" or is_author_left_out or set(other[2]) - set(one[2]), (one, other)


def test_an_author_who_enters_nothing_any_more_learns_nothing_of_the_own_record_from_another():
    own, read = ("restricted", VIEWER.id, [ANNA.id]), ("restricted", ANNA.id, [VIEWER.id])

    assert sees(VIEWER, read)
    assert not sees(VIEWER, own)
    assert not Readership.marked(*own).includes(Readership.marked(*read))
    assert Readership.marked(*own).includes(Readership.marked("restricted", ANNA.id, [ANNA.id]))


def test_what_partners_may_have_tells_nothing_that_they_may_not():
    assert not Readership("internal").includes(Readership("public"))
    assert Readership("public").includes(Readership("internal"))
    assert Readership.of(object()) == Readership("internal")


@pytest.mark.django_db
def test_rows_are_kept_as_one_record_is_compared():
    body = general_assembly()
    anna, otto, viewer = (approvals.member(role) for role in ("officer", "officer", "viewer"))
    shapes = [(marking, by, readers) for marking, by, readers in product(
        ["internal", "restricted"], [anna, otto], [[], [viewer.id], [otto.id], [anna.id, otto.id]]
    )] + [("public", OFFICE, [])]  # fmt: skip
    made = [decide(body, by=by, marking=marking, readers=readers) for marking, by, readers in shapes]

    for record in made:
        readers = Readership.of(record)
        kept = set(Decision.objects.readable_by_readers_of(readers).values_list("pk", flat=True))
        assert kept == {one.pk for one in made if Readership.of(one).includes(readers)}
        assert record.pk in kept
