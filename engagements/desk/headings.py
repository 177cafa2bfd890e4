"""Titles of meetings as pages show them: one that the register made of kind and names is in the reader's language."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext

from engagements.rules.made_titles import MOST_NAMES, made_title
from engagements.vocabulary import EngagementKind, Side
from sgoffice.languages.sentences import said


def shown_title(document: Mapping[str, Any]) -> str:
    """Return the title of a meeting; what somebody wrote stays as it is."""
    title, kind = str(document["title"]), EngagementKind(document["kind"]).label
    if not title.startswith(kind):
        return title
    names = [_name(one) for one in document["participants"] if one["side"] == Side.THEIRS]
    if title != made_title(kind, names):
        return title
    if not names:
        return said(kind)
    who = gettext(" and ").join(names[:MOST_NAMES])
    return gettext("%(kind)s with %(who)s") % {"kind": said(kind), "who": who}


def _name(participant: Mapping[str, Any]) -> str:
    who = participant["person"] or participant["organization"] or {}
    return str(who.get("name") or (participant["group"] or {}).get("description", ""))
