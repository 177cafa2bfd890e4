"""What a proof of imports does in processes of its own: bring a file, count what is there, let time pass, judge."""

import json
import os
import sys
from typing import Any

import django

ROWS, FIRST_YEAR = 300, 1700


def bring() -> dict[str, Any]:
    """Bring a file of many rows about three people, have it checked, and ask for it to be entered."""
    from sgoffice.changes.door import ANY_VERSION
    from sgoffice.imports import queue, services
    from tests.factories import directory
    from tests.factories.accounts import staff
    from tests.factories.engagements import NOW
    from tests.factories.imports import brought

    directory.country("AT", "Austria")
    by = staff("officer").as_actor()
    people = ("Anna Berg", "Omar Diallo", "Lucía Fernández")
    rows = "".join(
        f"1 mars {FIRST_YEAR + place};{people[place % 3]}, Director, Austria;Linz;Autriche;Visite\n"
        for place in range(ROWS)
    )
    imported = brought("Date;Avec qui;Ville;Pays;Type\n" + rows, by=by)
    faults = queue.work_once(lambda _: None)
    services.commit_import(imported.pk, services.CommitEntry(), by=by, expected=ANY_VERSION, at=NOW)
    return {"faults": faults}


def count() -> dict[str, Any]:
    from engagements.models import Engagement

    return {"entered": Engagement.objects.count()}


def wait() -> dict[str, Any]:
    """Let the time pass for which a dead worker holds its task."""
    from sgoffice.imports.models import ImportTask
    from tests.factories.engagements import NOW

    return {"held": ImportTask.objects.update(held_until=NOW)}


def judge() -> dict[str, Any]:
    """Say what is in the register: how much, whether anything is doubled, and whether it verifies."""
    from engagements.models import Engagement
    from sgoffice import documents, history
    from sgoffice.directory.models import Person
    from sgoffice.imports.models import Import, ImportRow

    imported = Import.objects.get()
    named = [source["document"] for met in Engagement.objects.all() for source in met.sources]
    return {
        "state": imported.state,
        "counts": imported.counts,
        "engagements": Engagement.objects.count(),
        "rows": len(set(named)),
        "records": len(set(ImportRow.objects.values_list("record", flat=True))),
        "people": Person.objects.count(),
        "differences": [str(one) for one in documents.differences()],
        "faults": [str(one) for one in history.faults()],
    }


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sgoffice.settings")
    django.setup()
    sys.stdout.write(json.dumps({"bring": bring, "count": count, "wait": wait, "judge": judge}[sys.argv[1]]()))
