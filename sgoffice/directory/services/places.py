"""Countries by their names: those of the table of all States, and those that this register alone knows."""

from sgoffice.directory.models import Country


def codes_called(text: str) -> list[str]:
    """Return the codes of the countries of the register with exactly this code, or this name among theirs."""
    rows = Country.objects.live()
    return list((rows.filter(code=text.upper()) | rows.called(text)).order_by("code").values_list("code", flat=True))
