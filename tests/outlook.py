"""Makes messages as Outlook saves them (.msg): a compound file ([MS-CFB]) with properties ([MS-OXMSG]).

There are no files of Outlook among the tests: what stands here follows the published formats, and nothing else does.
"""

import struct
from datetime import UTC, datetime
from uuid import UUID

_SECTOR, _MINI, _CUTOFF = 512, 64, 4096
_FREE, _END, _FAT = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
_STORAGE, _STREAM = 1, 2
_BINARY, _STRING, _TIME, _BOOLEAN, _INTEGER = 0x0102, 0x001F, 0x0040, 0x000B, 0x0003
_EPOCH = datetime(1601, 1, 1, tzinfo=UTC)
APPOINTMENT = UUID("00062002-0000-0000-c000-000000000046")
MEETING = UUID("6ed8da90-450b-101b-98da-00aa003f1305")

Tree = dict[str, "bytes | Tree"]


def meeting(
    message_class="IPM.Schedule.Meeting.Request", *, own=(), named=(), recipients=(), attachments=(), subject="Call"
):
    """A message: `own` and the recipients' are {property: value}, `named` {(set, number): value}."""
    numbers = {key: 0x8000 + place for place, key in enumerate(dict(named))}
    values = {0x001A: message_class, 0x0037: subject, **dict(own)}
    values |= {numbers[key]: value for key, value in dict(named).items()}
    tree = _stored(values, struct.pack("<8x4I8x", len(recipients), len(attachments), len(recipients), len(attachments)))
    for place, one in enumerate(recipients):
        tree[f"__recip_version1.0_#{place:08X}"] = _stored(one, bytes(8))
    for place, one in enumerate(attachments):
        tree[f"__attach_version1.0_#{place:08X}"] = _stored(one, bytes(8))
    tree["__nameid_version1.0"] = _names(list(numbers))
    return compound_file(tree)


def _names(keys):
    sets = list(dict.fromkeys(one for one, _ in keys))
    entries = b"".join(
        struct.pack("<IHH", number, (sets.index(one) + 3) << 1, place) for place, (one, number) in enumerate(keys)
    )
    return {
        "__substg1.0_00020102": b"".join(one.bytes_le for one in sets),
        "__substg1.0_00030102": entries,
        "__substg1.0_00040102": b"",
    }


def _stored(values, header):
    tree, rows = {}, b""
    for number, value in values.items():
        kind, payload, stream = _encoded(value)
        rows += struct.pack("<HHI8s", kind, number, 6, payload)
        if stream is not None:
            tree[f"__substg1.0_{number:04X}{kind:04X}"] = stream
    return {"__properties_version1.0": header + rows, **tree}


def _encoded(value):
    if isinstance(value, bool):
        return _BOOLEAN, struct.pack("<Q", value), None
    if isinstance(value, int):
        return _INTEGER, struct.pack("<Q", value), None
    if isinstance(value, datetime):
        return _TIME, struct.pack("<Q", int((value - _EPOCH).total_seconds()) * 10_000_000), None
    kind, stream = (_BINARY, value) if isinstance(value, bytes) else (_STRING, value.encode("utf-16-le"))
    return kind, struct.pack("<Q", len(stream)), stream


def compound_file(tree: Tree) -> bytes:
    """A compound file of version 3 with these streams (bytes) and storages (dicts)."""
    entries: list[list] = [["Root Entry", 5, _FREE, 0, 0, b""]]  # name, kind, child, start, size, content
    siblings: dict[int, int] = {}
    _enter(tree, 0, entries, siblings)
    sectors = _Sectors()
    mini, table = _short_streams(entries)
    for one in entries[1:]:
        if one[1] == _STREAM and len(one[5]) >= _CUTOFF:
            one[3] = sectors.put(one[5])
    entries[0][3:5] = (sectors.put(mini), len(mini)) if mini else (_END, 0)
    mini_start = sectors.put(table, b"\xff") if table else _END
    directory = b"".join(_entry(place, one, siblings) for place, one in enumerate(entries))
    start = sectors.put(directory)
    places, fat = sectors.table()
    head = struct.pack(
        "<8s16xHHHHH6xIIIIIIIII", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", 0x3E, 3, 0xFFFE, 9, 6,
        0, len(places), start, 0, _CUTOFF, mini_start, -(-len(table) // _SECTOR), _END, 0,
    )  # fmt: skip
    head += b"".join(struct.pack("<I", one) for one in [*places, *[_FREE] * (109 - len(places))])
    return head + b"".join(sectors.written) + fat


class _Sectors:
    """The sectors of a file, in chains."""

    def __init__(self):
        self.written: list[bytes] = []
        self.chains: list[int] = []

    def put(self, content: bytes, filler: bytes = b"\0") -> int:
        """Append a chain of sectors and return its first."""
        start, count = len(self.chains), -(-len(content) // _SECTOR)
        self.chains += [*range(start + 1, start + count), _END]
        pieces = (content[place : place + _SECTOR] for place in range(0, len(content), _SECTOR))
        self.written += [piece.ljust(_SECTOR, filler) for piece in pieces]
        return start

    def table(self) -> tuple[list[int], bytes]:
        """Return where the table of the chains stands, behind all sectors, and the table."""
        count = 1
        while (len(self.chains) + count) * 4 > count * _SECTOR:
            count += 1
        first = len(self.chains)
        whole = b"".join(struct.pack("<I", one) for one in [*self.chains, *[_FAT] * count])
        return list(range(first, first + count)), whole.ljust(count * _SECTOR, b"\xff")


def _short_streams(entries: list) -> tuple[bytes, bytes]:
    """Return the streams that share sectors, and the table of their chains."""
    together, chains = b"", []
    for one in entries[1:]:
        if one[1] == _STREAM and one[5] and len(one[5]) < _CUTOFF:
            count = -(-len(one[5]) // _MINI)
            one[3] = len(chains)
            chains += [*range(len(chains) + 1, len(chains) + count), _END]
            together += one[5].ljust(count * _MINI, b"\0")
    return together, b"".join(struct.pack("<I", one) for one in chains)


def _enter(tree: Tree, parent: int, entries: list, siblings: dict[int, int]) -> None:
    """Enter the members of a storage, each as the right sibling of the one before: a tree, if not a balanced one."""
    before = None
    for name in sorted(tree, key=lambda name: (len(name), name.upper())):
        content = tree[name]
        place = len(entries)
        is_stream = isinstance(content, bytes)
        entries.append(
            [
                name,
                _STREAM if is_stream else _STORAGE,
                _FREE,
                0,
                len(content) if is_stream else 0,
                content if is_stream else b"",
            ]
        )
        if before is None:
            entries[parent][2] = place
        else:
            siblings[before] = place
        before = place
        if not is_stream:
            _enter(content, place, entries, siblings)


def _entry(place, one, siblings):
    name = (one[0] + "\0").encode("utf-16-le")
    return struct.pack(
        "<64sHBBIII16xI8x8xIQ", name, len(name), one[1], 1, _FREE, siblings.get(place, _FREE), one[2], 0, one[3], one[4]
    )
