"""The site of the facts: valid HTML, whole links, linked data and a feed that other programs read, no canary."""

import csv
import io
import json
import posixpath
import re
from datetime import date
from pathlib import Path

import feedparser
import html5lib
import pytest
from pyld import jsonld

from engagements import services as log
from engagements.models import Engagement
from engagements.public_register import services
from sgoffice.changes.door import ANY_VERSION
from sgoffice.records.actors import OFFICE
from sgoffice.records.entries import Correction
from tests.engagements.public_register.publishing import publish, site
from tests.factories import engagements as make

_SCHEMA = "https://schema.org/"


@pytest.fixture
def files(loaded_register, chief, settings):
    """The site of 2014 to 2024, with canaries in every field that is not for the public."""
    settings.PUBLICATION_URL = "https://register.example.org/"
    plant_canaries()
    publish("2014-01-01", "2024-12-31", by=chief)
    return site()


def plant_canaries():
    """Write CANARY into what the public never reads: hidden records, and hidden fields of public ones."""
    make.engagement(title="CANARY-1", marking="internal", summary="CANARY-2", participants=(make.group("CANARY-3"),))
    make.engagement(
        title="CANARY-4", marking="restricted", city="CANARY-5", participants=(make.theirs(title="CANARY-6"),)
    )
    public = Engagement.objects.live().filter(held_earliest=date(2019, 2, 7)).get()
    text = dict.fromkeys(("summary", "outcome", "venue"), "CANARY-7")
    given = {**text, "occasion": log.OccasionEntry(name="CANARY-8"), "caveats": ("CANARY-9",)}
    patch = Correction(log.EngagementEntry, given)
    log.correct_engagement(public.pk, patch, by=OFFICE, at=make.NOW, expected=ANY_VERSION)
    make.paper(public, title="CANARY-11", text="CANARY-12", marking="public")
    make.attachment(public, title="CANARY-13", marking="public")
    make.action_item(public, text="CANARY-14", marking="public")


def test_site_of_the_facts_is_valid_whole_and_says_nothing_that_is_not_public(files):
    pages = {path: text for path, text in files.items() if path.endswith(".html")}

    assert not [path for path, text in files.items() if "CANARY" in text]
    assert len(json.loads(files["register.json"])["entries"]) == 86
    for path, text in pages.items():
        html5lib.HTMLParser(strict=True).parse(text)
        ids = re.findall(r'\bid="([^"]+)"', text)
        assert len(ids) == len(set(ids)), path
    assert broken_links(files) == []
    assert "2019.html" in files["index.html"]
    assert {path.partition("/")[0] for path in files} >= {"years", "countries", "organizations", "register.csv"}


def broken_links(files):
    """The links inside the site that lead nowhere, from pages, with the places in pages that they name."""
    found = []
    for path, text in files.items():
        for link in re.findall(r'\bhref="([^"]*)"', text) if path.endswith(".html") else ():
            target, _, place = link.partition("#")
            to = posixpath.normpath(posixpath.join(posixpath.dirname(path), target)) if target else path
            if to not in files or (place and f'id="{place}"' not in files[to]):
                found.append((path, link))
    return found


def test_linked_data_feed_and_files_are_read_by_other_programs(files):
    def vocabulary(url, options):
        assert url.rstrip("/") == _SCHEMA.rstrip("/")
        context = {"@vocab": _SCHEMA, "startDate": {"@type": "Date"}}
        return {"contextUrl": None, "documentUrl": url, "document": {"@context": context}}

    [text] = re.findall(r'<script type="application/ld\+json">(.*?)</script>', files["years/2019.html"], re.DOTALL)
    events = jsonld.expand(json.loads(text), {"documentLoader": vocabulary})
    feed = feedparser.parse(files["feed.atom"])
    rows = list(csv.DictReader(io.StringIO(files["register.csv"])))

    kagame = next(one for one in events if "Kagame" in one[f"{_SCHEMA}name"][0]["@value"])
    assert len(events) == files["years/2019.html"].count("<tr id=")
    assert kagame["@type"] == [f"{_SCHEMA}Event"]
    assert kagame[f"{_SCHEMA}startDate"][0]["@value"] == "2019-02-07"
    assert kagame[f"{_SCHEMA}location"][0][f"{_SCHEMA}address"][0][f"{_SCHEMA}addressCountry"][0]["@value"] == "RW"
    assert (feed.bozo, feed.version, len(feed.entries)) == (False, "atom10", 50)
    assert feed.entries[0].link.startswith("https://register.example.org/years/20")
    assert {one.id for one in feed.entries} <= {f"urn:uuid:{one['id']}" for one in entries(files)}
    assert {row["id"] for row in rows} == {one["reference"] for one in entries(files)}
    assert sum(len(one["counterparts"]) or 1 for one in entries(files)) == len(rows)


def entries(files):
    return json.loads(files["register.json"])["entries"]


def test_a_title_ends_no_element_and_is_no_markup(chief):
    make.engagement(title="</script><b>&amp; ]]> “CANARY”", marking="public", held="2024-05-15")
    publish("2024-01-01", "2024-12-31", by=chief)

    files = site()

    html5lib.HTMLParser(strict=True).parse(files["years/2024.html"])
    assert [path for path, text in files.items() if "<b>" in text and path.endswith((".html", ".atom"))] == []
    [text] = re.findall(r'<script type="application/ld\+json">(.*?)</script>', files["years/2024.html"], re.DOTALL)
    assert "</script><b>&amp; ]]> “CANARY”" in {one["name"] for one in json.loads(text)["@graph"]}
    assert feedparser.parse(files["feed.atom"]).bozo is False


def test_before_anything_is_published_the_site_says_so(db, tmp_path: Path):
    services.write_site(tmp_path, services.pages_of(services.site_now()))

    assert "Nothing has been published yet." in (tmp_path / "current" / "index.html").read_text()
