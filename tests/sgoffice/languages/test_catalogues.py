"""The catalogues: whole, compiled as they are written, and typeset as their language is."""

import gettext
import re
from io import BytesIO

import pytest

from sgoffice.languages.catalogues import PLURAL, compiled, path_of, read_catalogue, write_catalogue
from sgoffice.languages.extraction import in_step, key_of, messages, offered, templates, visible_text
from sgoffice.places.codes import known_codes
from sgoffice.places.codes import label_of as country_named

_BLANKS = re.compile(r"%\(\w+\)s|\{\w+\}")
_NBSP = "\N{NO-BREAK SPACE}"


@pytest.mark.parametrize("language", offered())
def test_everything_that_pages_say_is_translated(language):
    known = {key_of(english): text for english, text in read_catalogue(path_of(language)).items()}

    missing = [english for english in messages() if not known.get(english, "").strip(PLURAL)]
    countries = [name for code in known_codes() if not known.get(name := country_named(code))]

    assert missing == [], "run `manage.py makemessages`, then translate these in django.po"
    assert countries == []


@pytest.mark.parametrize("language", offered())
def test_the_compiled_catalogue_is_the_written_one(language):
    assert path_of(language, "mo").read_bytes() == compiled(read_catalogue(path_of(language)), language), (
        "run `manage.py compilemessages`"
    )


def test_templates_have_no_words_outside_of_translation():
    untranslated = {path.name: words for path in templates() if (words := visible_text(path))}

    assert untranslated == {}


def test_words_outside_of_translation_are_found(tmp_path):
    page = tmp_path / "page.html"
    page.write_text('<p title="A title">{% translate "Said" %} Not said {{ name }}</p><script>a();</script>')

    assert visible_text(page) == ["Not said", "A title"]


def test_translations_keep_their_blanks_and_french_its_spaces():
    for english, text in read_catalogue(path_of("fr")).items():
        forms = text.split(PLURAL)
        for form in forms:
            assert set(_BLANKS.findall(form)) <= set(_BLANKS.findall(key_of(english))), english
            assert not re.search(rf"[^{_NBSP}\s\d/:][;?!»](\s|$)| [:;?!»]|« ", form), form
            assert "'" not in form, form


def test_a_catalogue_is_read_as_it_is_written_and_by_gettext(tmp_path):
    found = {
        "One": "Un",
        'A "row"\nof it': "Une « ligne »\n\\",
        f"%(n)s row{PLURAL}%(n)s rows": f"une{PLURAL}des",
        "Not yet": "",
    }

    write_catalogue(tmp_path / "a.po", found, {"One": ["page.html"]}, "fr")
    catalogue = gettext.GNUTranslations(BytesIO(compiled(found, "fr")))

    assert read_catalogue(tmp_path / "a.po") == found
    assert (catalogue.gettext("One"), catalogue.gettext("Not yet")) == ("Un", "Not yet")
    assert (catalogue.ngettext("%(n)s row", "%(n)s rows", 1), catalogue.ngettext("%(n)s row", "%(n)s rows", 2)) == (
        "une",
        "des",
    )


def test_what_is_new_is_left_to_translate_and_what_is_gone_leaves():
    known = {"Kept": "Gardé", "On {0:day}": "Le {0}", "By hand": "À la main", "Gone": ""}

    assert in_step(known, ["New", "On {0}", "Kept"]) == {
        "New": "", "On {0:day}": "Le {0}", "Kept": "Gardé", "By hand": "À la main",
    }  # fmt: skip
