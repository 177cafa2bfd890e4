"""Form fields of our own: imprecise dates, names by language, and lists of short texts."""

import json
from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from unfold.widgets import UnfoldAdminTextareaWidget, UnfoldAdminTextInputWidget

from sgoffice.admin.formatting import LANGUAGES
from sgoffice.records.partial_dates import PartialDate

_HOW_TO = (
    "A day 2016-11-21, a month 2016-11, a year 2016, a decade 196X or an interval with /; "
    "add ~ for about, ? for perhaps."
)


class JsonInput(forms.HiddenInput):
    """What the user saw of a field with a shape of its own, as hidden JSON."""

    def format_value(self, value: object) -> str:
        """Return the value as text."""
        return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


class StructuredField(forms.Field):
    """Base of fields whose value is a list or a mapping; compared as such, not as text."""

    hidden_widget: type[forms.HiddenInput] = JsonInput

    def to_python(self, value: object) -> Any:
        """Return the value; what the hidden input gives back is JSON."""
        if isinstance(value, str):
            try:
                value = json.loads(value) if value else None
            except json.JSONDecodeError:
                raise ValidationError("This cannot be read; load the page again.", code="invalid") from None
        return self.shaped(value)

    def shaped(self, value: Any) -> Any:
        """Return the value in its one shape, without empty rows."""
        raise NotImplementedError

    def has_changed(self, initial: object, data: object) -> bool:
        """Compare what the values say."""
        return not self.disabled and self.to_python(initial) != self.to_python(data)


class TextListField(StructuredField):
    """A list of texts, one per line."""

    hidden_widget = forms.HiddenInput  # its text is the list
    widget = UnfoldAdminTextareaWidget(attrs={"rows": 3})

    def prepare_value(self, value: object) -> object:
        """Return the lines as the text to edit."""
        return "\n".join(value) if isinstance(value, list | tuple) else value

    def to_python(self, value: object) -> list[str]:
        """Return the lines of the text."""
        if isinstance(value, str):
            return [line.strip() for line in value.splitlines() if line.strip()]
        return self.shaped(value)

    def shaped(self, value: Any) -> list[str]:
        """Return the texts."""
        return [str(item) for item in value or ()]


class LanguagesWidget(forms.MultiWidget):
    """One labelled input for each language of the office, and for others that the record has."""

    template_name = "office_admin/languages.html"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        self.codes = list(LANGUAGES)
        super().__init__({code: UnfoldAdminTextInputWidget() for code in self.codes}, attrs)

    def get_context(self, name: str, value: object, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """Label each input, and mark its language and direction for the browser."""
        context = super().get_context(name, value, attrs)
        for code, widget in zip(self.codes, context["widget"]["subwidgets"], strict=True):
            widget["label"] = LANGUAGES[code]
            widget["attrs"] |= {"lang": code, "dir": "auto", "aria-label": LANGUAGES[code]}
        context["widget"]["others"] = self._others(value)
        return context

    def decompress(self, value: Any) -> list[str]:
        """Return the text of each language."""
        return [(value or {}).get(code, "") for code in self.codes]

    def value_from_datadict(self, data: Mapping[str, Any], files: Any, name: str) -> Any:
        """Return the texts by language, including those without an input."""
        texts = super().value_from_datadict(data, files, name)
        try:
            others = json.loads(data.get(f"{name}_others") or "{}")
        except json.JSONDecodeError:
            others = {}
        kept = {str(key): str(text) for key, text in others.items()} if isinstance(others, dict) else {}
        given = {code: (text or "").strip() for code, text in zip(self.codes, texts, strict=True)}
        return kept | {code: text for code, text in given.items() if text}

    def value_omitted_from_data(self, data: Mapping[str, Any], files: object, name: str) -> bool:
        """Tell whether the form had this field at all."""
        return f"{name}_{self.codes[0]}" not in data

    def _others(self, value: object) -> str:
        known = value if isinstance(value, dict) else {}
        others = {key: text for key, text in known.items() if key not in self.codes}
        return json.dumps(others, ensure_ascii=False)


class LanguagesField(StructuredField):
    """Texts by language code, in one input each."""

    widget = LanguagesWidget

    def shaped(self, value: object) -> dict[str, str]:
        """Return the texts that are there."""
        given = value if isinstance(value, Mapping) else {}
        return {str(code): str(text) for code, text in given.items() if text}


class PartialDateInput(forms.CharField):
    """A date as imprecise as what is known."""

    widget = UnfoldAdminTextInputWidget(attrs={"placeholder": "2016-11-21", "class": "register-date", "dir": "ltr"})

    def __init__(self, **kwargs: Any) -> None:
        kwargs.pop("max_length", None)
        # what a date may look like is said where the pointer rests, not below each of six dates
        super().__init__(max_length=32, empty_value=None, **kwargs)
        self.widget.attrs["title"] = _HOW_TO

    def clean(self, value: object) -> str | None:
        """Return the text of a date; says what is wrong with one that is none."""
        text = super().clean(value)
        if text is None:
            return None
        try:
            return PartialDate.parse(text).text
        except ValueError as error:
            raise ValidationError(str(error), code="invalid") from None
