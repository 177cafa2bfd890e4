"""Calendar files that others use for their tests: each is read or refused, and none is a fault."""

from pathlib import Path

import icalendar
import pytest

from sgoffice.api.invitations import read_invitation
from sgoffice.records.errors import InvalidEntry

FILES = sorted(Path(icalendar.__file__).parent.rglob("*.ics"))


def test_there_are_many():
    assert len(FILES) > 100


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_a_file_of_the_library_is_read_or_refused(file):
    try:
        found = read_invitation(file.read_bytes())
    except InvalidEntry as refusal:
        pointers = {pointer for pointer, _ in refusal.errors}
    else:
        pointers = {"/calendar"} if found.starts is not None else set()
    assert pointers == {"/calendar"}
