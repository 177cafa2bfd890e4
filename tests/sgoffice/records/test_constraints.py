"""Whatever the database refuses on a table of the register is explained to whoever asked for it."""

import pytest
from django.apps import apps

from appointments.models import Appointment
from sgoffice.records import constraints
from sgoffice.records.checks import refusals_of, rules_are_explained
from sgoffice.records.constraints import explanations
from sgoffice.records.models import RegisterRow
from tests.sgoffice.records.asking import ask

pytestmark = pytest.mark.django_db


def test_every_constraint_of_a_table_of_the_register_is_explained():
    tables = [model._meta.db_table for model in apps.get_models() if issubclass(model, RegisterRow)]

    named = ask(
        "SELECT conname FROM pg_constraint WHERE conrelid::regclass::text = ANY(%s) AND contype IN ('c', 'u', 'x')"
        " UNION SELECT i.indexrelid::regclass::text FROM pg_index i"
        " WHERE i.indrelid::regclass::text = ANY(%s) AND i.indisunique AND NOT i.indisprimary",
        tables,
        tables,
    )

    unexplained = {name for (name,) in named} - explanations().keys()
    # a reference that is taken is no refusal: another one is drawn
    assert sorted(name for name in unexplained if not name.endswith("_reference_key")) == []


def test_check_names_a_constraint_that_nobody_explains(monkeypatch):
    known = {name: value for name, value in explanations().items() if name != "link_is_made_once"}
    monkeypatch.setattr(constraints, "_explanations", known)

    assert [error.msg for error in rules_are_explained(None)] == ["Nobody explains link_is_made_once."]


def test_check_reads_what_a_trigger_raises_by_a_variable():
    assert "appointment_terms_are_limited" in set(refusals_of(Appointment))
