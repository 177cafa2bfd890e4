"""Errors of the register, independent of HTTP; sgoffice/api/problems.py assigns the status codes."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID


class RegisterError(Exception):
    """Base of all refusals; the text tells the reader what to do next."""

    @property
    def detail(self) -> str:
        return str(self)


@dataclass(frozen=True)
class RelatedRecord:
    """A record that blocks the change or may be the one that is meant; `reason` says why."""

    id: UUID
    kind: str
    label: str
    reference: str = ""
    reason: str = ""


class RuleViolation(RegisterError):
    """A rule of the domain forbids the change in the current state.

    `rule` is its slug, `basis` the article or clause behind it, `pointer` the JSON pointer of the field that breaks it
    (empty if no single field does), `records` the records that block the change.
    """

    def __init__(
        self, detail: str, *, rule: str, basis: str = "", pointer: str = "", records: Iterable[RelatedRecord] = ()
    ) -> None:
        super().__init__(detail)
        self.records = tuple(records)
        self.rule = rule
        self.basis = basis
        self.pointer = pointer


class NotPermitted(RegisterError):
    """The actor may not do this."""


class InvalidEntry(RegisterError):
    """Values that are invalid in any state, each with the JSON pointer of its field; records that may be meant."""

    def __init__(
        self, errors: Iterable[tuple[str, str]], *, candidates: Mapping[str, Iterable[RelatedRecord]] | None = None
    ) -> None:
        self.errors = list(errors)
        self.candidates = {pointer: tuple(found) for pointer, found in (candidates or {}).items()}
        super().__init__("; ".join(f"{pointer}: {detail}" for pointer, detail in self.errors))


class PossibleDuplicates(RegisterError):
    """The register may already have this record: possible matches by JSON pointer."""

    def __init__(self, candidates: Mapping[str, Iterable[RelatedRecord]], *, advice: str) -> None:
        self.candidates = {pointer: tuple(found) for pointer, found in candidates.items()}
        super().__init__(advice)


class UnknownRecord(RegisterError):
    def __init__(self, kind: str, key: object) -> None:
        super().__init__(f"There is no {kind.replace('_', ' ')} {key}.")
        self.kind = kind
        self.key = key


class StaleVersion(RegisterError):
    """The record has changed since the caller read it; `current` is its version."""

    def __init__(self, current: int) -> None:
        super().__init__(
            f"The record has changed since you read it (it is at version {current} now): "
            "read it again and repeat your change on what you find."
        )
        self.current = current


class WriteOutsideChange(RuntimeError):
    """A bug: a record was written outside change()."""


class Unavailable(RegisterError):
    """Something that the request needs does not answer at the moment; nothing was saved."""
