"""Pairs of person names, of one person and of two, in the scripts of public lists that packages ship.

No table of ours is compiled from these lists. What they hold is put together into whole names by chance, with one seed.

- name-variants (MIT): names in Arabic, Persian, Hebrew, Greek, Hindi, Bengali, Tamil, Thai, Chinese, Japanese and
  Korean, each with the Latin spellings that its bearers use, Cantonese and Hokkien ones too.
- Faker (MIT): Japanese names with their kana and Latin spelling; Russian, Ukrainian, Bulgarian, Georgian and Armenian
  ones, which ICU writes in Latin letters by the rules of the American and British boards on geographic names.
- cldr-person-names-full (Unicode-3.0): the same names of foreigners in languages of Africa and Asia.
"""

import json
import random
from collections.abc import Iterator, Sequence
from importlib import import_module
from pathlib import Path
from typing import NamedTuple

from rapidfuzz.distance import OSA

SEED = 14
_EACH = 36  # people of a language
_NEAREST = 12  # names among which the most alike is another person's
#: Languages of name-variants: the module and the tables of family and given names; most have one for both.
_VARIANTS = {
    "Arabic": ("arabic_names", "arabic_names"),
    "Persian": ("persian_names", "persian_names"),
    "Hebrew": ("hebrew_names", "hebrew_names"),
    "Greek": ("greek_names", "greek_names"),
    "Hindi": ("indian_names_hindi", "indian_names_hindi"),
    "Bengali": ("indian_names_bengali", "indian_names_bengali"),
    "Tamil": ("indian_names_tamil", "indian_names_tamil"),
    "Thai": ("thai_names", "thai_names"),
    "Chinese": ("chinese_surnames", "chinese_given_names"),
    "Japanese": ("japanese_surnames", "japanese_given_names"),
    "Korean": ("korean_surnames", "korean_given_names"),
}
_OFFICIAL = {
    "Ukrainian": ("uk_UA", "uk-uk_Latn/BGN"),
    "Bulgarian": ("bg_BG", "bg-bg_Latn/BGN"),
    "Russian": ("ru_RU", "ru-ru_Latn/BGN"),
    "Georgian": ("ka_GE", "ka-ka_Latn/BGN"),
    "Armenian": ("hy_AM", "hy-hy_Latn/BGN"),
}
_FAMILY_FIRST = frozenset({"Chinese", "Japanese", "Japanese in kana", "Korean"})
_UNSPACED = frozenset({"Chinese", "Japanese", "Korean"})
_FOREIGNERS = {"foreignGS": "Käthe Müller", "foreignGGS": "Zäzilia Hamish Stöber"}
_FOREIGN_IN = ("am", "he", "gu", "hy", "kn", "ko", "lo", "mk", "ml", "my", "or", "pa", "ru", "si", "sr", "ti", "uk")


class Word(NamedTuple):
    """A family or given name: in its own script, and as it is written in Latin letters."""

    native: str
    latin: tuple[str, ...]


class Person(NamedTuple):
    """A person of a language."""

    language: str
    given: Word
    family: Word

    @property
    def native(self) -> str:
        """The name in its own script, in the order of its language."""
        words = [self.family.native, self.given.native]
        return ("" if self.language in _UNSPACED else " ").join(
            words if self.language in _FAMILY_FIRST else reversed(words)
        )

    def latin(self, spelling: int = 0, *, turned: bool = False) -> str:
        """The name in Latin letters: in the first spelling or another one, family name last unless `turned`."""
        words = [word.latin[spelling % len(word.latin)].title() for word in (self.given, self.family)]
        return " ".join(reversed(words) if turned else words)


class Pair(NamedTuple):
    """Two names, of one person or of two; `kind` says how they differ."""

    language: str
    kind: str
    one: str
    other: str
    is_same: bool


def pairs(npm: Path) -> list[Pair]:
    """Return all pairs; `npm` is a folder in which npm installed cldr-person-names-full."""
    dice = random.Random(SEED)
    found: list[Pair] = []
    for people in _people(dice):
        for person in people:
            found += _same(person, dice)
            found += _different(person, people)
    return list(dict.fromkeys([*found, *_foreigners(npm)]))


def _people(dice: random.Random) -> Iterator[list[Person]]:
    for language, families, givens in _words():
        pairs = [(family, given) for family in dice.sample(families, min(len(families), _EACH)) for given in givens]
        drawn = dice.sample([pair for pair in pairs if _are_two(*pair)], _EACH)
        yield [Person(language, given, family) for family, given in drawn]


