"""What partners get is rendered again by a newer program, and never put back by an older one."""

import dataclasses
import json
from io import StringIO

import pytest
from django.core.management import call_command

from engagements.models import Engagement
from sgoffice.changes import corrections
from sgoffice.changes.door import ANY_VERSION, change
from sgoffice.documents import publications
from sgoffice.feed.models import Published, Stream
from sgoffice.records.actors import OFFICE
from tests.factories import engagements as make
from tests.factories import partners

pytestmark = pytest.mark.django_db
NEXT = publications.publications()["engagement"].renderer + 1


@pytest.fixture
def renderer(monkeypatch):
    """Publish a kind by the next renderer, as the next release of the program would, with a member more."""

    def raise_it():
        known = publications.publications()["engagement"]

        def build(record):
            made = known.build(record)
            return dataclasses.replace(made, content={**made.content, "dress_code": "formal"})

        newer = dataclasses.replace(known, build=build, renderer=NEXT)
        monkeypatch.setitem(publications._publications, "engagement", newer)
        return lambda: monkeypatch.setitem(publications._publications, "engagement", known)

    return raise_it


@pytest.fixture
def puller():
    return partners.Puller(partners.partner())


def public(**values):
    return make.engagement(marking="public", **values)


def command(name):
    output = StringIO()
    call_command(name, stdout=output)
    return output.getvalue()


def rename(engagement, title):
    with change(Engagement, engagement.pk, verb="correct", by=OFFICE, expected=ANY_VERSION) as record:
        record.title = title


def positions():
    return list(Stream.objects.values_list("position", flat=True))


def test_a_member_more_is_rendered_by_the_command_and_reaches_partners_who_have_the_record(puller, settle, renderer):
    known = public()
    settle()
    puller.pull()
    renderer()

    first, second = command("render_documents"), command("render_documents")
    settle()
    [line] = puller.pull()

    assert (first, second) == ("1 documents rendered.\n", "0 documents rendered.\n")
    assert (line["id"], line["schema"], line["document"]["dress_code"]) == (str(known.pk), "engagement/1", "formal")
    assert command("verify_documents") == "Every stored document matches its record.\n"


def test_another_renderer_alone_moves_no_stream(puller, settle, monkeypatch):
    public()
    settle()
    before = positions()
    known = publications.publications()["engagement"]
    monkeypatch.setitem(publications._publications, "engagement", dataclasses.replace(known, renderer=NEXT))

    rendered = command("render_documents")
    settle()

    assert (rendered, positions()) == ("1 documents rendered.\n", before)


def test_an_older_program_never_overwrites_what_a_newer_one_rendered(puller, settle, renderer):
    known = public(title="Before")
    back = renderer()
    command("render_documents")
    back()

    rename(known, "Renamed by the older program")
    kept = Published.objects.get(pk=known.pk)
    settle()
    seen = puller.see(f"records/{known.pk}").status_code

    assert (kept.renderer, kept.is_stale, seen) == (NEXT, True, 404)
    assert json.loads(bytes(kept.body))["title"] == "Before"
    assert command("render_documents") == "1 documents rendered.\n"
    assert Published.objects.get(pk=known.pk).renderer == NEXT


def test_the_newer_program_renders_what_an_older_one_changed(puller, settle, renderer):
    known = public(title="Before")
    back = renderer()
    command("render_documents")
    back()
    rename(known, "Renamed by the older program")
    renderer()

    command("render_documents")
    settle()
    document = puller.see(f"records/{known.pk}").json()["document"]

    assert (document["title"], document["dress_code"]) == ("Renamed by the older program", "formal")


def test_an_older_program_withdraws_what_a_newer_one_rendered(puller, settle, renderer):
    known = public()
    back = renderer()
    command("render_documents")
    settle()
    puller.pull()
    back()

    corrections.enter_in_error(Engagement, known.pk, by=OFFICE, expected=ANY_VERSION, reason="Entered twice.")
    settle()
    [line] = puller.pull()

    assert line["op"] == "withdrawn"
