"""Which characters a text may have: none that nobody sees, except where a script or an emoji needs it."""

import re
import unicodedata
from dataclasses import dataclass
from functools import cached_property

#: Controls but tab and line ends, lone surrogates, direction marks, invisible and blank characters, tags, fillers,
#: line separators, interlinear and musical controls, and code points that are no characters.
_NEVER = (
    "\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u00ad\u034f\u115f\u1160\u17b4\u17b5\u200b\u2028-\u202e"
    "\u2060-\u206f\u2800\u3164\ud800-\udfff\ufdd0-\ufdef\ufeff\uffa0\ufff0-\ufffc\U00013430-\U0001345f\U0001bca0-\U0001bca3"
    "\U0001d173-\U0001d17a\U000e0000-\U000e00ff\U000e01f0-\U000e0fff"
) + "".join(f"{chr(plane * 0x10000 + 0xFFFE)}{chr(plane * 0x10000 + 0xFFFF)}" for plane in range(17))
_JOINERS = "\u200c\u200d"
_DIRECTION_MARKS = "\u061c\u200e\u200f"
#: Variation selectors: Mongolian ones, general ones, and those of ideographs.
_SELECTORS = "\u180b-\u180f\ufe00-\ufe0f\U000e0100-\U000e01ef"
_SUSPECTS = re.compile(f"[{_NEVER}{_JOINERS}{_DIRECTION_MARKS}{_SELECTORS}]")
_ALWAYS_FORBIDDEN = re.compile(f"[{_NEVER}]")
_RIGHT_TO_LEFT = re.compile(
    "[\u05d0-\u05f4\u0620-\u08ff\ufb1d-\ufdfd\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001eeff]"
)
_MONGOLIAN = re.compile("[\u180b-\u180f]")
#: Scripts whose letters a joiner or non-joiner changes, by the first word of a character's name.
_JOINING = re.compile(
    "ARABIC|SYRIAC|MANDAIC|NKO|MONGOLIAN|MANICHAEAN|ADLAM|DEVANAGARI|BENGALI|GURMUKHI|GUJARATI|ORIYA|TAMIL|TELUGU|KANNADA|"
    "MALAYALAM|SINHALA|KHMER|MYANMAR|TIBETAN|BALINESE|JAVANESE|SUNDANESE|TAI|CHAKMA|GRANTHA|TIRHUTA|NEWA|MODI"
)
_VIRAMA = 9  # the canonical combining class
_ZWJ = "\u200d"
_EMOJI = "\ufe0f"
_KEYCAPS = "0123456789#*"
_ARABIC_HEH = "\u0647"  # with a joiner at the end of a word: the abbreviation of the Hijri year


@dataclass(frozen=True)
class ForbiddenCharacter:
    """A character that a text may not have, and its place, counted from 1."""

    code: str
    place: int

    @property
    def advice(self) -> str:
        return f"contains {self.code}, invisible or a control character, as character {self.place}: remove it."


def find_forbidden_character(text: str) -> ForbiddenCharacter | None:
    """Return the first character that the text may not have, or None."""
    needs = _Needs(text)
    for found in _SUSPECTS.finditer(text):
        if not needs.character_at(found.start()):
            return ForbiddenCharacter(f"U+{ord(found[0]):04X}", found.start() + 1)
    return None


def without_forbidden(text: str) -> str:
    """Return the text without the characters that it may not have."""
    needs = _Needs(text)
    return _SUSPECTS.sub(lambda found: found[0] if needs.character_at(found.start()) else "", text)


class _Needs:
    """What a text needs of the characters that are invisible."""

    def __init__(self, text: str) -> None:
        self.text = text

    @cached_property
    def _mixes_directions(self) -> bool:
        return _RIGHT_TO_LEFT.search(self.text) is not None

    def character_at(self, place: int) -> bool:
        """Tell whether the suspect at this place is needed."""
        if self.text[place] in _DIRECTION_MARKS:
            return self._mixes_directions
        return _is_needed(self.text, place)


def _is_needed(text: str, place: int) -> bool:
    """Tell whether the suspect at this place is needed by what stands before it."""
    character, before = text[place], text[place - 1] if place else ""
    if not before or _ALWAYS_FORBIDDEN.match(character):
        return False
    if character in _JOINERS:
        return _joins(character, before, text[place + 1 : place + 2])
    if _MONGOLIAN.match(character):
        return _script(before) == "MONGOLIAN"
    if character >= "\U000e0100" or character < "\ufe0e":
        return _script(before) == "CJK"
    keycap = before in _KEYCAPS and text[place + 1 : place + 2] == "\u20e3"
    return keycap or _is_pictorial(before)  # shown as text or as emoji


def _joins(character: str, before: str, after: str) -> bool:
    if unicodedata.combining(before) == _VIRAMA:
        return True
    if character == _ZWJ and after and (before == _EMOJI or _is_pictorial(before)):
        return _is_pictorial(after)
    if not _is_joining(before):
        return False
    return (character == _ZWJ and before == _ARABIC_HEH) or bool(after and _is_joining(after))


def _is_pictorial(character: str) -> bool:
    """Tell whether a character is a symbol that may be an emoji, or colors one."""
    if character.isascii():
        return False
    return unicodedata.category(character) in {"So", "Sk", "Sm"} or character in "\u203c\u2049\u3030\u303d"


def _is_joining(character: str) -> bool:
    return _JOINING.fullmatch(_script(character)) is not None


def _script(character: str) -> str:
    return unicodedata.name(character, "").partition(" ")[0] if character.isalpha() or _is_mark(character) else ""


def _is_mark(character: str) -> bool:
    return unicodedata.category(character) in {"Mn", "Mc"}
