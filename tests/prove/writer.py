"""A process that writes through the door until it is killed: `python -m tests.prove.writer NUMBER FILE`.

A line goes to FILE, past every buffer of ours, for each write that COMMIT acknowledged: id, version and what it says.
"""

import json
import os
import sys
import time

import django
from django.db import Error, connections

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sgoffice.settings")
django.setup()

from sgoffice.database.errors import ServerError  # noqa: E402 - models need the settings
from sgoffice.directory import services  # noqa: E402 - as above
from sgoffice.directory.models import Organization, Person  # noqa: E402 - as above
from sgoffice.records.actors import OFFICE  # noqa: E402 - as above
from sgoffice.records.entries import Correction  # noqa: E402 - as above
from sgoffice.records.models import Record  # noqa: E402 - as above


class Writer:
    """Registers, corrects, renames and embeds; all writers meet at one organization."""

    def __init__(self, number: int, file: int) -> None:
        self.name = f"writer {number}"
        self.file = file
        self.turn = 0
        self.own: Record | None = None

    def work(self) -> None:
        """Write once; what it does depends on the turn."""
        self.turn += 1
        match self.turn % 4:
            case 0:
                self.acknowledge(self.meet())
            case 1:
                entry = services.PersonEntry(name=f"{self.name} met {self.turn}", allow_duplicate=True)
                self.own = services.register_person(entry, by=OFFICE)
                self.acknowledge(self.own)
            case _ if self.own is not None:
                renamed = {"name": f"{self.name} renamed {self.turn}", "allow_duplicate": True}
                correction = Correction(services.PersonEntry, renamed)
                changed = services.correct_person(self.own.pk, correction, by=OFFICE, expected=self.own.version)
                self.own = changed
                self.acknowledge(changed)

    def meet(self) -> Record:
        """Make a record that shows two names."""
        body = Organization.objects.earliest("pk")
        person = self.own or Person.objects.latest("pk")
        entry = services.MembershipEntry(person=person.pk, organization=body.pk, role=f"{self.name} {self.turn}")
        return services.record_membership(entry, by=OFFICE)

    def acknowledge(self, record: Record) -> None:
        """Tell the world, after COMMIT."""
        line = {"id": str(record.pk), "version": record.version, "name": getattr(record, "name", "")}
        os.write(self.file, (json.dumps(line) + "\n").encode())


def main(number: str, place: str) -> None:
    """Write for ever; a server that is gone is asked again until it is back."""
    file = os.open(place, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    writer = Writer(int(number), file)
    while True:
        try:
            writer.work()
        except (Error, ServerError) as error:
            os.write(file, (json.dumps({"failed": str(error)[:200]}) + "\n").encode())
            connections.close_all()
            writer.own = None  # whether its change was kept is not known
            time.sleep(0.05)


if __name__ == "__main__":
    main(*sys.argv[1:])
