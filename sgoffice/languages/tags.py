"""What every template may use: `said` for words of the register, and dates as the language of the page writes them."""

from datetime import date as day
from typing import Any

from django import template
from django.template.defaultfilters import date as date_filter
from django.utils.translation import get_language

from sgoffice.languages import sentences
from sgoffice.languages.french import with_article, with_first
from sgoffice.languages.words import days_in_words, partial_date_in_words

register = template.Library()


@register.filter
def said(text: Any) -> str:
    """Return a word or sentence of the register in the language of the page."""
    return sentences.said(text) if text else ""


@register.filter(expects_localtime=True, is_safe=False)
def date(value: Any, pattern: str | None = None) -> Any:
    """Return a date by Django's filter; in French, the first of a month is “1er”."""
    shown = date_filter(value, pattern)
    return with_first(shown) if get_language() == "fr" else shown


@register.filter
def in_words(text: str | None) -> str:
    """Return a stored date, exact or not, as people write it."""
    return partial_date_in_words(text)


@register.simple_tag
def days(first: day, last: day) -> str:
    """Return from which day until which something lasts."""
    return days_in_words(first, last)


@register.filter
def dated(text: str) -> str:
    """Return a date in words as it stands in a sentence: in French, a day has its article."""
    return with_article(text) if get_language() == "fr" and text else text
