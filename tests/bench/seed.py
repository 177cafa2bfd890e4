"""Fills a register with synthetic engagements: `… seed COUNT`; prints who reads it and what there is to ask for.

A few hundred are entered through the services, as staff would. The rest are copies of their rows and of the documents
that the renderer made of them, with other texts, days and ids: through the services a million would take half a day.
Some documents are rendered afresh afterwards, and must be the same bytes.
"""

import json
import os
import random
import sys
from datetime import UTC, date, datetime, timedelta
from typing import Any

#: One in twenty engagements is with the first body, so that there are 5,000 with it among 100,000.
TEMPLATES, FREQUENT = 200, 20
_PEOPLE, _BODIES, _COMPARED = 120, 40, 200
_FIRST, _DAYS = date(2001, 1, 1), 8_700
_SYLLABLES = ("an", "bor", "ce", "di", "el", "fra", "gen", "hu", "is", "ko", "li", "mar", "no", "po", "ra", "ter")
_WORDS = (
    "cooperation", "terrorism", "cybercrime", "border", "training", "databases", "fugitives", "drugs", "firearms",
    "children", "maritime", "financial", "capacity", "exchange", "liaison", "regional", "notices", "biometrics",
)  # fmt: skip


def main(count: int) -> dict[str, Any]:
    """Fill the register and return the tokens of a viewer and an officer, and what there is to ask for."""
    from django.db import connection, transaction

    from engagements import services
    from engagements.models import Engagement
    from sgoffice.records.actors import OFFICE
    from tests.sgoffice.api import many_engagements

    chance = random.Random(7)
    with transaction.atomic():
        people, bodies = _directory()
    with transaction.atomic():
        for number in range(min(TEMPLATES, count)):
            entry = _engagement(services, chance, number, people, bodies)
            services.log_engagement(entry, by=OFFICE, at=datetime.now(tz=UTC))
    words = many_engagements.write(max(0, count - TEMPLATES), seed=11)
    many_engagements.require_honest(_COMPARED)
    with connection.cursor() as cursor:
        cursor.execute("SHOW server_version")
        version = cursor.fetchone()[0]
    newest = Engagement.objects.order_by("-sort_day", "sort_rank", "-sort_at", "-pk").values_list("pk", flat=True)
    return {
        "viewer": _token("viewer"),
        "officer": _token("officer"),
        "postgresql": version,
        "engagements": [str(one) for one in newest[: min(count, 20_000)][:: max(1, min(count, 20_000) // 500)]],
        "people": [str(one) for one in people],
        "bodies": [str(one) for one in bodies],
        "questions": _questions(words),
    }


def _token(role: str) -> str:
    from sgoffice.accounts.services import StaffEntry, invite_staff, issue_token
    from sgoffice.records.actors import OFFICE

    member = invite_staff(StaffEntry(username=f"bench-{role}", role=role), by=OFFICE)
    return issue_token(member, name="bench", at=datetime.now(tz=UTC), lifetime=timedelta(days=366))


def _directory() -> tuple[list[Any], list[Any]]:
    from sgoffice.directory import services
    from sgoffice.records.actors import OFFICE

    services.register_country(services.CountryEntry(code="FR", name="France"), by=OFFICE)
    people = [
        services.register_person(
            services.PersonEntry(name=f"Given{number} Family{number}", allow_duplicate=True), by=OFFICE
        ).pk
        for number in range(_PEOPLE)
    ]
    bodies = [
        services.register_organization(
            services.OrganizationEntry(name=f"Police service {number}", allow_duplicate=True), by=OFFICE
        ).pk
        for number in range(_BODIES)
    ]
    return people, bodies


def _engagement(services: Any, chance: random.Random, number: int, people: list[Any], bodies: list[Any]) -> Any:
    day = _FIRST + timedelta(days=chance.randrange(_DAYS))
    first = bodies[0] if number % FREQUENT == 0 else chance.choice(bodies[1:])
    participants = tuple(
        services.ParticipantEntry(
            person=person,
            attendance="attended",
            capacities=(services.CapacityEntry(title="Director General", organization=body),),
        )
        for person, body in zip(chance.sample(people, 4), [first, *chance.sample(bodies[1:], 3)], strict=True)
    )
    rare = ["".join(chance.choices(_SYLLABLES, k=3)) for _ in range(12)]
    return services.EngagementEntry(
        title=f"Meeting {number} on {' '.join(chance.choices(_WORDS, k=6))}",
        kind="bilateral_meeting",
        status="held",
        held=day.isoformat(),
        city="Lyon",
        country="FR",
        summary=f"They spoke of {' '.join([*chance.choices(_WORDS, k=20), *rare])}.",
        participants=participants,
        allow_duplicate=True,
        marking="public",
    )


def _questions(words: Any) -> list[str]:
    """Return 200 questions: frequent words, rare names, two words, and beginnings of words."""
    chance = random.Random(3)
    frequent, others = words.common[:30], words.common[30:]
    return [
        *chance.choices(frequent, k=50),
        *chance.choices(words.names, k=50),
        *(f"{chance.choice(frequent)} {chance.choice(others)}" for _ in range(50)),
        *(f"{chance.choice(others)[:2]} {chance.choice(others)}" for _ in range(50)),
    ]


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sgoffice.settings")
    import django

    django.setup()
    sys.stdout.write(json.dumps(main(int(sys.argv[1]))) + "\n")
