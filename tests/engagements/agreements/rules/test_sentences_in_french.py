"""Sentences on agreements in French: whichever acts are recorded, whole or not at all."""

import re

from django.utils import translation
from hypothesis import given, settings

from engagements.agreements.rules import periods_of, with_names
from engagements.agreements.rules.deadlines import deadlines_of
from sgoffice.languages.sentences import translated
from tests.engagements.agreements.rules.test_status import cases

NAMES = {"ours": "INTERPOL", "theirs": "Austria", "ga": "Assembly", "council": "Council"}
_ENGLISH = re.compile(r"\b(is|was|until|which|after|agreement|not|in force)\b")


@given(cases)
@settings(max_examples=60, deadline=None)
def test_every_sentence_is_said_whole_or_not_at_all(case):
    periods = periods_of(case)
    sentences = {one.sentence for one in (*periods, *deadlines_of(case, periods)) if one.sentence}
    with translation.override("fr"):
        said = {one: translated(with_names(one, lambda _, key: NAMES[key]), "fr") for one in sentences}

    assert [one for one in said.values() if one and _ENGLISH.search(one)] == []
    # what a clause with alternatives or several conditions waits for is in no message
    assert [one for one, text in said.items() if text is None and not re.search(" or | and no ", one)] == []
