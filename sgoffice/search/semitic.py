"""Arabic and Hebrew letters in Latin ones, and what else they may stand for: a vowel, or a sound of Persian and Urdu.

Letters of the Arabic script are folded before (`folding`). Pure functions of text.
"""

import re

_BEGINNING = re.compile("^[اعأإآעא]")
#: The article, which Latin letters write as a word of its own, or leave out.
_ARTICLE = re.compile("^ال([\u0620-\u06ff]{3,})")
_ALEF = str.maketrans({"ا": "a", "أ": "a", "إ": "a", "آ": "a"})
_OTHERWISE = str.maketrans({"ذ": "ز", "ض": "ز", "ظ": "ز", "ث": "س", "و": "v"})
_SEMITIC = re.compile("[\u0590-\u06ff\u0750-\u077f]")
_VOWEL_VAV, _HARD_HET = re.compile("(?<!^)ו"), "ח"


def semitic_in_latin(word: str) -> str:
    """Return a word of these scripts with the vowels that it writes in Latin letters."""
    if not _SEMITIC.match(word):
        return word
    return _BEGINNING.sub("a", _ARTICLE.sub(r"al \1", word)).translate(_ALEF)


def other_spellings(word: str) -> tuple[str, ...]:
    """Return what else a word may stand for, in its own script but for vowels.

    Zah is z in Iran, and waw v; the Hebrew vav is a vowel or v, and het is written h, ch or kh.
    """
    if not _SEMITIC.match(word):
        return ()
    persian, with_vowels = word.translate(_OTHERWISE), _VOWEL_VAV.sub("o", word)
    return tuple(dict.fromkeys((persian, with_vowels, with_vowels.replace(_HARD_HET, "ch"))))
