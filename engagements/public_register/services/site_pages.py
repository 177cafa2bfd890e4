"""The pages and files of the site: HTML by year, country and organization, JSON-LD in each, a feed, CSV and JSON."""

import io
from collections.abc import Iterable, Iterator, Mapping
from typing import Any
from urllib.parse import urljoin
from uuid import NAMESPACE_URL, uuid5

import orjson
from django.conf import settings
from django.template.loader import render_to_string
from django.utils.feedgenerator import rfc3339_date

from engagements.public_register.rules import PublicLine, rows_of
from engagements.public_register.services.linked_data import events_of
from engagements.public_register.services.register_table import TABLE
from engagements.public_register.services.site import Site
from sgoffice.exports.spreadsheets import CsvSheet
from sgoffice.records.date_words import day_in_words, days_in_words

_IN_FEED, _NEWEST = 50, 10
_TEMPLATES = "public_register/site"


def pages_of(site: Site) -> dict[str, bytes]:
    """Return every file of the site by its path."""
    return {path: content.encode() if isinstance(content, str) else content for path, content in _files(site)}


def _files(site: Site) -> Iterator[tuple[str, str | bytes]]:
    groups = _groups(site.lines)
    yield (
        "index.html",
        _page("index.html", "", site, groups=groups, newest=site.lines[:_NEWEST], periods=_periods(site)),
    )
    yield "withdrawn.html", _page("withdrawn.html", "", site, withdrawn=_withdrawn(site))
    yield "style.css", render_to_string(f"{_TEMPLATES}/style.css")
    yield "feed.atom", _feed(site)
    yield "register.csv", _csv(site.lines)
    yield "register.json", _json(site)
    for group in groups:
        for one in group["pages"]:
            context = {"title": one["name"], "lines": one["lines"], "linked": events_of(one["lines"], _address(""))}
            yield one["path"], _page("list.html", "../", site, **context)


def _page(template: str, root: str, site: Site, **context: Any) -> str:
    given = {"site": site, "office": settings.PUBLICATION_TITLE, "root": root}
    return render_to_string(f"{_TEMPLATES}/{template}", given | context)


def _periods(site: Site) -> list[dict[str, Any]]:
    return [
        {
            "days": days_in_words(one.first, one.last),
            "count": site.lines_of(one),
            "is_nil": not one.lines,
            "at": day_in_words(one.at.date()),
        }
        for one in site.periods
    ]


def _withdrawn(site: Site) -> list[dict[str, Any]]:
    return [
        {"reference": one.reference, "at": day_in_words(one.published_at.date()), "is_changing": one.is_changing}
        for one in site.withdrawn
    ]


def _groups(lines: Iterable[PublicLine]) -> list[dict[str, Any]]:
    """Return the pages by year, by country and by organization, with the lines of each."""
    years: dict[str, Any] = {}
    countries: dict[str, Any] = {}
    organizations: dict[str, Any] = {}
    for line in lines:
        for year in line.years:
            _add(years, f"years/{year}.html", str(year), line)
        for code, name in line.countries.items():
            _add(countries, f"countries/{code.lower()}.html", name, line)
        for one in line.counterparts:
            if one.kind == "organization":
                _add(organizations, f"organizations/{one.key}.html", one.name, line)
    by_year = sorted(years.values(), key=lambda one: one["path"], reverse=True)
    return [
        {"title": "By year", "pages": by_year},
        {"title": "By country", "pages": _by_name(countries)},
        {"title": "By organization", "pages": _by_name(organizations)},
    ]


def _add(pages: dict[str, Any], path: str, name: str, line: PublicLine) -> None:
    """Add a line to a page, once; a page is called as in its newest line."""
    page = pages.setdefault(path, {"path": path, "name": name, "lines": []})
    if line not in page["lines"][-1:]:
        page["lines"].append(line)


def _by_name(pages: Mapping[str, Any]) -> list[dict[str, Any]]:
    return sorted(pages.values(), key=lambda one: (one["name"].casefold(), one["path"]))


def _feed(site: Site) -> str:
    newest = sorted(site.lines, key=lambda line: (site.agreed[line.id].at, line.first, line.id), reverse=True)
    entries = [
        {"line": line, "at": rfc3339_date(site.agreed[line.id].at), "address": _address(_place_of(line))}
        for line in newest[:_IN_FEED]
    ]
    updated = rfc3339_date(site.updated_at) if site.updated_at else "1970-01-01T00:00:00Z"
    context = {
        "entries": entries, "updated": updated, "office": settings.PUBLICATION_TITLE, "home": _address("index.html"),
        "itself": _address("feed.atom"), "feed_id": uuid5(NAMESPACE_URL, _address("feed.atom")).urn,
    }  # fmt: skip
    return render_to_string(f"{_TEMPLATES}/feed.atom", context)


def _place_of(line: PublicLine) -> str:
    return f"years/{line.first.year}.html#{line.reference}"


def _address(path: str) -> str:
    """Return the address of a page where the site is served; without one, the path from the site's root."""
    return urljoin(settings.PUBLICATION_URL, path) if settings.PUBLICATION_URL else path


def _csv(lines: Iterable[PublicLine]) -> bytes:
    """Return a row for each organization; no cell is computed by whoever opens the file."""
    found = io.BytesIO()
    sheet = CsvSheet(found, TABLE.columns)
    sheet.write([list(row.values()) for row in rows_of(lines)])
    sheet.close()
    return found.getvalue()


def _json(site: Site) -> bytes:
    told = {
        "office": settings.PUBLICATION_TITLE,
        "periods": [
            {"first": one.first, "last": one.last, "published_at": one.at, "entries": site.lines_of(one)}
            for one in site.periods
        ],
        "entries": site.lines,
        "withdrawn": [{"reference": one.reference, "is_changing": one.is_changing} for one in site.withdrawn],
    }
    return orjson.dumps(told, option=orjson.OPT_INDENT_2)
