"""Thai as it is usually written in Latin letters: in the order of its sounds, without letters that are silent.

Sign by sign ไพบูลย์ is “aiphbuly” and nobody finds Phaibun. Pure functions of text.
"""

import re

_LETTERS = "\u0e01-\u0e2e"
_VOWELS = "\u0e30-\u0e39"
#: A letter with the mark that silences it, and its vowel.
_SILENT = re.compile(rf"[{_LETTERS}][\u0e34\u0e38]?\u0e4c")
_TONES = re.compile("[\u0e47-\u0e4b\u0e4d\u0e4e]")
#: A vowel that is written before its consonant, or before the two with which a syllable begins.
_BEFORE = re.compile(rf"([\u0e40-\u0e44])([{_LETTERS}](?:(?<=[กขคตทปผพบด])[รลว](?=[{_LETTERS}{_VOWELS}]))?)")
_DOUBLE_R = re.compile(rf"รร(?=[{_LETTERS}])")
#: อ bears the vowel of a syllable that begins with none.
_BEARER = re.compile(f"^อ|อ(?=[{_VOWELS}])")
#: Two consonants that close or begin a word without a vowel between them.
_UNWRITTEN = re.compile(rf"^([{_LETTERS}])(?=[{_LETTERS}](?:[{_LETTERS}]|$))")
#: Letters that sound like n where they close a syllable.
_LIKE_N = re.compile(rf"(?<=[{_LETTERS}{_VOWELS}])[รลญฬ](?=[{_LETTERS}][{_LETTERS}{_VOWELS}\u0e40-\u0e44]|$)")


def thai_in_order(word: str) -> str:
    """Return a Thai word with its vowels behind their consonants and without what is not heard."""
    word = _DOUBLE_R.sub("ะ", _TONES.sub("", _SILENT.sub("", word))).replace("รร", "ัน")
    return _BEARER.sub("", _BEFORE.sub(r"\2\1", _UNWRITTEN.sub(r"\1o", word)))


def thai_closed(word: str) -> str:
    """Return a Thai word with an n where a letter that closes a syllable sounds so."""
    return _LIKE_N.sub("น", word)
