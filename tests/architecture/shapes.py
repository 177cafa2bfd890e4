"""The outline of every document: `python -m tests.architecture.shapes` writes documents.json anew."""

import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import django
from rest_framework import serializers

SHAPES = Path(__file__).with_name("documents.json")


def shapes() -> dict[str, Any]:
    """Return renderer and fields of every document, as the program has them: staff's, and under `partners` theirs."""
    from sgoffice import documents  # the settings are needed first
    from sgoffice.documents import publications

    found: dict[str, Any] = {
        kind: {"renderer": recipe.renderer, "fields": _outline(recipe.shape())}
        for kind, recipe in sorted(documents.recipes().items())
    }
    for kind, publication in publications.publications().items():
        found[kind]["partners"] = {
            "renderer": publication.renderer,
            "schema": publication.schema,
            "fields": _outline(publications.description_of(kind)()),
        }
    return found


def without_another_renderer(kept: dict[str, Any], now: dict[str, Any]) -> list[str]:
    """Return the documents whose fields differ, although their renderer is the same."""
    found = []
    for kind in sorted(kept.keys() & now.keys()):
        pairs = [(kind, kept[kind], now[kind])]
        if "partners" in kept[kind] and "partners" in now[kind]:
            pairs.append((f"{kind} for partners", kept[kind]["partners"], now[kind]["partners"]))
        found += [
            name
            for name, before, after in pairs
            if before["fields"] != after["fields"] and before["renderer"] == after["renderer"]
        ]
    return found


def nested_in(shape: Any) -> Iterator[serializers.Serializer]:
    """Yield every serializer inside a serializer."""
    for field in shape.fields.values():
        inner = _inner(field)
        if isinstance(inner, serializers.Serializer):
            yield inner
            yield from nested_in(inner)


def _outline(shape: Any) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, field in shape.fields.items():
        inner = _inner(field)
        found[name] = _outline(inner) if isinstance(inner, serializers.Serializer) else type(inner).__name__
    return found


def _inner(field: Any) -> Any:
    return field.child if isinstance(field, serializers.ListSerializer) else field


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sgoffice.settings")
    django.setup()
    SHAPES.write_text(json.dumps(shapes(), indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
