"""The parties of an agreement as readers see them: one line for each, called as when it was signed."""

from collections.abc import Iterable, Mapping
from datetime import date
from uuid import UUID

from engagements.agreements.models import Agreement, Party
from engagements.agreements.services.mappers import Row, row_id
from sgoffice.changes.merging import same_records
from sgoffice.directory.rules import name_then
from sgoffice.directory.services.former_names import names_then


def party_lines(agreement: Agreement) -> tuple[list[Party], dict[UUID, Party]]:
    """Return the parties, those of merged organizations as one line with all who signed; and the line of each party.

    Nothing is written: if the merge is undone, each has its own line again. What an agreement calls a party stays
    (`called`); otherwise an organization that was renamed since is shown under the name of then.
    """
    day = _day_of(agreement)
    lines: dict[object, Party] = {}
    line_of: dict[UUID, Party] = {}
    for party in agreement.parties.all():
        kept = lines.setdefault(party.organization.survivor.pk if party.organization else party.country_id, party)
        line_of[party.pk] = kept
        if kept is party:
            party.shown_signatories = list(party.signatories.all())
            if party.organization is not None and not party.called:
                party.called = name_then(party.organization.other_names, day)
        else:
            known = {one.name for one in kept.shown_signatories}
            kept.shown_signatories += [one for one in party.signatories.all() if one.name not in known]
    return list(lines.values()), line_of


def names_shown(agreement: Agreement, parties: Iterable[Row]) -> dict[UUID, str]:
    """Return the names that readers are shown for stored parties which the agreement calls by no name of its own."""
    unnamed = {row["id"]: row["organization"] for row in parties if row["organization"] and not row["called"]}
    then = names_then(unnamed.values(), _day_of(agreement))
    return {key: then[body] for key, body in unnamed.items() if body in then}


def _day_of(agreement: Agreement) -> date | None:
    """Return the day of the last signature, or of the first thing that is known."""
    return agreement.sort_day if agreement.sort_day != date.min else None


def acts_of_merged(acts: Iterable[Row], dropped: Iterable[Row], parties: Iterable[Row]) -> list[Row]:
    """Return the acts with those of a party that left now of the one that stands for the same organization.

    So whoever sends back the one line that they read loses no act of the other.
    """
    kept = {row["organization"]: row_id(row) for row in parties if row["organization"]}
    instead: dict[UUID, UUID] = {}
    for row in dropped:
        same = same_records([row["organization"]]) if row["organization"] else []
        if (found := next((kept[one] for one in same if one in kept), None)) is not None:
            instead[row_id(row)] = found
    return [_of_party(row, instead) for row in acts] if instead else list(acts)


def _of_party(row: Row, instead: Mapping[UUID, UUID]) -> Row:
    return {**row, **{name: instead.get(row[name], row[name]) for name in ("party", "on_behalf_of")}}
