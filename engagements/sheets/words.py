"""What people write above columns of meetings and in their cells, in English, French, Spanish and Arabic."""

import json
from pathlib import Path
from typing import Any

from django.db.models import TextChoices

from engagements.vocabulary import ActionItemStatus, EngagementKind, EngagementStatus, Level, MeetingFormat, Owing
from sgoffice.records.models import Marking
from sgoffice.search.folding import fold

_FILE = Path(__file__).parent / "data" / "words.json"
_TABLE: dict[str, Any] = json.loads(_FILE.read_bytes())
_CHOICES: dict[str, type[TextChoices]] = {
    "kind": EngagementKind, "status": EngagementStatus, "meeting_format": MeetingFormat, "level": Level,
    "marking": Marking, "owed_by": Owing, "item_status": ActionItemStatus,
}  # fmt: skip
#: Publishing needs two people, afterwards: an import enters nothing public. What becomes of an action item but
#: its end has a reason or a meeting of its own, which no row says.
_NOT_IMPORTED = {
    Marking.PUBLIC, ActionItemStatus.IN_PROGRESS, ActionItemStatus.DROPPED, ActionItemStatus.CARRIED_FORWARD,
}  # fmt: skip

#: What stands above the column of each field.
HEADINGS: dict[str, tuple[str, ...]] = {name: tuple(texts) for name, texts in _TABLE["headings"].items()}
#: The same above those of action items.
PROMISE_HEADINGS = {name: tuple(texts) for name, texts in _TABLE["promise_headings"].items()}
#: The label of each stored word, by field.
LABELS = {
    name: {str(value): str(label) for value, label in words.choices if value not in _NOT_IMPORTED}
    for name, words in _CHOICES.items()
}
#: The stored word of each folded word that people write, by field.
WORDS = {
    name: {fold(label): stored for stored, label in labels.items()}
    | {fold(text): stored for stored, texts in _TABLE["words"].get(name, {}).items() for text in texts}
    for name, labels in LABELS.items()
}
