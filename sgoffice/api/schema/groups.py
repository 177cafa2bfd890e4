"""The groups of operations in the documents of the API, each with what it is about."""

import inspect
from typing import Any

from rest_framework.viewsets import ViewSetMixin

#: Of those that are no kind of record.
_ABOUT = {
    "counterparts": "Briefs on people, organizations and countries before a meeting.",
    "deadlines": "What the office has to do, by when, and about which record.",
    "directory": "Search for people, organizations, countries and posts by any of their names.",
    "duplicates": "Pairs of records that may be one and the same, to merge or to keep apart for good.",
    "me": "Who is signed in: role and rights, language and clocks, tokens and calendar links.",
    "oauth": "Access tokens of partners' systems (RFC 6749).",
    "partner": "What partners' systems pull: who they are, a snapshot, changes, digests, records, texts and pings.",
    "reports": "Figures of a period: activity, coverage, promises, decisions, a year against the one before.",
    "retention": "What is due to be erased by the rules of retention.",
    "search": "One search over records of every kind.",
    "trace": "Who read, exported or was refused what, for auditors.",
}


def describe_groups(result: dict[str, Any], generator: Any) -> None:
    """Name every group of operations once for all, as readers of the document look for it there."""
    used = {group for path in result["paths"].values() for item in path.values() for group in item.get("tags", ())}
    views = {path.strip("/").split("/")[-1]: view for path, _, _, view in reversed(_endpoints(generator))}
    result["tags"] = [{"name": group, "description": _about(group, views.get(group))} for group in sorted(used)]


def _endpoints(generator: Any) -> list[Any]:
    return [one for one in generator._get_paths_and_endpoints() if isinstance(one[3], ViewSetMixin)]


def _about(group: str, view: Any) -> str:
    """Return what a group is about: of a kind of record, the first paragraph about its view."""
    if group in _ABOUT or view is None:
        return _ABOUT[group]
    return " ".join((inspect.getdoc(type(view)) or "").split("\n\n")[0].split())
