"""Fills a register with synthetic engagements through the services: `… seed COUNT`; prints a token and what it cost."""

import json
import os
import random
import sys
import time
from datetime import UTC, date, datetime, timedelta
from typing import Any

_PEOPLE, _BODIES, _IN_ONE = 400, 80, 500
_FIRST = date(2001, 1, 1)
_DAYS = 8_700
_WORDS = (
    "cooperation", "terrorism", "cybercrime", "border", "training", "databases", "fugitives", "drugs", "firearms",
    "children", "maritime", "financial", "capacity", "exchange", "liaison", "regional", "notices", "biometrics",
)  # fmt: skip


def main(count: int) -> dict[str, Any]:
    """Fill the register and return a token with the time that one engagement took."""
    from django.db import connection, transaction

    from engagements import services
    from sgoffice.accounts.services import StaffEntry, invite_staff, issue_token
    from sgoffice.records.actors import OFFICE

    chance = random.Random(7)
    with transaction.atomic():
        people, bodies = _directory()
    begun = time.perf_counter()
    for start in range(0, count, _IN_ONE):
        with transaction.atomic():
            for number in range(start, min(start + _IN_ONE, count)):
                entry = _engagement(services, chance, number, people, bodies)
                services.log_engagement(entry, by=OFFICE, at=datetime.now(tz=UTC))
    took = time.perf_counter() - begun
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
        cursor.execute("SHOW server_version")
        version = cursor.fetchone()[0]
    reader = invite_staff(StaffEntry(username="bench", role="viewer"), by=OFFICE)
    token = issue_token(reader, name="bench", at=datetime.now(tz=UTC))
    return {"token": token, "ms_each": took / count * 1000, "postgresql": version}


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
    participants = tuple(
        services.ParticipantEntry(
            person=person,
            attendance="attended",
            capacities=(services.CapacityEntry(title="Director General", organization=chance.choice(bodies)),),
        )
        for person in chance.sample(people, 4)
    )
    words = " ".join(chance.choices(_WORDS, k=6))
    return services.EngagementEntry(
        title=f"Meeting {number} on {words}",
        kind="bilateral_meeting",
        status="held",
        held=day.isoformat(),
        city="Lyon",
        country="FR",
        summary=f"They spoke of {words}. " * 3,
        participants=participants,
        allow_duplicate=True,
        marking="public",
    )


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sgoffice.settings")
    import django

    django.setup()
    sys.stdout.write(json.dumps(main(int(sys.argv[1]))) + "\n")
