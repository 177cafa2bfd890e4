"""Chinese syllables as Taiwan and older books write them: Wade and Giles's, without its apostrophes. Pure functions."""

import re

#: What is written otherwise than in pinyin; the first that fits, of each pair of lines initials, then finals.
_INITIALS = (
    ("zh", "ch"), ("z", "ts"), ("c(?!h)", "ts"), ("[jq]", "ch"), ("x", "hs"), ("b", "p"), ("d", "t"), ("g", "k"),
    ("r", "j"),
)  # fmt: skip
_FINALS = (
    ("^yi$", "i"), ("^y(?=in)", ""), ("^you$", "yu"), ("^yan$", "yen"), ("ian$", "ien"), ("ie$", "ieh"), ("ye$", "yeh"),
    ("ong$", "ung"), ("(?<=[dtnlzcs])uo$", "o"), ("(?<=[gk])e$", "o"), ("(?<=[dtl])e$", "e"), ("iu$", "iu"),
)  # fmt: skip


def in_wade_giles(syllable: str) -> str:
    """Return a syllable of pinyin in the other spelling: cai is tsai, qing is ching."""
    for pinyin, other in _FINALS:
        syllable, changed = re.subn(pinyin, other, syllable)
        if changed:
            break
    for pinyin, other in _INITIALS:
        syllable, changed = re.subn(f"^{pinyin}", other, syllable)
        if changed:
            break
    return syllable
