"""The vowel that scripts of India and Sri Lanka do not write, and the nasal that they write as a sign.

Pure functions of text.
"""

import re

#: Devanagari, Bengali, Gurmukhi, Gujarati, Oriya, Tamil, Telugu, Kannada and Malayalam are laid out alike.
_BLOCKS = range(0x900, 0xD80, 0x80)


def _signs(first: int, last: int) -> str:
    return "".join(f"{chr(block + first)}-{chr(block + last)}" for block in _BLOCKS)


_LETTERS = _signs(0x15, 0x39) + "\u0958-\u095f\u09dc-\u09df\u0d9a-\u0dc6"
_BOUND = _signs(0x3C, 0x3C) + _signs(0x3E, 0x4D) + "\u0dca-\u0ddf"
_VOWELS = _signs(0x3E, 0x4C)
_INHERENT = re.compile(rf"([{_LETTERS}][{_signs(0x3C, 0x3C)}]?)(?![{_BOUND}])")
#: Languages of the north drop the vowel at the end of a word, and between two syllables: दासगुप्ता is Dasgupta.
_NORTHERN = re.compile("[\u0900-\u0aff]")
_DROPPED = re.compile(rf"(?<=[a{_VOWELS}])([{_LETTERS}])a(?=[{_LETTERS}](?:a.|[{_VOWELS}]))")
#: A lone letter keeps its vowel, and so do two consonants together: नरेन्द्र is Narendra.
_FINAL = re.compile(rf"(?<=[a{_VOWELS}\u0905-\u0914\u0985-\u0994])([{_LETTERS}][{_signs(0x3C, 0x3C)}]?)a$")
_INHERENT_IN = re.compile(f"[{_LETTERS}]")
_TAMIL = re.compile("[\u0b80-\u0bff]")
_NASAL = re.compile("[\u0902\u0982\u0a02\u0a82\u0d02]")
_LABIAL = re.compile("[\u0902\u0982\u0a02\u0a82](?=[पफबभमপফবভমપફબભમ])")


def with_inherent_vowels(word: str) -> str:
    """Return a word of these scripts with an a, in Latin letters, behind each consonant that is read with one."""
    if not _INHERENT.search(word):
        return word
    word = _NASAL.sub("n", _LABIAL.sub("m", word))
    word = _INHERENT.sub(r"\1a", word)
    if _NORTHERN.search(word):
        word = _DROPPED.sub(r"\1", word)
        word = _FINAL.sub(r"\1", word)
    return word


def in_latin_spelling(word: str, latin: str) -> str:
    """Return a word in Latin letters with ch for what anyascii writes as c, and in Tamil, which hears it so, s."""
    if _TAMIL.search(word):
        return latin.replace("cc", "ch").replace("c", "s").replace("sh", "ch")
    return latin.replace("c", "ch").replace("chh", "ch") if _INHERENT_IN.search(word) else latin
