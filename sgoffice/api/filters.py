"""The filters that lists share. Unknown parameters and invalid values are refused."""

from collections.abc import Collection
from datetime import date
from typing import Any, ClassVar
from uuid import UUID

import django_filters
from django import forms
from django.db.models import QuerySet
from django.http import QueryDict
from rest_framework import serializers

from sgoffice.api import pagination
from sgoffice.api.actors import actor_of
from sgoffice.changes.merging import same_records
from sgoffice.changes.references import find_each
from sgoffice.places.reading import UnclearPlace, read_country
from sgoffice.records.actors import ANONYMOUS, Actor
from sgoffice.records.characters import find_forbidden_character
from sgoffice.records.entries import ByName
from sgoffice.records.errors import InvalidEntry
from sgoffice.records.models import Entry
from sgoffice.records.partial_dates import PartialDate
from sgoffice.records.references import kind_named
from sgoffice.search import holding, is_askable

MAX_VALUES, MAX_TEXT = 50, 200
MAX_LENGTH = 2000  # a cursor is the longest


def check_parameters(given: QueryDict, known: Collection[str], *, many: Collection[str] = ()) -> None:
    """Refuse parameters that are unknown, empty, repeated (unless in `many`) or contain disallowed characters.

    An empty one is usually a variable of a script that was never set: it must not return everything.

    Raises ValidationError (400) naming the parameter.
    """
    for name, values in given.lists():
        if name not in known:
            shown = name.encode("ascii", "backslashreplace").decode()
            advice = f"use: {', '.join(sorted(known))}" if known else "this address takes none"
            raise pagination.invalid(shown, f"There is no such parameter; {advice}.")
        if len(values) > (MAX_VALUES if name in many else 1):
            times = f"at most {MAX_VALUES} times" if name in many else "once"
            raise pagination.invalid(name, f"Give it {times}.")
        for value in values:
            if not value:
                raise pagination.invalid(name, "It is empty: give it a value, or leave the parameter out.")
            if len(value) > MAX_LENGTH:
                raise pagination.invalid(name, f"Use at most {MAX_LENGTH} characters.")
            if (found := find_forbidden_character(value)) is not None:
                raise pagination.invalid(name, f"It {found.advice}")


class _StrictDateField(forms.Field):
    def clean(self, value: Any) -> PartialDate | None:
        if not value:
            return None
        try:
            return PartialDate.parse(value)
        except ValueError as error:
            raise forms.ValidationError(str(error)) from None


class DateFilter(django_filters.Filter):
    """A date of any precision; the method gets a PartialDate."""

    field_class = _StrictDateField


class _DayField(forms.Field):
    def clean(self, value: Any) -> date | None:
        if not value:
            return None
        try:
            parsed = PartialDate.parse(value)
        except ValueError:
            parsed = None
        if parsed is None or not parsed.is_exact:
            raise forms.ValidationError("Write a day such as 2016-11-21.")
        return parsed.earliest


class DayFilter(django_filters.Filter):
    field_class = _DayField


class _RecordField(forms.Field):
    def clean(self, value: Any) -> UUID | ByName | None:
        if not value:
            return None
        try:
            return UUID(value)
        except ValueError:
            return ByName(name=value)


