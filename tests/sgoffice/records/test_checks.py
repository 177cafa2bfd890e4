"""A table of the register without history is an error before anything runs."""

from django.apps import apps
from django.db import models
from django.test.utils import isolate_apps

from sgoffice.records.checks import every_row_has_its_history, without_history
from sgoffice.records.models import RegisterRow
from sgoffice.records.triggers import Scribe


@isolate_apps("django.contrib.contenttypes")
def test_a_table_without_its_trigger_is_an_error_that_says_what_to_write():
    class Forgotten(RegisterRow):
        class Meta:
            app_label = "contenttypes"

    class Kept(RegisterRow):
        class Meta:
            app_label = "contenttypes"
            triggers = (Scribe(of="id"),)

    class Other(models.Model):
        class Meta:
            app_label = "contenttypes"

    [error] = without_history([Forgotten, Kept, Other])

    assert (error.id, error.obj) == ("records.E002", Forgotten)
    assert "Scribe" in error.hint


def test_every_table_of_the_register_passes_and_the_check_is_asked():
    assert every_row_has_its_history(None) == []
    assert any(issubclass(model, RegisterRow) for model in apps.get_models())
