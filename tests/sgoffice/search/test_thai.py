"""Thai in the order of its sounds: each rule has a name that is written otherwise without it."""

import pytest

from sgoffice.search.folding import fold
from sgoffice.search.thai import thai_closed, thai_in_order
from sgoffice.search.transliteration import in_latin


@pytest.mark.parametrize(
    ("name", "latin"),
    [
        pytest.param("จันทร์", "chan", id="two letters are silenced by one mark"),
        pytest.param("ศาสตร์", "sas", id="two letters are silenced behind another one"),
        pytest.param("วสันต์", "wasan", id="a letter is silenced"),
        pytest.param("สิทธิ์", "sith", id="a letter is silenced with its vowel"),
        pytest.param("เพชร", "phechr", id="a vowel is written before its consonant"),
        pytest.param("พรรค", "phakh", id="a double r is an a"),
        pytest.param("กรรณิการ์", "kanika", id="a double r is an a before a vowel of its own"),
        pytest.param("อนันต์", "anan", id="a letter bears the vowel that begins a word"),
        pytest.param("โอภาส", "ophas", id="a letter bears the vowel that is written before it"),
        pytest.param("สมอาจ", "somach", id="a letter bears a vowel inside a word"),
        pytest.param("ผล", "phol", id="two consonants have an o between them"),
        pytest.param("สมชาย", "somchay", id="an o closes the first syllable"),
        pytest.param("คนึง", "khanueng", id="a short a is not written"),
        pytest.param("ไทย", "thai", id="a y is heard already"),
        pytest.param("หลวง", "lowng", id="an h gives the next letter its tone"),
    ],
)
def test_a_name_is_written_as_it_is_heard(name, latin):
    assert in_latin(fold(name)) == latin


@pytest.mark.parametrize("name", ["น้อย", "แก้ว", "ต่าย"])
def test_marks_of_tone_are_no_letters(name):
    assert not set("\u0e47\u0e48\u0e49\u0e4a\u0e4b") & set(thai_in_order(name))


@pytest.mark.parametrize(("name", "closed"), [("กมล", "กมน"), ("บุญ", "บุน"), ("กาญจนา", "กานจนา"), ("พร", "พน")])
def test_letters_that_close_a_syllable_sound_like_n(name, closed):
    assert thai_closed(name) == closed
