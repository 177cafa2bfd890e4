"""The columns in which lists of records are put into spreadsheets; each app declares those of its kinds."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sgoffice.records.doubts import contradiction

#: What stands between the several values of one cell.
BETWEEN = "; "
_ID, _DASHES = 36, 4  # characters of a UUID
Cell = str | int | bool | None
Names = Mapping[str, str]


@dataclass(frozen=True)
class Column:
    """One column: its heading, and where its values stand in a document.

    A path names nested members and descends into lists. With `one_of`, each of these paths is tried below every object
    at `path`, and the first that has a value counts; `where` keeps the objects whose member has that value.
    """

    name: str
    path: str
    one_of: tuple[str, ...] = ()
    where: tuple[str, str] | None = None
    #: A day is a date in spreadsheets where it is exact; a record is an id that stands for another record's name, staff
    #: one that stands for a member of staff. Everything else is shown as it is: a title may be the code of a country.
    is_day: bool = False
    is_record: bool = False
    is_staff: bool = False

    def cell(self, document: Mapping[str, Any], names: Names) -> Cell:
        """Return the value of a document in this column; `names` are words that stand in place of ids and codes."""
        found = [value for value in self._values(document, names) if value not in (None, "")]
        if self.is_staff:
            found = [names.get(value, value) if _is_id(value) else value for value in found]
        if self.is_record:
            found = [names[key] for key in map(str, found) if key in names]
        if len(found) == 1:
            return found[0]
        return BETWEEN.join(map(str, found)) or None

    def ids(self, document: Mapping[str, Any]) -> Iterator[str]:
        """Yield the ids of the records that the column names."""
        if self.is_record:
            yield from (value for value in values_at(document, self.path, {}) if isinstance(value, str))

    def _values(self, document: Mapping[str, Any], names: Names) -> Iterator[Any]:
        if not self.one_of:
            yield from values_at(document, self.path, names)
            return
        for item in values_at(document, self.path, {}):
            if self.where is None or item.get(self.where[0]) == self.where[1]:
                options = (list(values_at(item, path, names)) for path in self.one_of)
                yield from next((values for values in options if values), ())


@dataclass(frozen=True)
class ConflictColumn(Column):
    """What other sources state of a record, in words."""

    def cell(self, document: Mapping[str, Any], names: Names) -> Cell:
        return BETWEEN.join(contradiction(one) for one in document.get(self.path) or ()) or None


def _is_id(value: Any) -> bool:
    """Tell whether a value is an id, and not the code of a country or a word."""
    return isinstance(value, str) and len(value) == _ID and value.count("-") == _DASHES


def values_at(node: Any, path: str, names: Names) -> Iterator[Any]:
    """Yield what stands at a path, without nothing; the `name` beside a code or id in the words that are known."""
    if isinstance(node, list):
        for item in node:
            yield from values_at(item, path, names)
    elif not path:
        if node not in (None, "", {}):
            yield node
    elif isinstance(node, dict):
        name, _, rest = path.partition(".")
        key = node.get("code") or node.get("id") if name == "name" else None
        if isinstance(key, str) and key in names:
            yield names[key]
        else:
            yield from values_at(node.get(name), rest, names)


def columns(*paths: str) -> tuple[Column, ...]:
    """Return columns headed by their paths: `country.name` by country, `owner.unit` by owner_unit."""
    return tuple(Column(path.removesuffix(".name").replace(".", "_"), path) for path in paths)


def days(*paths: str) -> tuple[Column, ...]:
    """Return columns of dates."""
    return tuple(Column(path.replace(".", "_"), path, is_day=True) for path in paths)


def staff(*paths: str) -> tuple[Column, ...]:
    """Return columns of ids of members of staff, which the file shows by their names."""
    return tuple(Column(path, path, is_staff=True) for path in paths)


def records(*paths: str) -> tuple[Column, ...]:
    """Return columns of ids of other records, which the file shows by their names."""
    return tuple(Column(path, path, is_record=True) for path in paths)


#: The columns that end the row of a record of any kind.
PROVENANCE = (
    Column("sources", "sources", one_of=("title", "document", "url")),
    *columns("caveats"),
    ConflictColumn("conflicts", "conflicts"),
    Column("notes", "notes.text"),
    Column("version", "version"),
    Column("id", "id"),
)
