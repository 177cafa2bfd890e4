"""Which constraints compare marked records with each other, and why none of them tells of a hidden one.

A new one fails here until it is decided: either it compares only what all staff may read, or its refusal is the same
for every such rule (`compares=True`), or it compares the parts of one record with each other.
"""

import re

import pytest
from django.apps import apps
from django.contrib.postgres.constraints import ExclusionConstraint
from django.db import models

from sgoffice.changes.parts import owner_field
from sgoffice.records.constraints import explanations
from sgoffice.records.models import MarkedRecord, Marking, Part
from sgoffice.records.triggers import Rule

#: Random and drawn again when it is taken: it never refuses (sgoffice/changes/retries.py).
_DRAWN_AGAIN = {"reference"}
#: What the rule triggers of marked records refuse after they read other records of the same kind, or links.
_TRIGGERED = {
    "appointment_follows_a_first_term",
    "appointment_terms_are_limited",
    "appointment_term_is_not_too_long",
    "agreement_never_leads_back",
}
_COMPARING = (models.UniqueConstraint, ExclusionConstraint)


def models_of(base):
    return [model for model in apps.get_models() if issubclass(model, base)]


def constraints_of(base):
    return [
        (model, item) for model in models_of(base) for item in model._meta.constraints if isinstance(item, _COMPARING)
    ]


def test_marked_records_are_compared_where_all_may_read_them_or_in_words_that_tell_nothing():
    known = explanations()
    told = [
        item.name
        for _, item in constraints_of(MarkedRecord)
        if not known[item.name].compares
        and f"NOT (AND: ('marking', {Marking.RESTRICTED!r}))" not in repr(item.condition)
    ]

    assert constraints_of(MarkedRecord)
    assert told == []


def test_columns_of_marked_records_are_unique_only_where_no_refusal_follows():
    unique = {
        field.name
        for model in models_of(MarkedRecord)
        for field in model._meta.fields
        if field.unique and not field.primary_key
    }

    assert unique == _DRAWN_AGAIN


def test_parts_are_compared_within_their_own_record():
    across = [
        item.name
        for model, item in constraints_of(Part)
        if isinstance(item, models.UniqueConstraint) and owner_field(model) not in item.fields
    ]

    assert across == []


@pytest.mark.parametrize("name", sorted(_TRIGGERED))
def test_triggers_that_read_other_records_refuse_in_words_that_tell_nothing(name):
    assert explanations()[name].compares


def test_no_other_trigger_reads_its_own_kind():
    """A trigger that reads the table that it guards compares its records."""
    found: set[str] = set()
    for model in models_of(MarkedRecord):
        for rule in [one for one in getattr(model._meta, "triggers", ()) if isinstance(one, Rule)]:
            if re.search(rf"FROM {rule.table or model._meta.db_table}\b", str(rule.func)):
                found |= {name for name in explanations() if f"'{name}'" in str(rule.func)}

    assert found == _TRIGGERED
