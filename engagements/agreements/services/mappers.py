"""Map the rows of an agreement's parts to the plain values that the rules take."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from engagements.agreements.models import Agreement
from engagements.agreements.rules import ActFact, Case, Duration, Window, read_clause
from engagements.agreements.rules.entry_rules import ActValue
from sgoffice.records.errors import InvalidEntry

Row = dict[str, Any]
PARTY = ("organization", "country", "called", "through", "side")
SIGNATORY = ("party", "person", "name", "title", "capacity", "on_behalf_of")
ACT = (
    "kind", "party", "by_body", "on_behalf_of", "date", "date_basis", "date_of_effect", "until", "attests",
    "document", "place_city", "place_country", "text", "source", "verification",
)  # fmt: skip
_DATES = {"date": "date", "effect": "date_of_effect", "until": "until"}


def row_of(part: Any, names: tuple[str, ...]) -> Row:
    return {"id": part.pk, **{name: getattr(part, part._meta.get_field(name).attname) for name in names}}


def row_id(row: Row) -> UUID:
    """Return the id that a part has, or will have when it is saved."""
    return row.get("id") or row["new_id"]


def party_key(row: Row) -> str:
    """Return the key of a party: the id of its organization or the code of its country."""
    return str(row["organization"] or row["country"] or "")


def case_of(agreement: Agreement, parties: list[Row], acts: list[Row]) -> Case:
    keys = {row_id(row): party_key(row) for row in parties}
    return Case(
        parties=tuple(keys.values()),
        acts=tuple(_fact(row, keys) for row in acts),
        is_bilateral=agreement.is_bilateral,
        entry_into_force=read_clause(agreement.entry_into_force) if agreement.entry_into_force else None,
        duration=_duration(agreement.duration),
        tacit_renewal=_duration(agreement.tacit_renewal),
        notice_period=_duration(agreement.notice_period),
        expires=Window.of(agreement.expires),
        attestations_hold=_duration(agreement.attestations_hold),
        superseded=stored_supersession(agreement),
        party_ids=tuple(keys.items()),
    )


def stored_supersession(agreement: Agreement) -> Window | None:
    """Return when an agreement was superseded, as its status was computed last."""
    first, last = agreement.superseded_earliest, agreement.superseded_latest
    return Window(first, last) if first is not None and last is not None else None


def case_as_stored(agreement: Agreement) -> Case:
    """Return an agreement as the rules see it, from its stored (or prefetched) parts."""
    parties = [row_of(part, PARTY) for part in agreement.parties.all()]
    return case_of(agreement, parties, [row_of(part, ACT) for part in agreement.acts.all()])


def act_value(row: Row, keys: Mapping[UUID, str], pointer: str) -> ActValue:
    """Return an act as it is entered; raises InvalidEntry for an invalid date."""
    return ActValue(**_common(row, keys), **read_windows(row, pointer))


def _fact(row: Row, keys: Mapping[UUID, str]) -> ActFact:
    windows = read_windows(row, "")
    return ActFact(**_common(row, keys), **windows, date_basis=row["date_basis"], verification=row["verification"])


def _common(row: Row, keys: Mapping[UUID, str]) -> dict[str, Any]:
    return {
        "kind": row["kind"],
        "party": keys.get(row["party"], ""),
        "by_body": str(row["by_body"] or ""),
        "on_behalf_of": keys.get(row["on_behalf_of"], ""),
        "attests": row["attests"],
        "source": row["source"],
    }


def read_windows(row: Row, pointer: str) -> dict[str, Any]:
    found = {}
    for short, name in _DATES.items():
        try:
            found[short] = Window.of(row[name])
        except ValueError as error:
            raise InvalidEntry([(f"{pointer}/{name}", str(error))]) from None
    return found


def _duration(text: str) -> Duration | None:
    return Duration.parse(text) if text else None
