"""Family names of Bengal that their bearers write otherwise in Latin letters than at home. Pure functions of text."""

import unicodedata

_NAMES = {
    "বন্দ্যোপাধ্যায়": "banerjee", "মুখোপাধ্যায়": "mukherjee", "চট্টোপাধ্যায়": "chatterjee", "গঙ্গোপাধ্যায়": "ganguly",
    "ঠাকুর": "tagore", "বসু": "bose", "রায়": "roy", "ঘোষাল": "ghosal", "দত্ত": "dutt", "দে": "dey", "শেখ": "sheikh",
}  # fmt: skip
_FOLDED = {unicodedata.normalize("NFKD", name): latin for name, latin in _NAMES.items()}


def bengali_surname(word: str) -> str:
    """Return how a folded family name is usually written abroad; nothing if it is written as it is read."""
    return _FOLDED.get(word, "")
