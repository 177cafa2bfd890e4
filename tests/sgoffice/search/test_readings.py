"""Names as they may be read in Latin letters, where letters one by one say too little."""

import pytest

from sgoffice.search.folding import fold
from sgoffice.search.japanese import FAMILY, FILE, GIVEN, japanese_readings
from sgoffice.search.kana import kana_in_latin
from sgoffice.search.likeness import NEAR, likeness
from sgoffice.search.readings import name_keys, readings_of
from sgoffice.search.transliteration import in_latin

_SURE = 0.9


@pytest.mark.parametrize(
    ("signs", "latin"),
    [
        ("天野之弥", "Yukiya Amano"),
        ("松浦晃一郎", "Koichiro Matsuura"),
        ("佐藤 栄作", "Eisaku Satō"),
        ("明石康", "Yasushi Akashi"),
        ("小渕恵三", "Keizo Obuchi"),
        ("長谷川 みなみ", "Minami Hasegawa"),
        ("緒方翔太", "ショウタ オガタ"),
        ("陳水扁", "Ch'en Shui-pien"),
        ("胡锦涛", "Hu Jintao"),
        ("谢東閔", "Hsieh Tung-min"),
    ],
)
def test_a_name_in_han_signs_is_read_as_japanese_and_as_chinese(signs, latin):
    assert likeness(fold(signs), fold(latin), ordered=False) >= _SURE


@pytest.mark.parametrize(
    ("native", "latin"),
    [
        ("ضرغامی ذبیح", "Zarghami Zabih"),
        ("فؤاد عوني", "Fouad Awni"),
        ("پرویز نوری", "Parviz Nouri"),
        ("חיים וייצמן", "Chaim Weizmann"),
        ("נעה לוי", "Noa Levy"),
        ("สมชาย วงศ์สวัสดิ์", "Somchai Wongsawat"),
        ("ไพโรจน์ จันทร์แก้ว", "Pairoj Chankaew"),
        ("সুব্রত মুখোপাধ্যায়", "Subrata Mukherjee"),
        ("பழனிவேல் தியாகராஜன்", "Palanivel Thiagarajan"),
        ("संजना पंडित", "Sanjana Pandit"),
        ("レイラ ルイス", "Leila Luis"),
    ],
)
def test_a_name_is_near_to_what_its_bearer_writes_in_latin_letters(native, latin):
    assert likeness(fold(native), fold(latin), ordered=False) >= NEAR


@pytest.mark.parametrize(
    ("name", "latin"),
    [
        ("ไพบูลย์", "phaibul"),
        ("दासगुप्ता", "dasgupta"),
        ("महेन्द्र", "mahendra"),
        ("সঞ্জয়", "sanjay"),
        ("じゅんいちろう", "junichiro"),
        ("キャッチ", "kyatchi"),
        ("الريسي", "al rysy"),
    ],
)
def test_vowels_and_order_are_those_that_are_heard(name, latin):
    assert in_latin(fold(name)) == latin


@pytest.mark.parametrize(
    ("one", "other"),
    [("岸本三郎", "Haruki Sato"), ("王毅", "Deng Xiaofeng"), ("ดี วสันต์", "Tom Jackson"), ("דן לוי", "Moshe Katz")],
)
def test_another_name_is_not_near(one, other):
    assert likeness(fold(one), fold(other), ordered=False) < NEAR


def test_the_table_cuts_a_name_where_both_parts_are_names():
    family, given = japanese_readings("石橋湛山") or ((), ())

    assert "ishibashi" in family
    assert "tanzan" in given
    assert japanese_readings("习近平") is None
    assert japanese_readings("みなみ") is None


def test_the_key_of_a_name_in_han_signs_holds_each_reading_and_stays_short():
    keys = name_keys([fold("菅野直子")])

    assert {"kanno", "sugano", "naoko"} <= set(keys.split())
    assert len(keys) < 400
    assert len(readings_of(fold("菅野直子"))) <= 18


def test_the_table_says_where_it_comes_from_and_is_small():
    assert FILE.stat().st_size < 300_000
    assert (
        (FILE.parent / "IPADIC.LICENSE").read_text(encoding="utf-8").startswith("Copyright 2000, 2001, 2002, 2003 Nara")
    )
    assert FAMILY != GIVEN
    assert kana_in_latin("ヨーコ") == "yoko"
