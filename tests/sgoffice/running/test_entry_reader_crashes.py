"""The reader of entries after a mistake or a crash in the middle: what was committed stays, and the rest follows."""

import pytest

from sgoffice import history
from sgoffice.directory.models import Person
from sgoffice.records.actors import OFFICE
from sgoffice.running import entry_reader
from sgoffice.running.entry_reader import UnreadableLine, read_entries


def people(count, **last):
    lines = [
        {"kind": "person", "origin": f"t:{number}", "entry": {"name": f"Person {number}"}} for number in range(count)
    ]
    lines[-1]["entry"] |= last
    return lines


def test_a_mistake_leaves_the_pieces_before_it(fresh_database, monkeypatch):
    monkeypatch.setattr(entry_reader, "PIECE", 2)

    with pytest.raises(UnreadableLine, match="t:4: "):
        read_entries(people(5, name=" "), by=OFFICE)

    assert Person.objects.count() == 4
    assert read_entries(people(5), by=OFFICE) == {"person": 1}
    assert list(history.faults()) == []


def test_a_crash_in_the_middle_of_a_piece_is_continued_and_doubles_nobody(fresh_database, monkeypatch):
    monkeypatch.setattr(entry_reader, "PIECE", 3)
    enter, left = entry_reader._enter, 5

    def crash(*args):
        nonlocal left
        left -= 1
        if not left:
            raise SystemExit
        return enter(*args)

    monkeypatch.setattr(entry_reader, "_enter", crash)
    with pytest.raises(SystemExit):
        read_entries(people(8), by=OFFICE)
    monkeypatch.setattr(entry_reader, "_enter", enter)
    assert Person.objects.count() == 3

    assert read_entries(people(8), by=OFFICE) == {"person": 5}
    assert sorted(Person.objects.values_list("name", flat=True)) == [f"Person {number}" for number in range(8)]
    assert list(history.faults()) == []
