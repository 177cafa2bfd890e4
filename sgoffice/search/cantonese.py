"""Cantonese syllables as names of Hong Kong and Macao are written: from Jyutping without tones. Pure functions."""

import re

#: What Hong Kong's registry of persons writes; the first that fits, of each group initials, then finals.
_INITIALS = (
    ("^gw", "kw"), ("^g", "k"), ("^b", "p"), ("^d", "t"), ("^[zc]", "ch"), ("^s(?=eo|oe|yu$|e|ing)", "sh"),
    ("^jyu", "yu"), ("^j", "y"),
)  # fmt: skip
_FINALS = (
    ("aa", "a"), ("oeng$", "eung"), ("oek$", "euk"), ("eoi$", "ui"), ("eo(?=[nt]$)", "u"), ("ou$", "o"),
    ("(?<=^y)u(?=[nt]$)", "ue"), ("yu(?=[nt]$)", "ue"), ("(?<=ch)yu$", "u"), ("(?<=sh)yu$", "u"),
)  # fmt: skip
#: What families write otherwise: Lee, Chow, Tsang, Poon, Koo, Sum.
_OTHERWISE = (
    ("ei$", "ee"), ("(?<=[^aeou])i$", "ee"), ("au$", "ow"), ("(?<=^[fkmpw])un$", "oon"), ("(?<=^[fkw])u$", "oo"),
    ("am$", "um"), ("^ch(?=a[nk]|o|ui|e$)", "ts"), ("^sh", "s"),
)  # fmt: skip


def in_cantonese(syllable: str) -> tuple[str, str]:
    """Return a syllable of Jyutping as officials write it, and as families do: lei is lei or lee, zau chau or chow."""
    for rules in (_INITIALS, _FINALS):
        syllable = _first(syllable, rules)
    return syllable, _first(syllable, _OTHERWISE)


def _first(syllable: str, rules: tuple[tuple[str, str], ...]) -> str:
    for written, spelled in rules:
        syllable, changed = re.subn(written, spelled, syllable)
        if changed:
            break
    return syllable
