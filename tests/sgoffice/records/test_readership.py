"""What a record tells of another is read by all readers of the first: of one record, and of rows."""

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from appointments.models import Decision
from sgoffice.records.actors import OFFICE
from sgoffice.records.querysets import may_see
from sgoffice.records.readership import Readership
from tests.factories import approvals
from tests.sgoffice.records.asking import ANNA, CHIEF, OTTO, VIEWER, decide, general_assembly

STAFF = (ANNA, OTTO, VIEWER, CHIEF)
_markings = st.sampled_from(["public", "internal", "restricted"])
_names = st.sampled_from([actor.id for actor in STAFF])
_records = st.tuples(_markings, _names, st.lists(_names, max_size=2))


def sees(actor, record):
    marking, entered_by, readers = record
    return may_see(actor, marking=marking, entered_by=entered_by, readers=readers)


@given(one=_records, other=_records)
def test_one_readership_includes_another_only_if_everyone_of_it_may_see_both(one, other):
    included = Readership.marked(*one).includes(Readership.marked(*other))

    if included:
        assert all(sees(actor, one) for actor in STAFF if sees(actor, other))
    elif "public" not in (one[0], other[0]):
        told = {other[1], *other[2]} if other[0] == "restricted" else {actor.id for actor in STAFF}
        assert any(not sees(actor, one) for actor in STAFF if actor.id in told) or told - {one[1], *one[2]}


def test_what_partners_may_have_tells_nothing_that_they_may_not():
    assert not Readership("internal").includes(Readership("public"))
    assert Readership("public").includes(Readership("internal"))
    assert Readership.of(object()) == Readership("internal")


@pytest.mark.django_db
def test_rows_are_kept_as_one_record_is_compared():
    body = general_assembly()
    anna, otto, viewer = (approvals.member(role) for role in ("officer", "officer", "viewer"))
    shapes = [(marking, by, readers) for marking, by, readers in product(
        ["internal", "restricted"], [anna, otto], [[], [viewer.id], [anna.id, otto.id]]
    )] + [("public", OFFICE, [])]  # fmt: skip
    made = [decide(body, by=by, marking=marking, readers=readers) for marking, by, readers in shapes]

    for record in made:
        readers = Readership.of(record)
        kept = set(Decision.objects.readable_by_readers_of(readers).values_list("pk", flat=True))
        assert kept == {one.pk for one in made if Readership.of(one).includes(readers)}
        assert record.pk in kept
