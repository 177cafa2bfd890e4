"""The parties, signatories and acts of an agreement that is open for change: edited, checked and saved together."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from appointments.models import Body
from engagements.agreements.models import Act, Agreement, Party, Signatory
from engagements.agreements.rules import Case, Window, latest_of, rank_of
from engagements.agreements.rules.entry_rules import PartyValue, require_act, require_parties, require_term
from engagements.agreements.services.entries import ActEntry, PartyEntry, SignatoryEntry
from engagements.agreements.services.mappers import (
    ACT,
    PARTY,
    SIGNATORY,
    Row,
    act_value,
    case_of,
    party_key,
    read_windows,
    row_id,
    row_of,
)
from engagements.agreements.services.party_lines import acts_of_merged, names_shown
from engagements.agreements.services.statuses import write_status
from engagements.agreements.vocabulary import ActKind
from sgoffice.changes.door import current_actor, set_parts
from sgoffice.changes.references import UnderstoodName, note_name
from sgoffice.directory.models import Country, Organization, Person
from sgoffice.directory.rules import sort_key
from sgoffice.directory.services.places import codes_called
from sgoffice.records.entries import require_exists, set_field
from sgoffice.records.errors import InvalidEntry, RuleViolation
from sgoffice.records.identifiers import uuid7


@dataclass
class AgreementParts:
    """The parts of one agreement while it is open for change."""

    agreement: Agreement
    parties: list[Row] = field(default_factory=list)
    signatories: list[Row] = field(default_factory=list)
    acts: list[Row] = field(default_factory=list)
    #: The JSON pointers, in the body that the caller sent, of acts that were added.
    pointers: dict[int, str] = field(default_factory=dict)

    @classmethod
    def of(cls, agreement: Agreement) -> "AgreementParts":
        return cls(
            agreement,
            [row_of(part, PARTY) for part in agreement.parties.order_by("position")],
            [row_of(part, SIGNATORY) for part in agreement.signatories.order_by("position")],
            [row_of(part, ACT) for part in agreement.acts.order_by("position")],
        )

    def set_parties(self, entries: Sequence[PartyEntry]) -> None:
        """Replace the parties and their signatories; an entry with the id or the key of a party keeps that party."""
        _require_parties_exist(entries)
        known = {party_key(row): row["id"] for row in self.parties if "id" in row}
        ids = set(known.values())
        signed = {(row["party"], row["name"]): row["id"] for row in self.signatories}
        places = {row["id"]: place for place, row in enumerate(self.signatories)}
        before, self.parties, self.signatories = self.parties, [], []
        then = names_shown(self.agreement, before)
        for place, entry in enumerate(entries):
            if entry.id is not None and entry.id not in ids:
                raise InvalidEntry([(f"/parties/{place}/id", "The agreement has no such party.")])
            values = {name: getattr(entry, name) for name in PARTY}
            kept = entry.id or known.get(str(entry.organization or entry.country))
            if kept in then and then[kept] == values["called"]:
                values["called"] = ""  # as readers are shown it without its being stored
            row = {**values, "id": kept} if kept else {**values, "new_id": uuid7()}
            self.parties.append(row)
            for signatory in entry.signatories:
                self.add_signatory(row_id(row), signatory, f"/parties/{place}/signatories")
        for row in self.signatories:
            if (row["party"], row["name"]) in signed:
                row["id"] = signed[row["party"], row["name"]]
        by_party = [row_id(row) for row in self.parties]
        order = _order(self.signatories, places, lambda row: by_party.index(row["party"]))
        self.signatories = [self.signatories[place] for place in order]
        left = [row for row in before if row["id"] not in by_party]
        self.acts = acts_of_merged(self.acts, left, self.parties)

    def add_signatory(self, party_id: UUID, entry: SignatoryEntry, pointer: str) -> None:
        name = entry.name
        if entry.person is not None:
            require_exists(Person, {f"{pointer}/person": entry.person}, by=current_actor())
            name = name or Person.objects.values_list("name", flat=True).get(pk=entry.person)
        if not name.strip():
            raise InvalidEntry([(f"{pointer}/name", "Give the name of the signatory.")])
        values = {key: getattr(entry, key) for key in ("person", "title", "capacity", "on_behalf_of")}
        if not any(row["party"] == party_id and row["name"] == name for row in self.signatories):
            self.signatories.append({**values, "party": party_id, "name": name})

    def set_acts(self, entries: Sequence[ActEntry]) -> None:
        """Replace the acts; an entry with an id keeps its act."""
        known = {row["id"]: place for place, row in enumerate(self.acts) if "id" in row}
        self.acts = []
        for place, entry in enumerate(entries):
            if entry.id is not None and entry.id not in known:
                raise InvalidEntry([(f"/acts/{place}/id", "The agreement has no such act.")])
            self.add_act(entry, f"/acts/{place}")
        order = _order(self.acts, known, _happened)
        self.pointers = {place: self.pointers[sent] for place, sent in enumerate(order)}
        self.acts = [self.acts[sent] for sent in order]

    def add_act(self, entry: ActEntry, pointer: str = "") -> None:
        _require_act_exists(entry, pointer)
        row = {name: getattr(entry, name) for name in ACT}
        read_windows(row, pointer)  # an invalid date is refused before acts are ordered by it
        row["party"] = self.party_id(entry.party, f"{pointer}/party")
        row["on_behalf_of"] = self.party_id(entry.on_behalf_of, f"{pointer}/on_behalf_of")
        if entry.by_body and not entry.on_behalf_of:
            row["on_behalf_of"] = self._party_of_body(entry.by_body)
        if entry.id is not None:
            row["id"] = entry.id
        self.pointers[len(self.acts)] = pointer
        self.acts.append(row)

    def party_id(self, key: str | None, pointer: str) -> UUID | None:
        """Return the id of the party with that key: its organization's id, its country's code, or its own id.

        Or the name of the one or the other, as far as one party alone is called so.
        """
        if not key:
            return None
        for row in self.parties:
            if key.lower() in (party_key(row).lower(), str(row_id(row))):
                return row_id(row)
        called = self._keys_called(key)
        named = [row for row in self.parties if party_key(row) in called]
        if len(named) == 1:
            note_name(UnderstoodName(pointer, key, named[0]["organization"], "is the party of this name"))
            return row_id(named[0])
        raise InvalidEntry(
            [(pointer, f"{key} is not a party: give the id or the name of its organization or country.")]
        )

    def _keys_called(self, name: str) -> set[str]:
        """Return the keys of the parties whose organization or country has this name; acronyms too."""
        ids = [row["organization"] for row in self.parties if row["organization"]]
        bodies = Organization.objects.filter(pk__in=ids).called(name).values_list("pk", flat=True)
        return {*map(str, bodies), *codes_called(name)}

    def _party_of_body(self, body_id: UUID) -> UUID | None:
        organization = Body.objects.values_list("organization", flat=True).get(pk=body_id)
        return next((row_id(row) for row in self.parties if row["organization"] == organization), None)

    def case(self) -> Case:
        return case_of(self.agreement, self.parties, self.acts)

    def save(self) -> None:
        """Check the parts, hand them to the record, and write the periods and deadlines that follow from them."""
        self.check()
        agreement = self.agreement
        agreement.party_keys = [party_key(row) for row in self.parties]
        set_parts(agreement, Party, self.parties)
        set_parts(agreement, Signatory, self.signatories)
        set_parts(agreement, Act, self.acts)
        case = self.case()
        require_term(case)
        self._derive(case)
        write_status(agreement, case)

    def check(self) -> None:
        """Refuse parties and acts that the rules do not accept as they are."""
        is_bilateral = self.agreement.is_bilateral
        parties = [
            PartyValue(str(row["organization"] or ""), row["country"] or "", row["side"]) for row in self.parties
        ]
        require_parties(parties, is_bilateral=is_bilateral)
        keys = {row_id(row): party_key(row) for row in self.parties}
        for place, row in enumerate(self.acts):
            pointer = self.pointers.get(place, f"/acts/{place}")
            if any(row[name] is not None and row[name] not in keys for name in ("party", "on_behalf_of")):
                raise RuleViolation(
                    "Acts of this party are recorded: remove them first, or together with the party.",
                    rule="party-has-acts",
                    pointer=f"{pointer}/party",
                )
            require_act(act_value(row, keys, pointer), is_bilateral=is_bilateral, pointer=pointer)
        self.signatories = [row for row in self.signatories if row["party"] in keys]

    def _derive(self, case: Case) -> None:
        """Set the columns that lists sort by."""
        agreement = self.agreement
        signatures = [(row, Window.of(row["date"])) for row in self.acts if row["kind"] == ActKind.SIGNATURE]
        known = [window for _, window in signatures if window is not None]
        last = latest_of(known) if known else None
        set_field(agreement, "signed", _text_of(last, signatures) if last else None)
        days = [fact.date.earliest for fact in case.acts if fact.date is not None]
        agreement.sort_day = last.earliest if last else min(days, default=date.min)
        agreement.sort = sort_key(agreement.title)


def _text_of(window: Window, signatures: list[tuple[Row, Window | None]]) -> str:
    """Return the date of the last signature as it was entered."""
    texts = [row["date"] for row, found in signatures if found == window]
    return texts[0] if texts else f"{window.earliest}/{window.latest}"


def _require_parties_exist(entries: Sequence[PartyEntry]) -> None:
    by, places = current_actor(), list(enumerate(entries))
    bodies = {f"/parties/{place}/organization": entry.organization for place, entry in places}
    countries = {f"/parties/{place}/country": entry.country for place, entry in places}
    require_exists(Organization, bodies, by=by)
    require_exists(Country, countries, by=by, field_name="code")


def _require_act_exists(entry: ActEntry, pointer: str) -> None:
    if entry.kind not in ActKind:
        raise InvalidEntry([(f"{pointer}/kind", f"{entry.kind!r} is not one of: {', '.join(ActKind)}.")])
    by = current_actor()
    require_exists(Body, {f"{pointer}/by_body": entry.by_body}, by=by)
    require_exists(Country, {f"{pointer}/place_country": entry.place_country}, by=by, field_name="code")


def _order(rows: Sequence[Row], stored: Mapping[UUID, int], shown_by: Callable[[Row], Any]) -> list[int]:
    """Return the order in which rows are stored: where readers would see no other one, that in which they are."""
    sent = list(range(len(rows)))
    places = [stored[row["id"]] if "id" in row else len(stored) for row in rows]
    kept = sorted(sent, key=places.__getitem__)

    def shown(order: list[int]) -> list[int]:
        return sorted(order, key=lambda place: shown_by(rows[place]))

    return kept if shown(kept) == shown(sent) else sent


def _happened(row: Row) -> tuple[date, date, int]:
    window = Window.of(row["date"])
    first, last = (window.earliest, window.latest) if window else (date.max, date.max)
    return first, last, rank_of(row["kind"])
