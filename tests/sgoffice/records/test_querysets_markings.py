"""Records with a marking: their references, and who sees them. What one does not see is not there."""

import re
from itertools import cycle

import pytest
from django.apps import apps
from django.utils import timezone

from appointments.models import Decision
from sgoffice import documents
from sgoffice.changes.door import ANY_VERSION, change
from sgoffice.changes.links import link, set_links
from sgoffice.partners.models import Partner
from sgoffice.records.actors import ANONYMOUS, OFFICE, Permission
from sgoffice.records.errors import InvalidEntry, UnknownRecord
from sgoffice.records.identifiers import draw_references_from
from sgoffice.records.models import Entry, Link, Record
from sgoffice.records.querysets import RecordQuerySet
from tests.factories import approvals
from tests.sgoffice.records.asking import ANNA, CHIEF, OTTO, decide, general_assembly

pytestmark = pytest.mark.django_db
ROLES = {"anna": "officer", "otto": "officer", "viewer": "viewer", "chief": "approver"}
READING = {"anna", "otto", "viewer", "chief", "office"}


@pytest.fixture
def assembly():
    return general_assembly()


def correct(known, *, by, **values):
    with change(Decision, known.pk, verb="correct", by=by, expected=ANY_VERSION) as record:
        for name, value in values.items():
            setattr(record, name, value)
    return record


@pytest.mark.parametrize(
    ("marking", "readers", "seen_by"),
    [
        ("public", [], READING),
        ("internal", [], READING),
        ("restricted", [], {"anna", "chief", "office"}),
        ("restricted", ["otto"], {"anna", "otto", "chief", "office"}),
        ("restricted", ["otto", "viewer"], {"anna", "otto", "viewer", "chief", "office"}),
    ],
)
def test_marking_decides_who_sees_a_record_on_every_way_to_it(assembly, marking, readers, seen_by):
    staff = {name: approvals.member(role) for name, role in ROLES.items()}
    everybody = {**staff, "office": OFFICE, "anonymous": ANONYMOUS}
    author = OFFICE if marking == "public" else staff["anna"]
    made = decide(assembly, by=author, marking=marking, readers=[staff[name].id for name in readers])

    ways = (
        lambda actor: Decision.objects.visible_to(actor).exists(),
        lambda actor: Entry.objects.visible_to(actor).filter(kind="decision").exists(),
        lambda actor: documents.find_document(actor, Decision, made.pk) is not None,
    )

    for way in ways:
        assert {name for name, actor in everybody.items() if way(actor)} == seen_by


def test_hidden_record_cannot_be_told_from_one_that_is_not_there(assembly):
    made = decide(assembly, marking="restricted")

    refusals = []
    for record_id in (made.pk, Decision().pk):
        with pytest.raises(UnknownRecord) as refused:
            correct(Decision(id=record_id), by=OTTO, title="X")
        refusals.append(refused.value.detail.replace(str(record_id), "…"))

    assert refusals == ["There is no decision …."] * 2


def test_marking_is_raised_by_anybody_who_writes_and_lowered_by_nobody_alone(assembly):
    anna, chief = approvals.member("officer"), approvals.member("approver")
    made = decide(assembly, by=anna)

    raised = correct(made, by=anna, marking="restricted")
    for one in (anna, chief):
        correct(made, by=one, marking="internal")
        assert Decision.objects.get(pk=made.pk).marking == "restricted"

    assert (raised.marking, Entry.objects.get(pk=made.pk).marking) == ("restricted", "restricted")


def test_entry_follows_its_record(assembly):
    otto = approvals.member()
    made = decide(assembly, readers=[otto.id], origin="facts:dec-1")

    entry = Entry.objects.get(pk=made.pk)

    assert (entry.reference, entry.origin, entry.entered_by, entry.readers) == (
        made.reference, "facts:dec-1", "anna", [otto.id],
    )  # fmt: skip


def test_reference_names_the_records_own_year_or_that_of_its_entry_and_never_changes(assembly):
    dated, undated = decide(assembly, adopted="2016-11"), decide(assembly)

    later = correct(dated, by=ANNA, adopted="2017")

    assert re.fullmatch(r"DEC-2016-[0-9A-HJKMNP-TV-Z]{6}", dated.reference)
    assert undated.reference.startswith(f"DEC-{timezone.now().year}-")
    assert later.reference == dated.reference


def test_taken_reference_is_made_again(assembly):
    codes = cycle(["AAAAAA", "AAAAAA", "BBBBBB"])

    with draw_references_from(lambda: next(codes)):
        made = [decide(assembly, adopted="2016").reference for _ in range(2)]

    assert made == ["DEC-2016-AAAAAA", "DEC-2016-BBBBBB"]


def test_link_to_a_hidden_record_is_refused_like_one_to_nothing(assembly):
    source, hidden = decide(assembly, by=OTTO), decide(assembly, marking="restricted")
    refusals = []

    for target in (hidden.pk, Decision().pk):
        with (
            pytest.raises(InvalidEntry) as refused,
            change(Decision, source.pk, verb="link", by=OTTO, expected=ANY_VERSION),
        ):
            link(source.pk, "follows", target)
        refusals.append(refused.value.detail.replace(str(target), "…"))

    assert refusals == [": There is no record …."] * 2
    assert Permission.APPROVE not in OTTO.permissions


def test_who_does_not_see_a_link_does_not_undo_it(assembly):
    source, seen = decide(assembly, by=OTTO), decide(assembly, by=OTTO)
    hidden = decide(assembly, marking="restricted")
    for actor, targets in ((CHIEF, (seen.pk, hidden.pk)), (OTTO, ())):
        with change(Decision, source.pk, verb="link", by=actor, expected=ANY_VERSION):
            set_links(source.pk, "follows", targets)

    assert set(Link.objects.values_list("target", flat=True)) == {hidden.pk}


def test_no_kind_decides_by_itself_who_sees_it():
    """Documents are found by the entry's marking alone.

    Partners alone are seen by somebody else, too: by their own system, which looks after its endpoints.
    """
    kinds = [model for model in apps.get_models() if issubclass(model, Record) and model is not Partner]

    assert {type(model._default_manager.all()).visible_to for model in kinds} == {RecordQuerySet.visible_to}
