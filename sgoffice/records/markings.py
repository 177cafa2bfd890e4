"""Markings: who may see a record, and how markings compare."""

from collections.abc import Iterable

from django.db.models import TextChoices


class Marking(TextChoices):
    """Who may see a record, from widest to narrowest."""

    PUBLIC = "public", "Public"
    INTERNAL = "internal", "Internal"
    RESTRICTED = "restricted", "Restricted"


_WIDEST_FIRST = Marking.values


def is_narrower(marking: str, than: str) -> bool:
    """Tell whether fewer people may see a record of the first marking than one of the second."""
    return _WIDEST_FIRST.index(marking) > _WIDEST_FIRST.index(than)


def wider_than(marking: str) -> list[str]:
    return _WIDEST_FIRST[: _WIDEST_FIRST.index(marking)]


def narrowest(markings: Iterable[str]) -> str:
    """Return the narrowest of these markings; public if there are none."""
    return max((marking for marking in markings if marking), key=_WIDEST_FIRST.index, default=Marking.PUBLIC)
