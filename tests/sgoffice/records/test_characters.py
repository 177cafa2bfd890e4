"""Invisible characters are refused with their place, and kept where a script or an emoji needs them."""

import time
import unicodedata

import pytest

from sgoffice.records.characters import find_forbidden_character, without_forbidden


@pytest.mark.parametrize(
    "character",
    list("\x00\x1b\x7f\x85\u00ad\u034f\u061c\u115f\u1160\u17b4\u180e\u200b\u200c\u200d\u200e\u200f\u2028\u2029\u202e")
    + list("\u2060\u2064\u2066\u206f\u2800\u3164\ufdd0\ufe0f\ufeff\uffa0\ufff9\ufffe\uffff\ud800\U0001d173")
    + list("\U0001fffe\U000e0001\U000e0041\U000e007f\U000e0100\U0010ffff"),
)
def test_invisible_character_in_a_latin_name_is_refused_with_its_place(character):
    found = find_forbidden_character(f"Jo{character}hn")

    assert (found.place, found.code) == (3, f"U+{ord(character):04X}")
    assert "as character 3" in found.advice
    assert without_forbidden(f"Jo{character}hn") == "John"


@pytest.mark.parametrize(
    "text",
    [
        "می‌خواهم",  # Persian: a non-joiner inside a word
        "نامه‌ای",
        "ه‍",  # the Hijri year
        "क्‍ष र्‍य श्री",  # Devanagari: half forms
        "അവന്‍ ചില്‍",  # Malayalam: a joiner at the end of a word
        "ශ්‍රී ලංකා",  # Sinhala
        "ম্যাজিস্ট্রেট র‍্যাব",  # Bengali
        "ᠮᠣᠩᠭᠣᠯ ᠪᠠᠢᠨ᠎ᠠ ᠳᠤᠷᠠ᠋",  # Mongolian: selectors and the vowel separator
        "\u200fمحمد (2)\u200e \u061cשלום",  # marks of direction where directions mix
        "葛\U000e0100城 祇\ufe00園",  # ideographs in their form
        "❤️ ❤️‍🔥 👩‍💻 👩🏽‍⚖️ 1️⃣ ↔️ ‼️",
        "a\tb\nc\r\n Ă é Ż 한국어 ﷽ 🇸🇬",
    ],
)
def test_what_a_script_or_an_emoji_needs_stays(text):
    assert find_forbidden_character(text) is None
    assert without_forbidden(text) == text


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("\u200dJohn", 1), ("John\u200d", 5), ("محمد\u200c", 5), ("محمد\u200d", 5), ("می\u200c\u200cخواهم", 3),
        ("1\u200d2", 2), ("+\ufe0f", 2), ("1\ufe0f", 2), ("❤\ufe0f\ufe0f", 3), ("A\U000e0100", 2), ("é\ufe00", 2),
        ("ab\u180b", 3),        ("🏴\U000e0067", 2),
    ],
)  # fmt: skip
def test_joiners_and_selectors_that_change_nothing_are_refused(text, place):
    assert find_forbidden_character(text).place == place


def test_every_format_character_of_unicode_is_refused_in_a_latin_name_but_visible_signs():
    visible = {*range(0x600, 0x606), 0x6DD, 0x70F, 0x890, 0x891, 0x8E2, 0x110BD, 0x110CD}
    missed = [
        hex(code)
        for code in set(range(0x110000)) - visible
        if unicodedata.category(chr(code)) in {"Cc", "Cf", "Zl", "Zp"} and chr(code) not in "\t\n\r"
        if find_forbidden_character(f"a{chr(code)}b") is None
    ]
    assert missed == []


def test_long_text_costs_linear_time():
    begun = time.perf_counter()

    assert find_forbidden_character("می\u200cخ" * 200_000 + "\u200b").place == 800_001

    assert time.perf_counter() - begun < 3
