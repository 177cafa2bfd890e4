"""Form fields for imprecise dates, texts by language, and lists of short texts."""

import json
from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from unfold.widgets import UnfoldAdminTextareaWidget, UnfoldAdminTextInputWidget

from sgoffice.admin.formatting import LANGUAGES
from sgoffice.records.partial_dates import PartialDate
from sgoffice.records.written_dates import written_date

_HOW_TO = (
    "21 November 2016, November 2016, 2016; also 2016-11-21, a decade 196X, or an interval with /; "
    "add ~ for approximately, ? for uncertain."
)


class JsonInput(forms.HiddenInput):
    """The value of a structured field that the user saw, as hidden JSON."""

    def format_value(self, value: object) -> str:
        return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


class StructuredField(forms.Field):
    """Base of fields whose value is a list or a mapping, compared as such and not as text."""

    hidden_widget: type[forms.HiddenInput] = JsonInput

    def to_python(self, value: object) -> Any:
        """Return the value; text comes from the hidden input and is JSON."""
        if isinstance(value, str):
            try:
                value = json.loads(value) if value else None
            except json.JSONDecodeError:
                raise ValidationError("This value is malformed: reload the page.", code="invalid") from None
        return self.normalize(value)

    def normalize(self, value: Any) -> Any:
        """Return the value in its canonical form, without empty rows."""
        raise NotImplementedError

    def has_changed(self, initial: object, data: object) -> bool:
        return not self.disabled and self.to_python(initial) != self.to_python(data)


class TextListField(StructuredField):
    """A list of texts, one per line."""

    hidden_widget = forms.HiddenInput  # its text is the list
    widget = UnfoldAdminTextareaWidget(attrs={"rows": 3})

    def prepare_value(self, value: object) -> object:
        return "\n".join(value) if isinstance(value, list | tuple) else value

    def to_python(self, value: object) -> list[str]:
        if isinstance(value, str):
            return [line.strip() for line in value.splitlines() if line.strip()]
        return self.normalize(value)

    def normalize(self, value: Any) -> list[str]:
        return [str(item) for item in value or ()]


class LanguagesWidget(forms.MultiWidget):
    """One labelled input for each language of the office; texts in other languages are kept."""

    template_name = "office_admin/languages.html"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        self.codes = list(LANGUAGES)
        super().__init__({code: UnfoldAdminTextInputWidget() for code in self.codes}, attrs)

    def get_context(self, name: str, value: object, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        for code, widget in zip(self.codes, context["widget"]["subwidgets"], strict=True):
            widget["label"] = LANGUAGES[code]
            widget["attrs"] |= {"lang": code, "dir": "auto", "aria-label": LANGUAGES[code]}
        context["widget"]["others"] = self._others(value)
        return context

    def decompress(self, value: Any) -> list[str]:
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
        return f"{name}_{self.codes[0]}" not in data

    def _others(self, value: object) -> str:
        texts = value if isinstance(value, dict) else {}
        others = {key: text for key, text in texts.items() if key not in self.codes}
        return json.dumps(others, ensure_ascii=False)


class LanguagesField(StructuredField):
    """Texts by language code, one input each."""

    widget = LanguagesWidget

    def normalize(self, value: object) -> dict[str, str]:
        given = value if isinstance(value, Mapping) else {}
        return {str(code): str(text) for code, text in given.items() if text}


class PartialDateInput(forms.CharField):
    """An imprecise date."""

    widget = UnfoldAdminTextInputWidget(attrs={"placeholder": "2016-11-21", "class": "register-date", "dir": "ltr"})

    def __init__(self, **kwargs: Any) -> None:
        kwargs.pop("max_length", None)
        # the formats are in a tooltip, because a form may have six dates
        super().__init__(max_length=32, empty_value=None, **kwargs)
        self.widget.attrs["title"] = _HOW_TO

    def clean(self, value: object) -> str | None:
        """Return the text of a date; raises ValidationError for an invalid one."""
        text = super().clean(value)
        if text is None:
            return None
        try:
            return PartialDate.parse(written_date(text)).text
        except ValueError as error:
            raise ValidationError(str(error), code="invalid") from None