def _words() -> Iterator[tuple[str, list[Word], list[Word]]]:
    for language, (families, givens) in _VARIANTS.items():
        both = [_variants(table, pairs=language == "Korean" and table == givens) for table in (families, givens)]
        yield language, both[0], both[1]
    japanese = import_module("faker.providers.person.ja_JP").Provider
    yield (
        "Japanese in kana",
        [Word(kana, (latin,)) for _, kana, latin in japanese.last_name_pairs],
        [Word(kana, (latin,)) for _, kana, latin in japanese.first_name_pairs],
    )
    for language, (locale, rules) in _OFFICIAL.items():
        provider = import_module(f"faker.providers.person.{locale}").Provider
        families = next(value for name in _TABLES_OF_FAMILIES if (value := getattr(provider, name, None)))
        yield language, _official(families, rules), _official(provider.first_names_male, rules)


_TABLES_OF_FAMILIES = ("last_names_male", "last_names")


def _variants(table: str, *, pairs: bool = False) -> list[Word]:
    """Return the names of a table of name-variants; syllables of Korean given names are put together in twos."""
    module = import_module(f"name_variants.{table}")
    names = next(value for name, value in vars(module).items() if name.isupper() and isinstance(value, dict))
    words = [
        Word(native, forms)
        for native, row in names.items()
        if (forms := tuple(dict.fromkeys(one for one in row["forms"] if one.isascii())))
    ]
    if not pairs:
        return words
    return [
        Word(one.native + other.native, (f"{one.latin[0]}-{other.latin[0]}", one.latin[:2][-1] + other.latin[:2][-1]))
        for one, other in zip(words, words[7:] + words[:7], strict=True)
    ]


def _official(names: Sequence[str], rules: str) -> list[Word]:
    in_latin = import_module("icu").Transliterator.createInstance(rules)
    return [Word(name, (in_latin.transliterate(name),)) for name in dict.fromkeys(names) if len(name) > 2]


def _are_two(family: Word, given: Word) -> bool:
    return family.native != given.native and not set(family.latin) & set(given.latin)


def _same(person: Person, dice: random.Random) -> Iterator[Pair]:
    language = person.language
    yield Pair(language, "another script", person.native, person.latin(), is_same=True)
    if max(len(person.family.latin), len(person.given.latin)) > 1:
        yield Pair(language, "another script and spelling", person.native, person.latin(1), is_same=True)
        if language != "Japanese":  # there another spelling is another reading, of another person
            yield Pair(language, "another spelling", person.latin(), person.latin(1), is_same=True)
    yield Pair(language, "another order", person.latin(), person.latin(turned=True), is_same=True)
    yield Pair(language, "a slip", person.latin(), _with_slip(person.latin(), dice), is_same=True)


def _different(person: Person, people: list[Person]) -> Iterator[Pair]:
    """Yield the name beside those of a brother and of a namesake, each with the most alike of a few names."""
    for kind, part in (("another given name", "given"), ("another family name", "family")):
        own = getattr(person, part)
        others = [word for other in people if not set((word := getattr(other, part)).latin) & set(own.latin)]
        if others:
            near = min(others[:_NEAREST], key=lambda word: OSA.normalized_distance(word.latin[0], own.latin[0]))
            other = person._replace(**{part: near})
            yield Pair(person.language, kind, person.latin(), other.latin(), is_same=False)
            yield Pair(person.language, f"{kind}, another script", person.native, other.latin(), is_same=False)
    if person.language == "Arabic":
        father = person.family.latin[0].title()
        son = person.given.latin[0].title()
        names = (f"{son} bin {father} Al Haddad", f"{father} bin {son} Al Haddad")
        yield Pair(person.language, "father and son", *names, is_same=False)


def _with_slip(text: str, dice: random.Random) -> str:
    """Return a name with two letters swapped, or one left out or doubled, inside a word."""
    places = [at for at in range(len(text) - 1) if text[at : at + 2].isalpha()]
    at = dice.choice(places)
    slips = (
        text[:at] + text[at + 1] + text[at] + text[at + 2 :],
        text[:at] + text[at + 1 :],
        text[:at] + text[at] + text[at:],
    )
    return dice.choice([slip for slip in slips if slip != text])


def _foreigners(npm: Path) -> Iterator[Pair]:
    """Yield the names of two foreigners in each language beside their own, and beside the other one's."""
    for language in _FOREIGN_IN:
        file = npm / "cldr-person-names-full" / "main" / language / "personNames.json"
        names = json.loads(file.read_text(encoding="utf-8"))["main"][language]["personNames"]["sampleName"]
        for which in _FOREIGNERS:
            native = " ".join(names[which][part] for part in ("given", "given2", "surname") if part in names[which])
            for other, name in _FOREIGNERS.items():
                yield Pair(f"foreigners in {language}", "another script", native, name, is_same=other == which)
