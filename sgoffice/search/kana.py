"""Japanese syllables in Latin letters, as passports write them: Hepburn, with short vowels. Pure functions of text."""

import re

_ROWS = {
    "": "アイウエオ", "k": "カキクケコ", "s": "サ_スセソ", "t": "タ__テト", "n": "ナニヌネノ", "h": "ハヒ_ヘホ",
    "m": "マミムメモ", "y": "ヤ_ユ_ヨ", "r": "ラリルレロ", "w": "ワ___ヲ", "g": "ガギグゲゴ", "z": "ザ_ズゼゾ",
    "d": "ダ__デド", "b": "バビブベボ", "p": "パピプペポ",
}  # fmt: skip
_SYLLABLES = {
    "シ": "shi", "チ": "chi", "ツ": "tsu", "フ": "fu", "ジ": "ji", "ヂ": "ji", "ヅ": "zu", "ン": "n", "ヴ": "v",
    "ヰ": "i", "ヱ": "e", "ヶ": "ga", "ー": "",
} | {
    sign: row + vowel
    for row, signs in _ROWS.items()
    for sign, vowel in zip(signs, "aiueo", strict=True)
    if sign != "_"
}  # fmt: skip
_SMALL = {"ャ": "a", "ュ": "u", "ョ": "o", "ァ": "a", "ィ": "i", "ゥ": "u", "ェ": "e", "ォ": "o"}
_KANA = re.compile("[\u3041-\u3096\u30a1-\u30fa\u30fc]+")
_KATAKANA = re.compile("[\u30a1-\u30fa\u30fc]+")
_TO_KATAKANA = {hiragana: hiragana + 0x60 for hiragana in range(0x3041, 0x3097)}
_LONG = re.compile("ou|oo|uu")


def kana_in_latin(text: str) -> str:
    """Return a text with its kana in Latin letters: じゅんいちろう is junichiro."""
    return _KANA.sub(lambda found: _LONG.sub(lambda long: long[0][0], _read(found[0].translate(_TO_KATAKANA))), text)


def foreign_in_latin(word: str) -> str:
    """Return a word in katakana, as names from abroad are written, with l for r; nothing for another word."""
    return kana_in_latin(word).replace("r", "l") if _KATAKANA.fullmatch(word) else ""


def _read(kana: str) -> str:
    read = ""
    doubled = False
    for sign in kana:
        if sign == "ッ":
            doubled = True
        elif sign in _SMALL:
            read = _joined(read, sign)
        else:
            latin = _SYLLABLES.get(sign, "")
            read += ("t" if latin.startswith("ch") else latin[:1]) * doubled + latin
            doubled = False
    return read


def _joined(read: str, small: str) -> str:
    """Return what was read with a small sign behind it: キ and ャ are kya, シ and ャ sha, フ and ァ fa."""
    if small in "ャュョ" and not read.endswith(("shi", "chi", "ji")):
        return f"{read.removesuffix('i')}y{_SMALL[small]}"
    return (read[:-1] if read.endswith(("a", "e", "i", "o", "u")) else read) + _SMALL[small]
