"""Twenty thousand broken invitations: each is read or refused, and none is a fault or takes long."""

import random
from pathlib import Path

import icalendar

from sgoffice.api.invitations import read_invitation
from sgoffice.records.errors import InvalidEntry

MUTATIONS = 20_000
#: What is put in where a file is broken.
PIECES = (
    b"\r\n", b"\r\n ", b"\x00", b"\xff", b"=", b'"', b";", b":", b"TZID=Europe", b';TZID="', b"BEGIN:VEVENT\r\n",
    b"END:VEVENT\r\n", b"DURATION:PT1W\r\n", b"RRULE:FREQ=YEARLY;BYMONTH=99;BYDAY=9SU\r\n", b"99999999T999999Z",
    b"00000000", b"-", b"\\", b"^", b"%", "\u202e\u2028".encode(), b"ENCODING=QUOTED-PRINTABLE", b"CHARSET=nonsense",
)  # fmt: skip


def mutated(chance: random.Random, octets: bytes) -> bytes:
    found = bytearray(octets)
    for _ in range(chance.randint(1, 6)):
        place = chance.randrange(len(found) + 1)
        match chance.randrange(4):
            case 0:
                del found[place : place + chance.randint(1, 30)]
            case 1:
                found[place:place] = chance.choice(PIECES)
            case 2:
                found[place : place + 1] = bytes([chance.randrange(256)])
            case _:
                other = chance.randrange(len(found) + 1)
                found[place:place] = found[other : other + chance.randint(1, 60)]
    return bytes(found)


def test_no_broken_invitation_is_a_fault():
    chance = random.Random(20_000)
    files = [file.read_bytes() for file in sorted(Path(icalendar.__file__).parent.rglob("*.ics"))]
    small = [octets for octets in files if b"BEGIN:VEVENT" in octets and len(octets) < 20_000]
    read = refused = 0
    for _ in range(MUTATIONS):
        try:
            read_invitation(mutated(chance, chance.choice(small)), charset=chance.choice(["utf-8", "iso-8859-1"]))
            read += 1
        except InvalidEntry:
            refused += 1

    assert read + refused == MUTATIONS
    assert min(read, refused) > MUTATIONS // 20
