"""An id or a name: one word is a name, a mistyped id is none."""

import pytest
from rest_framework.exceptions import ValidationError

from sgoffice.api.fields import IdOrName
from sgoffice.records.entries import ByName


@pytest.mark.parametrize("name", ["Europol", "G20", "F4", "Frontex", "习近平", "Added", "AFRIPOL-2063"])
def test_one_word_is_a_name(name):
    assert IdOrName().to_internal_value(name) == ByName(name=name, create=False)


@pytest.mark.parametrize(
    "slip",
    [
        "01a22465-6acd-7a04-b4a9-4fbdd5e50f0",
        "01a22465",
        "01a224656acd7a04b4a94fbdd5e50f02",
        "12345",
        "01a22465-6acd-7a04-b4a9-4fbdd5e50fo2",
    ],
)
def test_a_mistyped_id_never_becomes_a_name(slip):
    with pytest.raises(ValidationError, match="UUID"):
        IdOrName().to_internal_value(slip)


def test_a_person_is_named_by_two_words_or_in_a_script_without_spaces():
    person = IdOrName()
    person.field_name = "person"

    assert person.to_internal_value("习近平") == ByName(name="习近平", create=False)
    with pytest.raises(ValidationError, match="Suharto"):
        person.to_internal_value("Suharto")
