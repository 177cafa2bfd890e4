"""What the shipped register says of its agreements and posts, in French: every sentence whole, no English left."""

import re

from django.utils import translation

from sgoffice.languages.sentences import said
from tests.engagements.reports.sentences import FILE

_ENGLISH = re.compile(r"\b(is|was|by|in|or|until|which|after|agreement|not|signed|approved|recorded|known|the|holds)\b")


def sentences():
    text = FILE.read_text(encoding="utf-8")
    statuses, posts = text.split("# Deadlines")[0], text.split("# Briefs")[0].split("# President")[1]
    yield from {line.rsplit(" | ", 1)[1] for line in statuses.splitlines() if " | " in line}
    yield from {line.split(": ", 1)[1].rsplit(" (", 1)[0] for line in posts.splitlines() if line.startswith("On ")}


def test_no_sentence_on_a_status_or_a_holder_has_english_left():
    found = list(sentences())
    with translation.override("fr"):
        left = {one: text for one in found if _ENGLISH.search(text := said(one))}

    assert len(found) > 100
    assert left == {}
