"""The order of markings, from the widest to the narrowest audience."""

from itertools import pairwise

from sgoffice.records.markings import Marking, is_narrower, narrowest, wider_than


def test_each_marking_is_read_by_fewer_than_the_one_before():
    for wide, narrow in pairwise(Marking.values):
        assert is_narrower(narrow, than=wide)
        assert not is_narrower(wide, than=narrow)
        assert not is_narrower(wide, than=wide)

    assert wider_than(Marking.RESTRICTED) == ["public", "internal"]
    assert wider_than(Marking.PUBLIC) == []


def test_the_narrowest_marking_counts_and_records_without_one_do_not():
    assert narrowest(["public", "", "restricted", "internal"]) == "restricted"
    assert narrowest(["", "internal"]) == "internal"
    assert narrowest([""]) == "public"
