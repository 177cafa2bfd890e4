"""Documents that one process makes for its relatives: they wait for it, and make their own if it dies."""

import os
import time

import pytest

from sgoffice.api.schema import handover
from sgoffice.api.schema.handover import ApiDocument

_DOCUMENTS = {
    False: ApiDocument(b'{"for": "staff"}', b"packed", "a" * 32),
    True: ApiDocument(b"{}", b"smaller", "b" * 32),
}


@pytest.fixture
def files():
    handover.open_files()
    yield
    for file in handover._files.values():
        file.close()
    handover._files.clear()


def forked(work):
    """Run `work` in a relative that has the files, once it holds them; return its number."""
    reading, writing = os.pipe()
    number = os.fork()
    if number == 0:

        def make(for_partners):
            os.write(writing, b".")
            return work(for_partners)

        try:
            handover.hand_on(make)
        finally:
            os._exit(0)
    os.read(reading, 1)
    os.close(reading)
    os.close(writing)
    return number


def slowly(for_partners):
    time.sleep(0.3)
    return _DOCUMENTS[for_partners]


def killed(for_partners):
    time.sleep(0.3)
    os._exit(1)


@pytest.mark.parametrize("for_partners", [False, True])
def test_who_reads_waits_for_who_makes(files, for_partners):
    relative = forked(slowly)

    assert handover.read(for_partners=for_partners) == _DOCUMENTS[for_partners]
    os.waitpid(relative, 0)


@pytest.mark.parametrize("for_partners", [False, True])
def test_nothing_is_there_when_who_made_it_died(files, for_partners):
    relative = forked(killed)

    assert handover.read(for_partners=for_partners) is None
    os.waitpid(relative, 0)


def test_nothing_is_there_where_nobody_makes_it():
    assert handover.read(for_partners=False) is None
