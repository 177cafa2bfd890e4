"""Burmese as it is usually written in Latin letters: syllable by syllable, since a vowel depends on what closes it.

Letter by letter စိန် is “cin” and nobody finds Sein. Pure functions of text.
"""

import re

_INITIALS = {
    "က": "k", "ခ": "kh", "ဂ": "g", "ဃ": "g", "င": "ng", "စ": "s", "ဆ": "s", "ဇ": "z", "ဈ": "z", "ဉ": "ny", "ည": "ny",
    "ဋ": "t", "ဌ": "ht", "ဍ": "d", "ဎ": "d", "ဏ": "n", "တ": "t", "ထ": "ht", "ဒ": "d", "ဓ": "d", "န": "n", "ပ": "p",
    "ဖ": "ph", "ဗ": "b", "ဘ": "b", "မ": "m", "ယ": "y", "ရ": "y", "လ": "l", "ဝ": "w", "သ": "th", "ဟ": "h", "ဠ": "l",
    "အ": "",
}  # fmt: skip
_INDEPENDENT = {"ဣ": "i", "ဤ": "i", "ဥ": "u", "ဦ": "u", "ဧ": "ay", "ဩ": "aw", "ဪ": "aw"}
#: Vowel signs and the consonant that closes a syllable, as both are heard together.
_RHYMES = {
    "": "a", "ာ": "a", "ါ": "a", "ိ": "i", "ီ": "i", "ု": "u", "ူ": "u", "ေ": "e", "ဲ": "e", "ေါ": "aw", "ေါ်": "aw",
    "ော": "aw", "ော်": "aw", "ို": "o", "ံ": "an", "ိံ": "ein", "ုံ": "on", "ယ်": "e", "ိုယ်": "o", "ည်": "i", "ဉ်": "in",
    "င်": "in", "ောင်": "aung", "ေါင်": "aung", "ိုင်": "aing", "န်": "an", "ိန်": "ein", "ုန်": "on", "ွန်": "un",
    "မ်": "am", "ိမ်": "ein", "ုမ်": "on", "ွမ်": "un", "က်": "et", "ောက်": "auk", "ေါက်": "auk", "ိုက်": "aik",
    "စ်": "it", "တ်": "at", "ိတ်": "eik", "ုတ်": "ok", "ွတ်": "ut", "ဋ်": "at", "ွဋ်": "ut", "ုဒ်": "ok", "ဒ်": "at",
    "ပ်": "at", "ိပ်": "eik", "ုပ်": "ok", "ွပ်": "ut", "ဏ်": "an", "ုဏ်": "on", "ိဏ်": "ein", "လ်": "al", "သ်": "at",
    "ွယ်": "we", "ွေ": "we", "ွာ": "wa", "ွဲ": "we", "ွ": "wa", "ွင်": "win", "ွက်": "wet", "ွိုင်": "waing",
}  # fmt: skip
_SHAPED = {"k": "ky", "kh": "ch", "g": "gy", "p": "py", "ph": "ph", "m": "my", "h": "sh"}
_LETTERS = "\u1000-\u1021\u103f"
#: A consonant with its signs, and the consonants behind it that have no vowel of their own.
_SYLLABLE = re.compile(
    rf"([{_LETTERS}])([\u103b-\u103e]*)([\u102b-\u1037]*)((?:[{_LETTERS}][\u1037\u1038]*\u103a)?)(\u103a?)[\u1037\u1038]*"
)
_STACKED = re.compile(rf"([{_LETTERS}])\u1039")
_TONES = re.compile("[\u1037\u1038]")
_BURMESE = re.compile("[\u1000-\u109f]+")


def burmese_in_latin(text: str) -> str:
    """Return a text with its Burmese in Latin letters, a word for each syllable."""
    return _BURMESE.sub(lambda found: f" {_read(found[0])} ", text)


def _read(word: str) -> str:
    word = _STACKED.sub("\\1\u103a", word)
    for sign, latin in _INDEPENDENT.items():
        word = word.replace(f"{sign}\u1038", f" {latin} ").replace(sign, f" {latin} ")
    return _SYLLABLE.sub(_syllable, word)


def _syllable(found: re.Match[str]) -> str:
    letter, medials, vowel, closing, killed = found.groups()
    initial = _INITIALS.get(letter, "th")
    if "\u103b" in medials or "\u103c" in medials:
        initial = "sh" if letter == "ရ" else _SHAPED.get(initial, initial + "y")
    if "\u103e" in medials:  # ha
        initial = "sh" if letter in "ရယ" else f"h{initial}"
    rhyme = _TONES.sub("", vowel) + _TONES.sub("", closing) + killed
    rounded = f"\u103d{rhyme}" if "\u103d" in medials else rhyme
    if rounded in _RHYMES:
        return f" {initial}{_RHYMES[rounded]}{_creaky(found[0], closing)}"
    between = "w" if "\u103d" in medials else ""
    return f" {initial}{between}{_RHYMES.get(rhyme, 'a')}{_creaky(found[0], closing)}"


def _creaky(syllable: str, closing: str) -> str:
    """Return the t that is written behind a nasal with a short tone: မြင့် is Myint."""
    return "t" if "\u1037" in syllable and closing[:1] in ("င", "န", "ဉ") else ""
