"""Makers of partners, releases, and clients that pull as a partner."""

import json
import time
from collections.abc import Collection
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any
from uuid import UUID

from django.test import Client
from django.utils import timezone

from sgoffice.changes.door import ANY_VERSION
from sgoffice.partners import services
from sgoffice.partners.models import Partner, Ping, PingEndpoint, Release
from sgoffice.records.actors import OFFICE, Actor
from tests.factories import approvals, directory

_numbers = count(1)
NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
ALL_KINDS = ("agreement", "appointment", "attachment", "decision", "engagement", "paper")


def partner(**values: Any) -> Partner:
    number = next(_numbers)
    given = {"name": f"Partner {number}", "slug": f"partner-{number}", "kinds": ALL_KINDS, **values}
    if not {"organization", "country"} & set(given):
        given["organization"] = directory.organization(f"Organization of partner {number}").pk
    return services.register_partner(services.PartnerEntry(**given), by=OFFICE)


def proposal(to: Partner, *records: UUID, by: Actor | None = None, **values: Any) -> Release:
    """A release that an officer proposed."""
    by = by or approvals.member("officer")
    return services.propose_release(services.ReleaseEntry(partner=to.pk, records=records, **values), by=by)


def release(to: Partner, *records: UUID, **values: Any) -> Release:
    """A release that two people agree on."""
    colleague = approvals.member("approver")
    made = proposal(to, *records, **values)
    approvals.approve(approvals.pending(made.pk), by=colleague)
    return Release.objects.get(pk=made.pk)


def withdraw(made: Release, *records: UUID) -> Release:
    entry = services.WithdrawalEntry(reason="The partner asked for it.", records=records)
    return services.withdraw_release(made.pk, entry, by=OFFICE, expected=ANY_VERSION)


#: An endpoint that nobody is behind.
ENDPOINT = "https://hooks.partner.example/told"


def endpoint(of: Partner, url: str = ENDPOINT, **values: Any) -> tuple[PingEndpoint, str]:
    """Register where a partner is told; return the secret too."""
    door = {"by": OFFICE, "at": timezone.now(), "expected": ANY_VERSION} | values
    return services.register_ping_endpoint(of.pk, url, **door)


def ping(to: PingEndpoint, status: int, **ago: float) -> None:
    """Have a ping sent that was sent first so long ago, and answered with a status now."""
    services.send_test_ping(to.partner_id, to.pk, by=OFFICE, at=timezone.now())
    [delivery] = services.claim_pings(at=timezone.now(), most=1)
    Ping.objects.filter(pk=delivery.ping).update(first_attempt_at=timezone.now() - timedelta(**ago))
    services.conclude_ping(delivery, services.Outcome(status), at=timezone.now(), chance=0.5)


class Puller(Client):
    """A client of the exchange with a token of its partner; `copy` is what a partner would keep."""

    def __init__(self, of: Partner, *, kinds: Collection[str] = (), **options: Any) -> None:
        super().__init__(raise_request_exception=False, **options)
        self.partner = of
        self.copy: dict[str, dict[str, Any]] = {}
        self.cursor = ""
        now = timezone.now()
        _, secret = services.issue_secret(of.pk, by=OFFICE, at=now)
        client = services.find_client(of.slug, secret, at=now)
        assert client is not None
        self.token = services.issue_access_token(client, at=now, kinds=kinds).token

    def see(self, path: str, **headers: str) -> Any:
        return self.get(f"/api/v1/partner/{path}", headers={"Authorization": f"Bearer {self.token}"} | headers)

    def snapshot(self) -> None:
        while (answer := self.see("snapshot")).status_code == 429:  # another client of the partner takes one
            time.sleep(0.05)
        *lines, last = [json.loads(line) for line in answer.getvalue().splitlines()]
        self.copy = {line["id"]: line for line in lines}
        self.cursor = last["cursor"]

    def pull(self, limit: int = 1000) -> list[dict[str, Any]]:
        """Pull everything that changed since the cursor; return the lines."""
        found, has_more = [], True
        while has_more:
            query = f"limit={limit}" + (f"&cursor={self.cursor}" if self.cursor else "")
            answer = self.see(f"changes?{query}").json()
            for line in answer["changes"]:
                self.keep(line)
            found += answer["changes"]
            self.cursor, has_more = answer["cursor"], answer["has_more"]
        return found

    def keep(self, line: dict[str, Any]) -> None:
        if line["op"] == "upsert":
            self.copy[line["id"]] = line
        else:
            self.copy.pop(line["id"], None)

    def is_in_step(self) -> bool:
        """Compare the copy with the register's digest."""
        told = {kind["kind"]: (kind["count"], kind["hash"]) for kind in self.see("digest").json()["kinds"]}
        own: dict[str, list[int]] = {}
        for line in self.copy.values():
            own.setdefault(line["kind"], []).append(int(line["digest"], 16))
        return told == {kind: (len(found), f"{sum(found) % 2**64:016x}") for kind, found in own.items()}
