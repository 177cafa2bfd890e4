"""What a register is after its crashes: `python -m tests.prove.checker FILE...` prints a verdict as JSON.

The files are those in which writers noted what was acknowledged to them.
"""

import json
import os
import sys
from pathlib import Path
from typing import Any

import django
from django.db import connection

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sgoffice.settings")
django.setup()

from sgoffice import documents, history  # noqa: E402 - as below
from sgoffice.documents import publications  # noqa: E402 - as below
from sgoffice.feed.models import Pending, PendingCommit, StreamRow  # noqa: E402 - models need the settings
from sgoffice.records.models import Entry  # noqa: E402 - as above

SETTINGS = ("fsync", "synchronous_commit", "full_page_writes")


def verdict(files: list[str]) -> dict[str, Any]:
    """Compare what was acknowledged with what is there, and what is there with its history and documents."""
    notes = [json.loads(line) for place in files for line in Path(place).read_text(encoding="utf-8").splitlines()]
    acknowledged = [note for note in notes if "id" in note]
    versions = {str(pk): version for pk, version in Entry.objects.values_list("pk", "version")}
    lost = [note for note in acknowledged if versions.get(note["id"], 0) < note["version"]]
    return {
        "acknowledged": len(acknowledged),
        "failed": len(notes) - len(acknowledged),
        "lost": lost,
        "unsaid": _unsaid(acknowledged, versions),
        "faults": [f"{fault.place}: {fault.detail}" for fault in history.faults()],
        "differences": [
            f"{kind} {record_id}" for find in (documents, publications) for kind, record_id in find.differences()
        ],
        "feed": _feed(),
        "transactions": history.head()[0],
        "holes": _holes(),
        "settings": _settings(),
    }


def _unsaid(acknowledged: list[dict[str, Any]], versions: dict[str, int]) -> list[str]:
    """Return the records whose document does not say what the newest acknowledged version said."""
    newest = {note["id"]: note for note in acknowledged if note["name"]}
    found = []
    for record_id, note in newest.items():
        if versions.get(record_id) != note["version"]:
            continue  # a later write was kept that nobody was told of
        entry = Entry.objects.get(pk=record_id)
        kept = documents.fetch_document(documents.model_of(entry.kind), entry.pk)
        if kept is None or json.loads(kept.body)["name"] != note["name"]:
            found.append(record_id)
    return found


def _feed() -> dict[str, int]:
    """Count positions that two records share, and what a COMMIT should have told and taken away."""
    places = StreamRow.objects.values_list("stream", "position")
    double = places.count() - places.distinct().count()
    return {"double": double, "pending": Pending.objects.count() + PendingCommit.objects.count()}


def _holes() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT coalesce(max(position), 0) - count(*) FROM history_link")
        return int(cursor.fetchone()[0])


def _settings() -> dict[str, str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT name, setting FROM pg_settings WHERE name = ANY(%s)", [list(SETTINGS)])
        return dict(cursor.fetchall())


if __name__ == "__main__":
    sys.stdout.write(json.dumps(verdict(sys.argv[1:])) + "\n")
