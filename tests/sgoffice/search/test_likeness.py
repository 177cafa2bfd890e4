"""How alike two names are depends on the names, and not on which of them is asked first."""

from hypothesis import given
from hypothesis import strategies as st

from sgoffice.directory import rules
from sgoffice.search.folding import fold
from sgoffice.search.likeness import likeness

WORDS = st.sampled_from(
    ["san", "jose", "j", "josé", "ana", "anna", "maria", "teo", "theo", "bin", "laden", "мария", "тео", "李", "明",
     "müller", "mueller", "al", "ali", "de"]
) | st.lists(st.sampled_from("abcdeилäم"), min_size=1, max_size=4).map("".join)  # fmt: skip
NAMES = st.lists(WORDS, max_size=5).map(" ".join)


@given(NAMES, NAMES, st.booleans())
def test_it_is_the_same_whichever_is_asked_first(one, other, ordered):
    first, second = fold(one), fold(other)

    assert likeness(first, second, ordered=ordered) == likeness(second, first, ordered=ordered)
    assert rules.likeness(one, other, ordered=ordered) == rules.likeness(other, one, ordered=ordered)


@given(NAMES, st.booleans())
def test_a_name_is_most_like_itself(name, ordered):
    assert likeness(fold(name), fold(name), ordered=ordered) == (1.0 if fold(name).split() else 0.0)


def test_a_word_that_stands_twice_is_no_other_word():
    assert likeness("san jose", "san san") == likeness("san san", "san jose") < 0.74
