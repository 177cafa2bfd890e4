"""When something was held, said as surely as it is known."""

from django.utils.translation import gettext

from engagements.vocabulary import DateBasis
from sgoffice.admin.formatting import readable_date


def held_in_words(held: str | None, basis: str) -> str:
    """Return the days of an engagement in words, those of a report as “or before”, inferred ones as such."""
    days = readable_date(held)
    if days and basis == DateBasis.REPORT:
        return f"{days} {gettext('or before')}"
    if days and basis == DateBasis.INFERRED:
        return f"{days} ({gettext('inferred')})"
    return days