class IdFilter(django_filters.Filter):
    """A record by its id, its reference or its name; a merged record counts as its survivor, and the other way round.

    The table of `records.references` says of which kind it is, by the name of the parameter. The id of a record that
    the reader may not see finds nothing, like an unknown one.
    """

    field_class = _RecordField

    def __init__(self, *args: Any, takes_names: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.takes_names = takes_names

    def filter(self, qs: QuerySet[Any], value: UUID | None) -> QuerySet[Any]:
        """Keep rows that refer to the record. A filter with a `method` gets the id as it is."""
        return qs if value is None else qs.filter(**{f"{self.field_name}__in": same_records([value])})


class _CountryField(forms.Field):
    def clean(self, value: Any) -> str:
        if not value:
            return ""
        try:
            return read_country(value)
        except UnclearPlace as error:
            raise forms.ValidationError(str(error)) from None


class CountryFilter(django_filters.Filter):
    """A country by any of its codes or names; the method gets the code of its record."""

    field_class = _CountryField


class _TextField(forms.Field):
    def clean(self, value: Any) -> str:
        text = (value or "").strip()
        if len(text) > MAX_TEXT:
            raise forms.ValidationError(f"Use at most {MAX_TEXT} characters.")
        return text


class TextFilter(django_filters.Filter):
    field_class = _TextField


class _WordsField(_TextField):
    def clean(self, value: Any) -> str:
        text = super().clean(value)
        if text and not is_askable(text):
            raise forms.ValidationError("Write a word of two letters or digits at least, such as yaounde.")
        return text


class SearchFilter(TextFilter):
    """Words that a record holds, found as `/search` finds them; if none does, names that are spelled nearly so."""

    field_class = _WordsField

    def filter(self, qs: QuerySet[Any], value: str) -> QuerySet[Any]:
        request = getattr(self.parent, "request", None)
        return holding(qs, value, by=actor_of(request) if request is not None else None)


class _FlagField(forms.Field):
    def clean(self, value: Any) -> bool | None:
        if value in (None, ""):
            return None
        if value not in ("true", "false"):
            raise forms.ValidationError("Write true or false.")
        return value == "true"


class FlagFilter(django_filters.Filter):
    field_class = _FlagField


class _ManyChoicesField(forms.MultipleChoiceField):
    def to_python(self, value: Any) -> list[str]:
        return [item for part in super().to_python(value) for item in part.split(",") if item]


class ManyChoicesFilter(django_filters.MultipleChoiceFilter):
    """One or several values of a vocabulary, repeated or separated by commas."""

    field_class = _ManyChoicesField


_ID_NEEDED = "Write the id of a record (a UUID)."
#: The parameters for the two ends of a period.
_PERIODS = (("from", "until"), ("due_from", "due_until"))


def _first_day(value: PartialDate | date) -> date:
    return value.earliest if isinstance(value, PartialDate) else value


def _last_day(value: PartialDate | date) -> date:
    return value.latest if isinstance(value, PartialDate) else value


class RecordFilterSet(django_filters.FilterSet):
    """The filters of a list; `rows()` applies them strictly."""

    #: Filters of which each value means the same rows whoever asks and whenever, without a look into the database.
    settled: ClassVar[frozenset[str]] = frozenset()
    #: Parameters that mean nothing without one of these.
    companions: ClassVar[dict[str, tuple[str, ...]]] = {}

    q = SearchFilter(label="Words that it contains, in any order, ignoring accents and case, as in `/search`.")

    def __init__(self, data: Any = None, *args: Any, **kwargs: Any) -> None:
        known = self.known()
        many = {name for name, item in known.items() if isinstance(item, ManyChoicesFilter)}
        check_parameters(data if data is not None else QueryDict(), {*known, *pagination.PARAMETERS}, many=many)
        # the library copies every filter that it knows for each request; only those that are asked for are needed
        self.__dict__["base_filters"] = {name: item for name, item in known.items() if data and name in data}
        super().__init__(data, *args, **kwargs)

    @classmethod
    def known(cls) -> dict[str, Any]:
        """Return every filter of the list by the name of its parameter."""
        filters: dict[str, Any] = vars(cls)["base_filters"]
        return filters

    def rows(self) -> QuerySet[Any]:
        """Return the rows that match; raises ValidationError (400) naming the parameter."""
        if not self.is_valid():
            errors = {name: [str(item) for item in items] for name, items in self.errors.items()}
            raise serializers.ValidationError(errors)
        self._find_named()
        self._require_sense()
        return self.qs.none() if self.names_hidden_record() else self.qs

    def _find_named(self) -> None:
        """Put ids in place of references and names; raises InvalidEntry with the candidates for those not found."""
        given = self.form.cleaned_data
        named = {name: one.name for name, one in given.items() if isinstance(one, ByName)}
        if unknown := [name for name in named if not (self.filters[name].takes_names and kind_named(name))]:
            raise InvalidEntry([(f"/{name}", _ID_NEEDED) for name in unknown])
        wanted = {f"/{name}": (kind_named(name), text) for name, text in named.items()}
        for where, meant in find_each(wanted, by=self.reader, readers=None).items():
            given[where[1:]] = meant.id

    def _require_sense(self) -> None:
        """Raise ValidationError for a period that ends before it begins, and for what would change nothing."""
        for name, others in self.companions.items():
            if name in self.data and not any(other in self.data for other in others):
                raise pagination.invalid(name, f"It goes with {' or '.join(f'`{other}`' for other in others)}.")
        for first, last in _PERIODS:
            start, end = self.form.cleaned_data.get(first), self.form.cleaned_data.get(last)
            if start and end and _first_day(start) > _last_day(end):
                detail = f"This is before `{first}`: nothing is in that period. Exchange the two."
                raise pagination.invalid(last, detail)

    def names_hidden_record(self) -> bool:
        """Tell whether a parameter is the id of a record that the reader may not see."""
        given = self.form.cleaned_data
        ids = [given[name] for name, item in self.filters.items() if isinstance(item, IdFilter) and given.get(name)]
        return bool(ids) and Entry.objects.filter(pk__in=ids).hidden_from(self.reader).exists()

    @property
    def reader(self) -> Actor:
        """Who asks."""
        return actor_of(self.request) if self.request is not None else ANONYMOUS


class PeriodFilterSet(RecordFilterSet):
    """`from`, `until` and `certain` on the imprecise date that a subclass names in `period`.

    A record matches if the days its date can mean overlap the period; with certain=true, if all of them are in it.
    """

    period = ""
    settled = frozenset({"from", "until", "certain"})
    companions: ClassVar = {"certain": ("from", "until")}

    certain = FlagFilter(method="keep", label="Only records whose date is certainly in the period.")

    @classmethod
    def get_filters(cls) -> Any:
        """Add `from`, which cannot be the name of a class attribute."""
        filters = super().get_filters()
        filters["from"] = DateFilter(method="keep", label="From this day, month or year, inclusive.")
        filters["until"] = DateFilter(method="keep", label="Until this day, month or year, inclusive.")
        return filters

    def keep(self, rows: QuerySet[Any], name: str, value: Any) -> QuerySet[Any]:
        """Keep all rows: `filter_queryset` applies the three parameters together."""
        return rows

    def filter_queryset(self, queryset: QuerySet[Any]) -> Any:
        rows: Any = super().filter_queryset(queryset)
        start, end = self.form.cleaned_data.get("from"), self.form.cleaned_data.get("until")
        if start is None and end is None:
            return rows
        return rows.overlaps(
            self.period,
            start.earliest if start else None,
            end.latest if end else None,
            certain=bool(self.form.cleaned_data.get("certain")),
        )
