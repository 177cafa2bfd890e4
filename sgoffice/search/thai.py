"""Thai as it is usually written in Latin letters: in the order of its sounds, without letters that are silent.

Sign by sign ไพบูลย์ is “aiphbuly” and nobody finds Phaibun. Pure functions of text.
"""

import re

_LETTERS = "\u0e01-\u0e2e"
_VOWELS = "\u0e30-\u0e39"
#: Two letters of which the mark silences both: จันทร์ is Chan.
_SILENT_PAIR = re.compile("(?<=[กขคงนมสศษ])[ตทดธ]ร\u0e4c")
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
#: A consonant of which the vowel is not written, before one with its own: วสันต์ is Wasan. Not two said together.
_SHORT_A = re.compile(rf"^(?![กขคตทปผพบด][รลว]|[ศสซ]ร|ห[งญนมยรลว])([{_LETTERS}])(?=[{_LETTERS}][{_VOWELS}])")
#: The y of ไทย, which the vowel has already; the letter that only gives the next one its tone.
_HEARD_ALREADY = re.compile(f"(?<=ไ[{_LETTERS}])ย|^ห(?=[งญนมยรลว])")
#: Letters that sound like n where they close a syllable.
_LIKE_N = re.compile(
    rf"(?<=[{_LETTERS}{_VOWELS}\u0e47-\u0e4b])[รลญฬ](?=[{_LETTERS}][{_LETTERS}{_VOWELS}\u0e40-\u0e44]|$)"
)


def thai_in_order(word: str) -> str:
    """Return a Thai word with its vowels behind their consonants and without what is not heard."""
    heard = _HEARD_ALREADY.sub("", _TONES.sub("", _SILENT.sub("", _SILENT_PAIR.sub("", word))))
    word = _SHORT_A.sub(r"\1ะ", _DOUBLE_R.sub("ะ", heard).replace("รร", "ัน"))
    return _BEARER.sub("", _BEFORE.sub(r"\2\1", _UNWRITTEN.sub(r"\1o", word)))


def thai_closed(word: str) -> str:
    """Return a Thai word with an n where a letter that closes a syllable sounds so."""
    return _LIKE_N.sub("น", word)
