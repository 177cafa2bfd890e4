"""The queue of imports: one worker holds a task, another goes on when it is silent, and what stops says why."""

from datetime import timedelta

import pytest
from django.utils import timezone

from sgoffice.accounts.services import set_active
from sgoffice.imports import queue, services
from sgoffice.imports.models import Import, ImportTask
from sgoffice.records.actors import OFFICE
from tests.factories import directory
from tests.factories.accounts import staff
from tests.factories.imports import brought

pytestmark = pytest.mark.django_db

TEXT = "Date;Avec qui;Type\n14 mars 2016;Gerhard Karner, Austria;Visite\n"


@pytest.fixture(autouse=True)
def austria():
    directory.country("AT", "Austria")


@pytest.fixture
def user():
    return staff("officer")


def test_a_task_is_held_by_one_worker_until_it_is_silent_for_too_long(user):
    brought(TEXT, by=user.as_actor())
    now = timezone.now()
    task = services.claim_task(at=now)

    assert task is not None
    assert services.claim_task(at=now + timedelta(seconds=44)) is None
    services.hold_task(task, 1, 2, at=now + timedelta(seconds=44))
    assert services.claim_task(at=now + timedelta(seconds=80)) is None
    assert services.claim_task(at=now + timedelta(seconds=90)) is not None
    with pytest.raises(services.TaskLost):
        services.hold_task(task, 2, 2, at=now + timedelta(seconds=91))


def test_who_may_no_longer_write_learns_that_it_stopped(user):
    imported = brought(TEXT, by=user.as_actor())
    set_active(user.pk, is_active=False, by=OFFICE, at=timezone.now())

    assert len(queue.work_once(lambda _: None)) == 1
    found = Import.objects.get(pk=imported.pk)
    assert (found.state, "permission" in found.failure) == ("stopped", True)
    assert not ImportTask.objects.exists()


def test_a_fault_stops_one_import_and_no_other(user, monkeypatch):
    first, second = brought(TEXT, by=user.as_actor()), brought(TEXT, by=user.as_actor())
    check = services.check_import

    def faulty(imported, **options):
        if imported.pk == first.pk:
            raise ZeroDivisionError
        check(imported, **options)

    monkeypatch.setattr(services, "check_import", faulty)

    assert len(queue.work_once(lambda _: None)) == 1
    states = dict(Import.objects.values_list("pk", "state"))
    assert states == {first.pk: "stopped", second.pk: "checked"}
    assert "administrator" in Import.objects.get(pk=first.pk).failure
