"""A migration that landed never changes."""

import pytest

from tests.upgrade import landed

ONE, OTHER = {"a/0001.py": "1" * 64}, {"a/0002.py": "2" * 64}


def test_no_migration_that_landed_was_altered_and_each_is_recorded():
    """A new one is recorded by python -m tests.upgrade.landed, when it is right: it cannot be changed afterwards."""
    record = landed.recorded(landed.RECORD.read_text(encoding="utf-8"))

    assert landed.altered(record, landed.on_disk()) == []
    assert record == landed.on_disk()


def test_record_knows_which_belong_to_the_first_set():
    first = landed.with_new("", ONE)
    later = landed.with_new(first, ONE | OTHER)
    latest = landed.with_new(later, ONE | OTHER | {"a/0003.py": "3" * 64})

    assert landed.first_set(first) == landed.first_set(later) == landed.first_set(latest) == set(ONE)
    assert list(landed.recorded(latest)) == ["a/0001.py", "a/0002.py", "a/0003.py"]
    assert landed.with_new(latest, landed.recorded(latest)) == latest


@pytest.mark.parametrize("found", [{"a/0001.py": "9" * 64}, OTHER, {}])
def test_one_that_was_altered_or_taken_away_is_refused(found):
    first = landed.with_new("", ONE)

    assert landed.altered(landed.recorded(first), found) == ["a/0001.py"]
    with pytest.raises(ValueError, match=r"These landed and never change.* a/0001\.py"):
        landed.with_new(first, found)
