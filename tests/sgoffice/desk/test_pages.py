"""What all pages of the desk share: sign-in, frame, policy; nothing inline, nothing from another host."""

import hashlib
import re

import pytest
from django.test import Client

from tests.architecture.source import ROOT
from tests.factories import directory
from tests.factories import engagements as make
from tests.factories.accounts import signed_in

pytestmark = pytest.mark.django_db
_CODE = re.compile(r"\b[a-z]+_[a-z_]+\b")
_ID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-")
_INSTANT = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}")
_INLINE = re.compile(r"<style|\sstyle=|\son[a-z]+=|<script(?![^>]*\ssrc=)|hx-on")


@pytest.fixture
def addresses():
    directory.country("JP", "Japan")
    person = directory.person("Keiko Abe")
    who = make.theirs(person=person, title="Director", country="JP")
    start = make.NOW.replace(hour=7)
    met = make.engagement(
        title="Call", status="held", starts_at=start, ends_at=start.replace(hour=8), time_zone="Asia/Tokyo",
        meeting_format="in_person", participants=(who,), kind="courtesy_call",
    )  # fmt: skip
    make.action_item(met, text="Write to them", owed_by="theirs")
    return [
        "/desk/", "/desk/?week=2026-03-02", "/desk/log", f"/desk/engagements/{met.reference}",
        f"/desk/counterparts/person/{person.pk}", "/desk/counterparts/country/JP",
    ]  # fmt: skip


def test_pages_are_whole_and_say_things_in_words(addresses):
    officer = signed_in("officer")
    for address in addresses:
        page = officer.get(address)
        source = page.content.decode()
        text = re.sub(r"<[^>]*>", " ", source)

        assert page.status_code == 200, address
        assert "unsafe" not in page["Content-Security-Policy"]
        assert _INLINE.findall(source) == [], address
        assert re.findall(r'(?:src|href|action)="(?:https?:)?//', source) == [], address
        assert [pattern.findall(text) for pattern in (_CODE, _ID, _INSTANT)] == [[], [], []], address
        assert len(re.findall("<h1", source)) == 1
        assert len(source) < 100_000
        ids = re.findall(r'\sid="([^"]+)"', source)
        assert len(ids) == len(set(ids)), address
        inputs = re.findall(r'<(?:input|select|textarea)(?![^>]*type="hidden")[^>]*\sid="([^"]+)"', source)
        assert [one for one in inputs if f'for="{one}"' not in source] == []


def test_who_is_not_signed_in_is_led_there_and_back(addresses):
    for address in addresses:
        answer = Client().get(address)
        assert answer.status_code == 302
        assert answer["Location"].startswith("/admin/login/?next=/desk/")


def test_the_root_leads_to_the_desk():
    assert Client().get("/")["Location"] == "/desk/"


def test_a_page_is_in_the_language_of_its_reader(addresses):
    reader = signed_in("officer")
    french = reader.get(addresses[3], headers={"Accept-Language": "fr-CH, en;q=0.5"})
    arabic = reader.get(addresses[3], headers={"Accept-Language": "ar"}).content.decode()
    reader.post("/language", {"language": "fr", "next": "/desk/me"})
    chosen = reader.get(addresses[3], headers={"Accept-Language": "en"}).content.decode()

    assert '<html lang="fr">' in french.content.decode()
    assert "2 mars 2026" in french.content.decode()
    assert (french["Content-Language"], "Accept-Language" in french["Vary"]) == ("fr", True)
    assert '<html lang="en">' in arabic
    assert "2 March 2026" in arabic
    assert '<html lang="fr">' in chosen
    assert "Rechercher" not in reader.get("/admin/engagements/engagement/").content.decode()


def test_htmx_is_the_file_that_was_published():
    file = ROOT / "sgoffice/desk/static/desk/htmx.min.js"

    assert (
        hashlib.sha256(file.read_bytes()).hexdigest()
        == "d6fdc75f204e6bdefa99b69bf1e6d4ac69b8a364f77929f45c13476b4000f717"
    )
    assert "eval" in file.read_text()  # switched off by the frame's meta element, and by the policy
