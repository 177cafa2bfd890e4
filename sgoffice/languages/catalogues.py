"""Catalogues of messages: read from a .po file, written to one, and compiled to the .mo file that gettext reads."""

import ast
import struct
from collections.abc import Iterable, Mapping
from pathlib import Path

#: What gettext must know of a catalogue; two forms for numbers, as in French.
_HEAD = "Content-Type: text/plain; charset=UTF-8\nContent-Transfer-Encoding: 8bit\nLanguage: {}\n{}"
_PLURALS = "Plural-Forms: nplurals=2; plural=(n > 1);\n"
_MAGIC = 0x950412DE
#: Between the English forms of a message that has a plural, and between its translations.
PLURAL = "\0"
FOLDER = Path(__file__).parent / "locale"


def path_of(language: str, ending: str = "po") -> Path:
    """Return where the catalogue of a language lies."""
    return FOLDER / language / "LC_MESSAGES" / f"django.{ending}"


def read_catalogue(path: Path) -> dict[str, str]:
    """Return the translations of a .po file by their English; those of a plural are joined by PLURAL."""
    found: dict[str, str] = {}
    for block in path.read_text(encoding="utf-8").split("\n\n"):
        parts = _parts(block)
        if not parts.get("msgid"):
            continue
        forms = [text for name, text in parts.items() if name.startswith("msgstr")]
        english = PLURAL.join(filter(None, (parts["msgid"], parts.get("msgid_plural"))))
        found[english] = PLURAL.join(forms)
    return found


def _parts(block: str) -> dict[str, str]:
    parts: dict[str, str] = {}
    name = ""
    for line in block.splitlines():
        if line.startswith("msg"):
            name, _, text = line.partition(" ")
            parts[name] = ast.literal_eval(text)
        elif line.startswith('"'):
            parts[name] += ast.literal_eval(line)
    return parts


def write_catalogue(
    path: Path, messages: Mapping[str, str], places: Mapping[str, Iterable[str]], language: str
) -> None:
    """Write a .po file, in the order of its messages, each with where it is said."""
    blocks = ['msgid ""\nmsgstr ""\n' + "\n".join(map(_quoted, _head(language).splitlines(keepends=True)))]
    for english, translated in messages.items():
        said = "".join(f"#: {place}\n" for place in places.get(english, ()))
        one, _, many = english.partition(PLURAL)
        if many:
            forms = translated.split(PLURAL) if translated else ["", ""]
            lines = [f"msgid {_quoted(one)}", f"msgid_plural {_quoted(many)}"]
            lines += [f"msgstr[{number}] {_quoted(form)}" for number, form in enumerate(forms)]
        else:
            lines = [f"msgid {_quoted(one)}", f"msgstr {_quoted(translated)}"]
        blocks.append(said + "\n".join(lines))
    path.write_text("\n\n".join(blocks) + "\n", encoding="utf-8")


def _head(language: str) -> str:
    return _HEAD.format(language, _PLURALS)


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'"{escaped}"'


def compiled(messages: Mapping[str, str], language: str) -> bytes:
    """Return what gettext reads: the messages sorted by their English, those without a translation left out."""
    said = {"": _head(language)} | {english: text for english, text in messages.items() if text.strip(PLURAL)}
    pairs = sorted((english.encode(), text.encode()) for english, text in said.items())
    keys_at, texts_at = 28, 28 + 8 * len(pairs)
    place = texts_at + 8 * len(pairs)
    tables: list[list[int]] = [[], []]
    for which in (0, 1):
        for pair in pairs:
            tables[which] += [len(pair[which]), place]
            place += len(pair[which]) + 1
    head = struct.pack("<7I", _MAGIC, 0, len(pairs), keys_at, texts_at, 0, 0)
    numbers = [*tables[0], *tables[1]]
    body = b"".join(pair[which] + b"\0" for which in (0, 1) for pair in pairs)
    return head + struct.pack(f"<{len(numbers)}I", *numbers) + body
