"""Names of States beside rigour: how many of held-out names are understood, and how many wrongly, in one run.

    python -m tests.bench.places SOURCES HELD_OUT

SOURCES is a folder of packages with rigour (`make places` leaves var/places/lib/*/site-packages), HELD_OUT one of files
`{"locale": …, "countries": {code: name or names}}`, such as the languages of the npm package i18n-iso-countries, from
which no table is compiled. Neither is in the locks.
"""

import json
import random
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import django

FORMS = ("{}", "Government of {}", "Republic of {}", "State of {}")
SEED = 7


class Name(NamedTuple):
    language: str
    code: str
    text: str


def held_out(folder: Path) -> Iterator[Name]:
    for file in sorted(folder.glob("*.json")):
        table = json.loads(file.read_text(encoding="utf-8"))
        for code, said in table["countries"].items():
            for text in [said] if isinstance(said, str) else said:
                yield Name(table["locale"], code, text)


def misspelt(names: list[Name]) -> Iterator[Name]:
    """Yield each name of six letters or more with one slip: two letters swapped, one left out, doubled or mistaken."""
    dice = random.Random(SEED)
    for name in names:
        text = name.text
        places = [at for at in range(1, len(text) - 1) if text[at].isalpha() and text[at + 1].isalpha()]
        if len(text) < 6 or not places:
            continue
        at = dice.choice(places)
        slips = (
            text[:at] + text[at + 1] + text[at] + text[at + 2 :],
            text[:at] + text[at + 1 :],
            text[:at] + text[at] + text[at:],
            text[:at] + dice.choice("aeiourstlnm") + text[at + 1 :],
        )
        yield name._replace(text=dice.choice(slips))


def compare(title: str, names: list[Name]) -> None:
    from rigour.territories import lookup_territory

    from sgoffice.places.suggestions import suggest

    first = five = theirs = 0
    ours, rigours = 0.0, 0.0
    for name in names:
        start = time.perf_counter()
        codes = [one.code for one in suggest(name.text, most=5)]
        ours += time.perf_counter() - start
        start = time.perf_counter()
        found = lookup_territory(name.text, fuzzy=True)
        rigours += time.perf_counter() - start
        first += codes[:1] == [name.code]
        five += name.code in codes
        theirs += found is not None and found.code.upper() == name.code
    many = len(names)
    languages = len({name.language for name in names})
    sys.stdout.write(
        f"{title}: {many} names in {languages} languages; first {first / many:.3f}, among five {five / many:.3f}, "
        f"{1000 * ours / many:.1f} ms each; rigour {theirs / many:.3f}, {1000 * rigours / many:.1f} ms each\n"
    )


def count_wrong_links(names: list[Name]) -> None:
    """Count the pairs of a State's name and the code of another that would be linked, of all names and codes."""
    from sgoffice.directory.services.places import _state_of
    from sgoffice.places.codes import known_codes
    from sgoffice.places.states import state_called

    codes, pairs, wrong = sorted(known_codes()), 0, []
    for name in names:
        for form in FORMS:
            meaning = state_called(form.format(name.text))
            linked = [code for code in (None, *codes) if meaning and _state_of(meaning, code) not in ("", name.code)]
            pairs += len(codes) + 1
            wrong += [(form.format(name.text), name.code, code) for code in linked]
    shown = "".join(f"\n  {text}: {code} in the list, linked beside {other}" for text, code, other in wrong[:40])
    sys.stdout.write(f"wrong links: {len(wrong)} of {pairs} pairs{shown}\n")


def main(sources: str, folder: str) -> None:
    django.setup()
    sys.path.append(sources)
    names = list(held_out(Path(folder)))
    latin = [name for name in names if name.language in {"en", "fr", "es", "de", "it", "pt", "nl", "pl"}]
    compare("held out", names)
    compare("misspelt", list(misspelt(latin)))
    count_wrong_links(names)


if __name__ == "__main__":
    main(*sys.argv[1:])
