"""The digests of migrations that landed: `python -m tests.upgrade.landed` records new ones, and never another digest.

The scripts of SQL that migrations run are recorded too. A database that was migrated yesterday keeps what the file said
yesterday: what is wrong in one is mended by the next.
"""

import hashlib
import sys
from collections.abc import Mapping
from pathlib import Path

from tests.architecture.source import FLOORS, ROOT

RECORD = Path(__file__).with_name("landed.sha256")
_FIRST, _LATER = "# The first set: version 0.2.0", "# Later ones"


def on_disk() -> dict[str, str]:
    """Return the digest of each migration, and of each script of SQL, by its path."""
    paths = [path for top in FLOORS for path in sorted((ROOT / top).rglob("*")) if _is_frozen(path)]
    return {str(path.relative_to(ROOT)): hashlib.sha256(path.read_bytes()).hexdigest() for path in paths}


def _is_frozen(path: Path) -> bool:
    return path.suffix == ".sql" or (path.parent.name == "migrations" and path.match("[0-9]*.py"))


def recorded(text: str) -> dict[str, str]:
    """Return the digest of each migration that landed, by its path."""
    rows = [line.split(maxsplit=1) for line in text.splitlines() if line and not line.startswith("#")]
    return {path: digest for digest, path in rows}


def first_set(text: str) -> set[str]:
    """Return the paths of the first set, which nobody had to migrate to."""
    return set(recorded(text.partition(_LATER)[0]))


def altered(landed: Mapping[str, str], found: Mapping[str, str]) -> list[str]:
    """Return the paths of those that are not what they were, or not there any more."""
    return [path for path, digest in landed.items() if found.get(path) != digest]


def with_new(text: str, found: Mapping[str, str]) -> str:
    """Return the record with those that it lacks; raises ValueError when one that landed was altered."""
    landed = recorded(text)
    if changed := altered(landed, found):
        message = f"These landed and never change; put them back and write another migration: {', '.join(changed)}"
        raise ValueError(message)
    new = [f"{digest}  {path}" for path, digest in found.items() if path not in landed]
    if new and _LATER not in text:
        new = [_LATER if text else _FIRST, *new]
    return "".join(f"{line}\n" for line in [*text.splitlines(), *new])


if __name__ == "__main__":
    before = RECORD.read_text(encoding="utf-8") if RECORD.exists() else ""
    try:
        RECORD.write_text(with_new(before, on_disk()), encoding="utf-8")
    except ValueError as error:
        sys.exit(str(error))
