"""Countries by their names: those of the table of all States, and those that this register alone knows."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from sgoffice.directory.models import Country, Office
from sgoffice.directory.services.name_matches import Candidate
from sgoffice.directory.vocabulary import OfficeKind
from sgoffice.places.names import Meaning, meaning_of
from sgoffice.places.states import (
    bodies_in,
    name_within,
    state_called,
    state_itself,
    states_by_adjective,
    states_mentioned,
)
from sgoffice.places.suggestions import named, nearly, suggest
from sgoffice.records.errors import RelatedRecord, RuleViolation
from sgoffice.search import NameTable, register_name_table

_NEAR = 0.8  # of likeness: from here on a name may be that of the State, misspelt


@dataclass(frozen=True)
class StateReading:
    """What the name of a body says of States.

    `code` is the State that it surely is. `doubts` are the countries to ask about: the name is that of a State and the
    country beside it another one, or it is nearly the name of a State, or names a State among other bodies.
    """

    name: str
    country: str | None
    meaning: Meaning
    code: str = ""

    @property
    def doubts(self) -> tuple[Candidate, ...]:
        """The countries to ask about: looked for only when asked, since near spellings take ten milliseconds."""
        if self.code:
            return ()
        if not self.meaning:
            return tuple(_doubts(self.name, self.country))
        reason = "has this name; the country beside it is another one" if self.country else "has this name"
        beside = _countries([self.country], "is the country beside the name") if self.country else ()
        return (*_countries(self.meaning.all, reason), *beside)


def codes_called(text: str) -> list[str]:
    """Return the codes of the countries of the register with exactly this code, or this name among theirs."""
    rows = Country.objects.live()
    return list((rows.filter(code=text.upper()) | rows.called(text)).order_by("code").values_list("code", flat=True))


def home_countries() -> frozenset[str]:
    """Return the codes of the countries in which our headquarters are or were."""
    offices = Office.objects.live().filter(kind=OfficeKind.HEADQUARTERS)
    return frozenset(offices.values_list("country__code", flat=True))


def read_state(name: str, country: str | None) -> StateReading:
    """Return whether the name of a body, with or without a country beside it, is a State, or may be taken for one."""
    meaning = _meaning(name, country)
    return StateReading(name, country, meaning, _state_of(meaning, country))


def require_no_state(name: str, country: str | None) -> None:
    """Raise RuleViolation for an organization that would be a State, or the government of another country than its own.

    A State is a country of the register under every name that it has; as an organization it would be there twice.
    """
    itself, governed = state_itself(name), state_called(name)
    contradicts = bool(country and governed and country not in governed.all)
    if itself.own or contradicts:
        shown = [
            RelatedRecord(id=one.id, kind=one.kind, label=one.name, reason=one.reason)
            for one in _countries(governed.all, "has this name")
        ]
        advice = "Correct the name or the country." if contradicts else "Name it as the country."
        raise RuleViolation(
            f"{name} is a State, not an organization. {advice}",
            rule="state-is-a-country",
            pointer="/name",
            records=shown,
        )


def _records_of(codes: Sequence[str]) -> list[UUID]:
    rows = dict(Country.objects.live().filter(code__in=codes).values_list("code", "pk")) if codes else {}
    return [rows[code] for code in codes if code in rows]


register_name_table(
    Country.record_kind,
    NameTable(named=lambda text: _records_of(named(text)), near=lambda text: _records_of(nearly(text))),
)


def _meaning(name: str, country: str | None) -> Meaning:
    meaning = state_called(name)
    if not meaning and country and Country.objects.filter(code=country).called(name).exists():
        return Meaning(own=(country,))
    return meaning


def _state_of(meaning: Meaning, country: str | None) -> str:
    """Return the State that is meant: the only one of that name, or of several the one beside it; nothing in doubt."""
    if not country:
        return meaning.sure
    if meaning.own:
        return country if meaning.own == (country,) else ""
    return country if country in meaning.shared else ""


def _doubts(name: str, country: str | None) -> Iterable[Candidate]:
    """Yield the countries to ask about before a body of this name is entered or taken."""
    bodies = bodies_in(name)
    if len(bodies) > 1:
        found = {code for body in bodies for code in state_called(body).all}
        yield from _countries(found, "is one of several in this name: give each a capacity of its own")
        return
    if country:
        mentioned = set(states_mentioned(name))
        if mentioned and country not in mentioned:
            yield from _countries(mentioned, "is named at the end; the country beside the name is another one")
            return
        said = states_by_adjective(name)
        if said and country not in said:
            yield from _countries(said, "is said by an adjective; the country beside the name is another one")
            return
    near = [code for code in _nearly(name_within(name)) if country in (None, code)]
    yield from _countries(near, "is called much the same")


def _nearly(name: str) -> Iterable[str]:
    """Yield the codes of the States for which a name was met, or of which it is a near spelling."""
    yield from (met := meaning_of(name).loose)
    if not met:
        yield from (one.code for one in suggest(name, most=3) if one.is_near and one.score >= _NEAR)


def _countries(codes: Iterable[str], reason: str) -> tuple[Candidate, ...]:
    wanted = list(dict.fromkeys(codes))
    rows = {row.code: row for row in Country.objects.live().filter(code__in=wanted)}
    return tuple(
        Candidate(rows[code].pk, "country", f"{rows[code].name} ({code})", reason, 1.0)
        for code in wanted
        if code in rows
    )
