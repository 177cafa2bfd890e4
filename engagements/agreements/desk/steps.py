"""Which steps the sheet of an agreement offers in its status, and what each asks."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from appointments.models import Body, Decision
from engagements.agreements import services
from engagements.agreements.vocabulary import RATIFYING, Status
from sgoffice.changes.steps import Step
from sgoffice.desk.steps import CHOICE, DATE, LINE, Asked, Offered, offered
from sgoffice.records.actors import Actor
from sgoffice.records.errors import InvalidEntry

_STEPS: dict[str, Step] = {step.name: step for step in services.STEPS}
#: Parties of a convention are many: the form asks for one of them.
_MOST_LINES = 4
_WHEN = Asked("date", "On", DATE, "15 December 2026, yesterday")
_PLACE = Asked("place_city", "Where", LINE, "The city, if known")
_BODY = "body:"


@dataclass(frozen=True)
class Side:
    """A party as a form offers it."""

    key: str
    name: str
    organization: str = ""


def sides_of(document: dict[str, Any]) -> list[Side]:
    """Return the parties of an agreement's document."""
    found = []
    for one in document["parties"]:
        body, country = one["organization"], one["country"]
        if body:
            found.append(Side(str(body["id"]), body["name"], str(body["id"])))
        else:
            found.append(Side(country["code"], country["name"]))
    return found


def next_steps(status: str, sides: Sequence[Side], bodies: Iterable[Body]) -> list[Offered]:
    """Return the steps that fit a status."""
    asked = asked_by(sides, bodies)
    return [offered(_STEPS[name], asked[name]) for name in services.LIKELY_STEPS.get(Status(status), ())]


def steps_of(sides: Sequence[Side], bodies: Iterable[Body]) -> dict[str, tuple[Step, Sequence[Asked]]]:
    """Return every step of the sheet with what it asks."""
    return {name: (_STEPS[name], asked) for name, asked in asked_by(sides, bodies).items()}


def asked_by(sides: Sequence[Side], bodies: Iterable[Body]) -> dict[str, Sequence[Asked]]:
    party = Asked("party", "By", CHOICE, choices=[("", "all parties"), *((one.key, one.name) for one in sides)])
    one_party = Asked("party", "By", CHOICE, choices=[(one.key, one.name) for one in sides])
    effect = Asked("date_of_effect", "With effect from", DATE, "Only where it is another day")
    until = Asked("until", "Until", DATE, "Only where it is known")
    text = Asked("text", "Remark", LINE)
    source = Asked("source", "According to", LINE, "Who says so, and where")
    statuses = [(one.value, one.label) for one in Status if one != Status.NOT_KNOWN]
    return {
        "initial": (party, _WHEN, _PLACE),
        "sign": _signing(sides),
        "approve": (_approvers(sides, bodies), _WHEN, Asked("decision", "Decision", LINE, "Its symbol, if it has one")),
        "ratify": (one_party, Asked("kind", "How", CHOICE, choices=[(one, one.label) for one in RATIFYING]), _WHEN),
        "notify": (one_party, _WHEN, text),
        "bring-into-force": (_WHEN, text),
        "renew": (_WHEN, effect, until),
        "suspend": (party, _WHEN, until, text),
        "resume": (party, _WHEN, text),
        "give-notice": (one_party, _WHEN, effect, text),
        "attest": (Asked("attests", "It is", CHOICE, choices=statuses, value=Status.IN_FORCE), _WHEN, source),
    }


def _signing(sides: Sequence[Side]) -> Sequence[Asked]:
    """Ask for each of few parties when and by whom it was signed: so several sign in one form."""
    if len(sides) > _MOST_LINES:
        choices = [(one.key, one.name) for one in sides]
        return (Asked("party", "By", CHOICE, choices=choices), _WHEN, Asked("by", "Signed by", LINE, _BY), _PLACE)
    asked = []
    for place, one in enumerate(sides):
        asked.append(Asked(f"on-{place}", f"Signed for {one.name} on", DATE, "Empty: not yet"))
        asked.append(Asked(f"by-{place}", f"Signed for {one.name} by", LINE, _BY))
    return (*asked, _PLACE)


_BY = "Name, title"


def _approvers(sides: Sequence[Side], bodies: Iterable[Body]) -> Asked:
    """Offer the parties themselves and the bodies that act for them."""
    own = {one.organization for one in sides if one.organization}
    acting = [(f"{_BODY}{one.pk}", f"{one.name}") for one in bodies if str(one.organization_id) in own]
    return Asked(
        "party", "Approved by", CHOICE, choices=[("", "Choose"), *acting, *((one.key, one.name) for one in sides)]
    )


def signatures_in(values: dict[str, Any], sides: Sequence[Side]) -> list[services.SignatureEntry]:
    """Return the signatures that a form states, one for each party; raises InvalidEntry when it states none."""
    place = values.get("place_city", "")
    if "party" in values or len(sides) > _MOST_LINES:
        lines = [(str(values.get("party", "")), values.get("date"), values.get("by", ""))]
    else:
        lines = [(one.key, values.get(f"on-{at}"), values.get(f"by-{at}", "")) for at, one in enumerate(sides)]
        dates = {on for _, on, _ in lines if on}
        if len(dates) == 1:  # who is named without a day signed on the day of the other
            [day] = dates
            lines = [(key, on or (day if by else None), by) for key, on, by in lines]
    found = [
        services.SignatureEntry(party=key, date=on, place_city=place, signatories=_signatories(by))
        for key, on, by in lines
        if on
    ]
    if not found:
        raise InvalidEntry([("/date", "Say when it was signed, and for whom.")])
    return found


def _signatories(text: str) -> tuple[services.SignatoryEntry, ...]:
    name, _, title = text.partition(",")
    return (services.SignatoryEntry(name=name.strip(), title=title.strip()),) if name.strip() else ()


def approval_in(values: dict[str, Any], bodies: Iterable[Body], *, by: Actor) -> dict[str, Any]:
    """Return the values of an approval: the body that gives it with its party, and the decision that is meant."""
    given = dict(values)
    if str(given.get("party", "")).startswith(_BODY):
        key = given.pop("party").removeprefix(_BODY)
        body = next((one for one in bodies if str(one.pk) == key), None)
        if body is None:
            raise InvalidEntry([("/by_body", "Choose one of the list.")])
        given |= {"by_body": body.pk, "on_behalf_of": str(body.organization_id)}
    if symbol := given.pop("decision", ""):
        rows: Any = Decision.objects.visible_to(by).live().filter(symbol__iexact=symbol)
        found = list(rows[:2])
        if len(found) != 1:
            raise InvalidEntry([("/decision", f"The register has no single decision with the symbol {symbol}.")])
        given["decision"] = found[0].pk
    return given
