"""Country and Office."""

from typing import ClassVar, Self

from django.db import models

from sgoffice.directory.models.names import NamedRecord
from sgoffice.directory.querysets import CountryManager
from sgoffice.directory.vocabulary import CountryStatus, OfficeKind
from sgoffice.records.models import PartialDateField, partial_date_check


class Country(NamedRecord):
    """A country, a former State, or a code that stands for none. Others refer to it by its code."""

    code = models.CharField(
        max_length=8, unique=True, help_text="ISO 3166-1 alpha-2, ISO 3166-3 for a former State, XK, or X- and a word."
    )
    alpha3 = models.CharField(max_length=3, blank=True, help_text="ISO 3166-1 alpha-3.")
    numeric = models.CharField(max_length=3, blank=True, help_text="ISO 3166-1 numeric, as M49 uses it.")
    names = models.JSONField(default=dict, blank=True, help_text="The name by language code.")
    status = models.CharField(max_length=20, choices=CountryStatus, default=CountryStatus.NOT_A_MEMBER)
    regions = models.JSONField(default=list, blank=True, help_text="[{scheme, code, name}], widest first.")
    memberships = models.JSONField(
        default=list, blank=True, help_text="[{organization, is_member, since, name}]: of what it is a member."
    )
    ended = PartialDateField(help_text="When the State or its code ceased.")

    objects: ClassVar[CountryManager[Self]] = CountryManager()

    class Meta(NamedRecord.Meta):
        verbose_name_plural = "countries"
        constraints: ClassVar = [partial_date_check("ended", of="country")]

    def all_names(self) -> list[str]:
        """Return every name under which the country can be found."""
        return [*super().all_names(), self.code, self.alpha3, *self.names.values()]


class Office(NamedRecord):
    """A seat or office of our own organization."""

    kind = models.CharField(max_length=32, choices=OfficeKind)
    city = models.CharField(max_length=120)
    country = models.ForeignKey(
        Country, models.PROTECT, to_field="code", db_column="country", related_name="offices", help_text="Its code."
    )
    opened = PartialDateField(help_text="When it was opened.")
    closed = PartialDateField(help_text="When it ceased to be used.")
    serves = models.CharField(max_length=200, blank=True, help_text="The region that it serves.")

    class Meta(NamedRecord.Meta):
        constraints: ClassVar = [
            partial_date_check("opened", of="office"),
            partial_date_check("closed", of="office"),
        ]
