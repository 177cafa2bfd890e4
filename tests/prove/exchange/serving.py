"""A served register that is killed while it is used: PostgreSQL, its backends, web workers, all of it at once."""

import json
import subprocess
import time
from contextlib import ExitStack, suppress
from typing import Any, Self

import psycopg

from sgoffice.database import roles
from sgoffice.database.processes import is_alive, listens_in
from tests.bench.register import free_port
from tests.prove.crashing import CrashingRegister, kill
from tests.prove.test_crash_over_http import children_of, started
from tests.states import fill_migrated

WAYS = ("all", "worker", "postmaster", "everything", "backend", "server")


class ServedRegister(CrashingRegister):
    """A register that `start` serves, with staff, organizations and partners in it."""

    def __init__(self, *, seed: int) -> None:
        super().__init__(seed=seed)
        self.environment["SGOFFICE_REQUESTS_A_MINUTE"] = "1000000"
        self.port = free_port()
        self.server: subprocess.Popen[bytes] | None = None
        self.stack = ExitStack()
        self.starts = 0

    def __enter__(self) -> Self:
        """Make the register, and leave it stopped."""
        fill_migrated(self.state)
        return self

    def __exit__(self, *details: object) -> None:
        if self.server is not None:
            self.end_server()
        super().__exit__(*details)

    def fill(self) -> dict[str, Any]:
        """Enter what the writers and pollers need; return ids, tokens and secrets."""
        return json.loads(self.run("-c", _WORLD))

    def serve(self) -> None:
        """Start serving unless it goes on by itself."""
        if self.server is None or self.server.poll() is not None:
            self.end_server()
            self.server = self.stack.enter_context(started(self, self.port))
            self.starts += 1

    def end_server(self) -> None:
        """Kill whatever serves."""
        numbers = [] if self.server is None else [*children_of(self.server.pid), self.server.pid]
        kill(*numbers)
        self.stack.close()
        while any(is_alive(number) for number in numbers):
            time.sleep(0.02)

    def strike(self, what: str) -> None:
        """Kill -9 in one of WAYS, and start again what does not come back by itself."""
        assert self.server is not None
        if what in {"server", "everything"}:
            if what == "everything":
                super().crash("all")
            self.end_server()
        elif what == "worker":
            _, *workers = children_of(self.server.pid)
            kill(self.chance.choice(workers))
        else:
            super().crash(what)
        self.serve()

    def sign_everybody_out(self) -> None:
        """Let the tokens of all partners expire."""
        with suppress(psycopg.OperationalError), self.connect() as connection:
            connection.execute("UPDATE partners_partnertoken SET expires_at = now()")

    def connect(self) -> psycopg.Connection[Any]:
        """Connect as the application does; raises OperationalError while PostgreSQL is down."""
        place = listens_in(self.state / "postgresql" / "data")
        password = roles.password_of(self.state / "postgresql", roles.APPLICATION)
        return psycopg.connect(
            host=str(place), user=roles.APPLICATION, password=password, dbname=roles.DATABASE, autocommit=True
        )


_WORLD = """
import json, os
os.environ["DJANGO_SETTINGS_MODULE"] = "sgoffice.settings"
import django
django.setup()
from django.utils import timezone
from sgoffice.accounts.services import StaffEntry, invite_staff, issue_token
from sgoffice.approvals.models import Approval
from sgoffice.approvals.services import ApprovalEntry, approve
from sgoffice.directory.services import OrganizationEntry, register_organization
from sgoffice.partners import services
from sgoffice.records.actors import OFFICE
from sgoffice.changes.door import ANY_VERSION
now = timezone.now()
made, people = {}, {}
for name, role in (("administrator", "administrator"), ("approver", "approver"), ("chief", "approver")):
    people[name] = user = invite_staff(StaffEntry(username=name, role=role), by=OFFICE)
    made[name] = issue_token(user, name="proof", at=now)
for name in ("ours", "theirs", "named"):
    entry = OrganizationEntry(name=f"Organization {name}", allow_duplicate=True)
    made[name] = register_organization(entry, by=OFFICE).pk
made["partners"] = []
for slug in ("public-only", "first", "second", "named"):
    body = made["named"] if slug == "named" else made["theirs"]
    entry = services.PartnerEntry(name=slug, slug=slug, organization=body, kinds=("agreement",))
    partner = services.register_partner(entry, by=OFFICE)
    _, secret = services.issue_secret(partner.pk, by=OFFICE, at=now)
    made["partners"].append({"id": partner.pk, "slug": slug, "secret": secret})
entry = services.ReleaseEntry(partner=partner.pk, condition="partner_is_named", kind="agreement")
proposal = services.propose_release(entry, by=people["administrator"].as_actor())
waiting = Approval.objects.pending().get(subject=proposal.pk)
approve(waiting.pk, ApprovalEntry(), by=people["approver"].as_actor(), expected=ANY_VERSION)
print(json.dumps(made, default=str))
"""
