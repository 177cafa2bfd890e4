"""Names in Latin letters and their skeletons, as they are stored for every server."""

import pytest

from sgoffice.search.folding import fold
from sgoffice.search.readings import name_keys
from sgoffice.search.transliteration import in_latin, skeleton_of


@pytest.mark.parametrize(
    ("name", "latin"),
    [
        ("习近平", "xi jin ping"),
        ("반기문", "ban ki mun"),
        ("Сергей Петренко", "sergei petrenko"),
        ("Κυριάκος Μητσοτάκης", "kyriakos mitsotakis"),
        ("გიორგი მარგველაშვილი", "giorgi margvelashvili"),
        ("Նիկոլ Փաշինյան", "nikol pashinyan"),
        ("ዐቢይ አህመድ", "abiy ahmed"),
        ("रीना दासगुप्ता", "rina dasgupta"),
        ("Jürgen Stock", "jurgen stock"),
        ("이명박", "lee myung bak"),
        ("노무현", "roh moo hyun"),
        ("이란", "i lan"),
        ("블라디미르", "beul la di mi leu"),
        ("အောင်ဆန်းစုကြည်", "aung san su kyi"),
        ("မင်းအောင်လှိုင်", "min aung hlaing"),
        ("ဝင်းမြင့်", "win myint"),
        ("စိုးထွဋ်", "so htut"),
        ("ဦးသန့်", "u thant"),
        ("ဝဏ္ဏမောင်လွင် Karl", "wan na maung lwin karl"),
    ],
)
def test_a_name_is_written_in_latin_letters(name, latin):
    assert in_latin(fold(name)) == latin


@pytest.mark.parametrize(
    "spellings",
    [
        ("Mohammed", "Muhamad", "محمد"),
        ("Qaddafi", "Gaddafi", "Kadhafi", "القذافي"[2:]),
        ("Kim", "김"),
        ("Tchaikovsky", "Chaykovskiy", "Чайковский"),
        ("Ban", "Pan", "Пан"),
    ],
)
def test_spellings_of_what_is_heard_have_one_skeleton(spellings):
    assert len({skeleton_of(in_latin(fold(one))) for one in spellings}) == 1


def test_keys_are_ascii_and_nothing_else():
    keys = name_keys(map(fold, ["أحمد ناصر الريسي", "Ahmed Naser Al-Raisi", "习近平", "\U0001e900"]))

    assert keys.isascii()
    assert {"ahmed naser al raisi", "xi jin ping", "hmt nsr l rs hmtnsrlrs"} <= set(keys.split(" | "))
