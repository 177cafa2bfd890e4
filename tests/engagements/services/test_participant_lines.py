"""Whoever is named twice through a merge has one line; bodies are called as they were on the day."""

import pytest

from engagements import services
from sgoffice.changes import merge_previews, merging
from sgoffice.changes.door import ANY_VERSION
from sgoffice.directory.services import OtherName
from sgoffice.documents import differences
from sgoffice.records.actors import OFFICE
from tests.factories import directory
from tests.factories import engagements as make
from tests.factories.accounts import signed_in

pytestmark = pytest.mark.django_db


def merge(survivor, other, step=merging.merge):
    return step(type(survivor), survivor.pk, other=other.pk, by=OFFICE, expected=ANY_VERSION, reason="One")


@pytest.fixture
def officer():
    return signed_in("officer")


def lines(officer, engagement):
    shown = officer.see(f"engagements/{engagement.pk}").json()["participants"]
    return [(one["person"] or one["organization"])["name"] for one in shown]


def test_both_of_a_merged_pair_at_one_meeting_are_one_line_with_the_capacities_of_both(officer):
    one, other = directory.person("Amina Haddad"), directory.person("A. Haddad-Khoury")
    met = make.engagement(
        participants=(
            make.theirs(person=one, title="Minister", attendance="not_stated"),
            make.theirs(person=other, title="Head of delegation", attendance="attended", role="head_of_delegation"),
        )
    )

    merge(one, other)

    [line] = officer.see(f"engagements/{met.pk}").json()["participants"]
    assert line["person"]["id"] == str(one.pk)
    assert [capacity["title"] for capacity in line["capacities"]] == ["Minister", "Head of delegation"]
    assert (line["role"], line["attendance"]) == ("head_of_delegation", "attended")
    assert list(differences()) == []


def test_what_was_read_is_accepted_when_it_is_sent_back(officer):
    one, other = directory.person("Amina Haddad"), directory.person("A. Haddad-Khoury")
    met = make.engagement(participants=(make.theirs(person=one, title="A"), make.theirs(person=other, title="B")))
    merge(one, other)
    answer = officer.see(f"engagements/{met.pk}")
    [line] = answer.json()["participants"]
    sent = {"id": line["id"], "person": line["person"]["id"], "capacities": [{"title": "A"}, {"title": "B"}]}

    corrected = officer.correct(f"engagements/{met.pk}", {"participants": [sent]}, **{"If-Match": answer["ETag"]})

    assert corrected.status_code == 200, corrected.content
    assert lines(officer, met) == ["Amina Haddad"]


def test_each_has_a_line_again_when_the_merge_is_undone(officer):
    one, other = directory.organization("World Body"), directory.organization("World Body of Old")
    met = make.engagement(
        participants=(
            services.ParticipantEntry(organization=one.pk),
            services.ParticipantEntry(organization=other.pk),
        )
    )
    merge(one, other)
    assert lines(officer, met) == ["World Body"]

    merge(one, other, merging.unmerge)

    assert lines(officer, met) == ["World Body", "World Body of Old"]


def test_two_lines_of_one_organization_stay_two(officer):
    body = directory.organization("World Body")
    both = tuple(services.ParticipantEntry(organization=body.pk, note=note) for note in ("Lyon", "Geneva"))

    assert lines(officer, make.engagement(participants=both)) == ["World Body", "World Body"]


def test_the_preview_of_a_merge_names_the_records_in_which_both_stand(officer):
    one, other = directory.person("Amina Haddad"), directory.person("A. Haddad-Khoury")
    met = make.engagement(participants=(make.theirs(person=one), make.theirs(person=other)))
    make.engagement(participants=(make.theirs(person=other),), held="2023-02-02")
    hidden = make.engagement(
        participants=(make.theirs(person=one), make.theirs(person=other)), held="2023-01-01", marking="restricted"
    )

    told = officer.see(f"people/{one.pk}/merge-preview?other={other.pk}").json()
    all_told = merge_previews.preview_merge(type(one), one.pk, other=other.pk, by=OFFICE)

    assert told["references"] == {"engagement": 2}
    assert [(record["id"], record["reference"]) for record in told["in_both"]] == [(str(met.pk), met.reference)]
    assert {record.id for record in all_told.in_both} == {met.pk, hidden.pk}


def test_a_body_is_called_as_on_the_day_if_its_former_name_has_an_end(officer):
    names = (OtherName(name="Customs Co-operation Council", note="former name", until="1994"),)
    body = directory.organization("World Customs Organization", other_names=names)
    person = directory.person("Amina Haddad")

    def called(day):
        met = make.engagement(participants=(make.theirs(person=person, organization=body),), held=day)
        [line] = officer.see(f"engagements/{met.pk}").json()["participants"]
        return line["capacities"][0]["called"]

    assert [called(day) for day in ("1990-05-01", "1994-06-01", "2001")] == ["Customs Co-operation Council", "", ""]


def test_a_name_of_then_that_is_sent_back_as_it_was_read_is_not_stored(officer):
    names = (OtherName(name="Customs Co-operation Council", note="former name", until="1994"),)
    body = directory.organization("World Customs Organization", other_names=names)
    met = make.engagement(participants=(make.theirs(organization=body, title="Director"),), held="1990-05-01")
    answer = officer.see(f"engagements/{met.pk}")
    [line] = answer.json()["participants"]
    [said] = line["capacities"]
    sent = {
        "id": line["id"],
        "person": line["person"]["id"],
        "capacities": [{"title": "Director", "organization": str(body.pk), "called": said["called"]}],
    }

    after = officer.correct(f"engagements/{met.pk}", {"participants": [sent]}, **{"If-Match": answer["ETag"]})

    assert (after.status_code, after.json()) == (200, answer.json())
    assert said["called"] == "Customs Co-operation Council"
    assert [one.called for one in met.capacities.all()] == [""]
