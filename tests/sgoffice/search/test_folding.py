"""Words as they are typed, as an index holds them, and where they stand in a text as it is written."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sgoffice.search.folding import find_occurrences, fold, is_searchable, lexemes, tsquery, words_of

SCRIPTS = st.text(
    st.one_of(
        st.characters(codec="utf-8"),
        st.sampled_from("aeéÉßøØłŁđĐŒæıİñçÅ'’-_ .,\n"),
        st.sampled_from("ёйЁЙщъьІЇґ习近平国際刑事警察機構がプ한국อาเซียนةإأىـ\u0301\u0308"),
        st.sampled_from("हिन्दीரணில்ผ่องศรか\u3099\uff9eቢይגרሙیک\u200cُّ٢"),
    ),
    max_size=40,
)


def holds(text, words):
    """Ask the index as the database does: a prefix of a lexeme, or the lexeme itself."""
    kept = set(lexemes(text))
    return all(
        any(
            any(one.startswith(mark + spelling) for one in kept) if len(spelling) >= 3 else f"{mark}^{spelling}" in kept
            for spelling in word
            for mark in ("", "~")[: 1 + word[0].isascii()]
        )
        for word in words
    )


@pytest.mark.parametrize(
    ("text", "typed"),
    [
        ("Jürgen Stock", "STOCK jurgen"),
        ("Đorđe Łukasz Sørensen Strauß", "strauss sorensen lukasz dorde"),
        ("Đorđe Łukasz Sørensen Strauß", "STRAUẞ Sørensen Łukasz ĐORĐE"),
        ("counterterrorism", "terror"),
        ("United Nations", "un na"),
        ("السيد أحمد الريسي", "احمد ريسي"),
        ("Владимир Колокольцев", "колокольцев"),
        ("Vladimir Kolokoltsev", "Владимир"),
        ("国家主席习近平访问总部", "习近"),
        ("国家主席习近平访问总部", "近平访问"),
        ("国家主席习近平访问总部", "部"),
        ("한국 경찰청", "경찰"),
        ("องค์การตำรวจ", "ตำรวจ"),
        ("पुलिस प्रमुख से मुलाकात", "पुलिस"),
        ("معالي الوزير", "معالی الوزیر"),
        ("کمال نیکی", "كمال نيكي"),
        ("دیدار با پیمان‌رضا نیکو", "پیمانرضا"),
        ("٢٠١٤", "2014"),
        ("Сергей Петренко", "petrenko"),
        ("習近平", "jinping"),
        ("ʿAlī Muḥammad", "ali muhammad"),
        ("かﾞ", "が"),
        ("A/RES/71/19", "res 71/19"),
        ("x" * 100, "x" * 90),
    ],
)
def test_what_is_typed_is_found(text, typed):
    words = words_of(typed)

    assert is_searchable(words)
    assert holds(text, words)
    assert find_occurrences(text, words).keys() == set(words)


@pytest.mark.parametrize(
    ("text", "typed"),
    [
        ("Jürgen Stock", "stocks"),
        ("Lyon", "yo"),
        ("a b c", "abc"),
        ("习近平", "近习"),
        ("रीना दासगुप्ता", "रानी"),
        ("गीता", "गोता"),
        ("ผ่องศร", "ผองศร"),
        ("がき", "かき"),
        ("ぱく", "ばく"),
        ("கா", "கி"),
        ("ចំការ", "ចាំការ"),
    ],
)
def test_what_is_not_there_is_not_found(text, typed):
    assert not holds(text, words_of(typed))
    assert not find_occurrences(text, words_of(typed))


@pytest.mark.parametrize("typed", ["", " ", "—", "a", "é", "a b"])
def test_too_little_is_known_as_such(typed):
    assert not is_searchable(words_of(typed))


@given(SCRIPTS, SCRIPTS)
def test_an_index_finds_exactly_what_is_shown_as_found(text, typed):
    words = words_of(typed)

    assert holds(text, words) == (find_occurrences(text, words).keys() == set(words))


@given(SCRIPTS, st.data())
def test_every_part_of_a_word_is_found_and_its_place_folds_to_it(text, data):
    words = [word for word in fold(text).split() if 3 <= len(word) <= 30]
    if not words:
        return
    word = data.draw(st.sampled_from(words))
    start = data.draw(st.integers(0, len(word) - 3))
    part = word[start : data.draw(st.integers(start + 3, len(word)))]

    assert holds(text, [(part,)])
    [places] = find_occurrences(text, [(part,)]).values()
    assert all(part in fold(text[first:last]) for first, last in places)


@given(SCRIPTS)
def test_a_question_to_the_index_holds_nothing_that_means_something_in_it(typed):
    for word in words_of(typed):
        assert not set("'\\&|!():*<>^ ") & set("".join(word))
        spellings = len(word) * (1 + word[0].isascii()) + (3 <= len(word[0]) <= 8)
        assert tsquery([word]).count("'") == 2 * spellings


@given(st.text(st.characters(max_codepoint=127), max_size=40), st.text(st.characters(max_codepoint=127), max_size=8))
def test_a_text_of_ascii_is_read_as_any_other(text, typed):
    words = words_of(typed)
    beside = "– "  # no letter, so the same words stand two places on

    there = find_occurrences(beside + text, words)

    assert find_occurrences(text, words) == {
        word: [(start - 2, end - 2) for start, end in spots] for word, spots in there.items()
    }
