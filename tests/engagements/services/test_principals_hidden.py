"""Nothing stored with an engagement comes from an appointment or a meeting that some of its readers may not read."""

import pytest

from engagements import services
from engagements.models import Engagement
from sgoffice.changes.door import ANY_VERSION
from sgoffice.records.entries import Correction
from tests.factories import approvals
from tests.factories import engagements as make
from tests.factories.accounts import signed_in

pytestmark = pytest.mark.django_db
SECRET = "Otto Zqxheir"
TIMES = {"starts_at": "2026-11-10T10:00:00+01:00", "ends_at": "2026-11-10T11:00:00+01:00", "time_zone": "Europe/Paris"}


def correct(record, by, **values):
    patch = Correction(services.EngagementEntry, values)
    return services.correct_engagement(record.pk, patch, by=by, expected=ANY_VERSION, at=make.NOW)


@pytest.mark.parametrize("role", ["officer", "approver"])
@pytest.mark.parametrize("marking", ["public", "internal"])
def test_a_restricted_appointment_is_never_the_principal_of_an_open_engagement(role, marking):
    make.holder(SECRET, "2029-11-07", marking="restricted")

    made = make.engagement(by=approvals.member(role), marking=marking, status="tentative", held="2030-05-26")

    assert made.principal is None
    assert SECRET not in str(made.warnings)


def test_an_internal_appointment_is_not_told_to_partners_through_a_public_engagement():
    make.holder("Known To Staff", "2029-11-07", marking="internal")

    assert make.engagement(marking="public", status="tentative", held="2030-05-26").principal is None
    assert make.engagement(marking="internal", status="tentative", held="2030-05-26").principal is not None


def test_two_holders_of_whom_one_is_hidden_are_no_question_who_it_is():
    known = make.holder("Known Holder", "2024-11-07", "2029-11-07", marking="public")
    make.holder(SECRET, "2029-11-07", marking="restricted")

    assert make.engagement(status="tentative", held="2029-11").principal == known


def test_no_warning_names_who_holds_the_post_in_secret():
    other = make.holder("Known Holder", "2014-11-07", "2019-11-07", marking="public")
    make.holder(SECRET, "2029-11-07", marking="restricted")

    made = make.engagement(status="tentative", held="2030-05-26", principal=other.pk)

    assert [warned["detail"] for warned in made.warnings] == ["Known Holder did not hold the post on 26 May 2030."]


def test_a_principal_found_for_few_is_forgotten_when_more_may_read():
    second, chief = approvals.member("approver"), approvals.member("approver")
    heir = make.holder(SECRET, "2029-11-07", marking="restricted", readers=(chief.id,))
    made = make.engagement(by=chief, marking="restricted", status="tentative", held="2030-05-26")
    assert made.principal == heir

    correct(made, chief, marking="internal")
    assert Engagement.objects.get(pk=made.pk).principal == heir
    approvals.approve(approvals.pending(made.pk), by=second)

    opened = Engagement.objects.get(pk=made.pk)
    assert opened.principal is None
    assert SECRET not in str(opened.warnings)


def test_a_new_reader_makes_it_be_found_again_too():
    chief, viewer = approvals.member("approver"), approvals.member("viewer")
    make.holder(SECRET, "2029-11-07", marking="restricted", readers=(chief.id,))
    made = make.engagement(by=chief, marking="restricted", status="tentative", held="2030-05-26")

    assert correct(made, chief, readers=(viewer.id,)).principal_id is None


@pytest.mark.parametrize("by", ["an approver", "the author of the hidden meeting", "a named reader of it"])
def test_a_double_booking_with_a_hidden_meeting_is_on_no_record_with_more_readers(by):
    make.holder("Valdecy Urquiza", "2024-11-07", marking="public")
    author, reader, approver = signed_in("officer"), signed_in("officer"), signed_in("approver")
    writer = {"an approver": approver, "a named reader of it": reader}.get(by, author)
    meeting = {"kind": "other", "status": "held", **TIMES}
    hidden = author.enter(
        "engagements", meeting | {"title": "ZQX", "marking": "restricted", "readers": [str(reader.user.pk)]}
    ).json()

    body = writer.enter("engagements", meeting | {"title": "Dentist"}).json()

    viewer = signed_in("viewer")
    assert body["warnings"] == []
    for path in (f"engagements/{body['id']}", f"engagements/{body['id']}/history"):
        assert hidden["reference"] not in viewer.see(path).content.decode()
    own = author.enter("engagements", meeting | {"title": "Own", "marking": "restricted"}).json()
    told = [warned["detail"] for warned in own["warnings"]]
    assert len(told) == 1, told
    assert hidden["reference"] in told[0]


def test_a_double_booking_goes_when_more_may_read_the_record_that_tells_of_it():
    make.holder("Valdecy Urquiza", "2024-11-07", marking="public")
    times = {"held": None, "starts_at": make.NOW.replace(hour=7), "ends_at": make.NOW, "time_zone": "Europe/Paris"}
    chief, second = approvals.member("approver"), approvals.member("approver")
    hidden = make.engagement(by=chief, marking="restricted", **times)
    told = make.engagement(by=chief, marking="restricted", **times)
    assert hidden.reference in str(told.warnings)

    correct(told, chief, marking="internal")
    approvals.approve(approvals.pending(told.pk), by=second)

    assert Engagement.objects.get(pk=told.pk).warnings == []


def test_a_warning_of_open_items_names_those_that_all_readers_may_read():
    theirs = make.theirs()
    earlier = make.engagement(participants=(theirs,))
    chief, second = approvals.member("approver"), approvals.member("approver")
    hidden = make.action_item(earlier, marking="restricted", by=chief)
    known = make.action_item(earlier)

    made = make.planned(by=chief, participants=(theirs,), marking="restricted")
    assert {hidden.reference in str(made.warnings), known.reference in str(made.warnings)} == {True}

    correct(made, chief, marking="internal")
    approvals.approve(approvals.pending(made.pk), by=second)
    opened = Engagement.objects.get(pk=made.pk)
    assert hidden.reference not in str(opened.warnings)
    assert known.reference in str(opened.warnings)
