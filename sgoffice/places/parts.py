"""Of which States a name is a part: “Bavaria”, “Ontario”, “Cataluña”. Parts with a government of their own alone."""

import gzip
from functools import cache
from pathlib import Path

from sgoffice.places.keys import place_key
from sgoffice.places.names import meaning_of

_FILE = Path(__file__).parent / "data" / "parts.tsv.gz"


def states_of_part(name: str) -> tuple[str, ...]:
    """Return the codes of the States that have a part of this name; empty for a name of none, or of a State itself."""
    key = place_key(name)
    found = meaning_of(name)
    if not key or found.own:
        return ()
    return tuple(dict.fromkeys((*_parts().get(key, ()), *found.parts)))


@cache
def _parts() -> dict[str, tuple[str, ...]]:
    lines = gzip.decompress(_FILE.read_bytes()).decode().split("\n")
    return {key: tuple(codes.split(",")) for key, tab, codes in (line.partition("\t") for line in lines) if tab}
