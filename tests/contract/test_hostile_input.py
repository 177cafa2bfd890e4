"""What nobody should send, everywhere: never a fault of ours, always a problem detail, nothing half written."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import transaction

from sgoffice.api.models import IdempotentRequest
from sgoffice.records.models import Entry, HistoryEntry
from tests.contract import hostile
from tests.contract.bodies import Maker
from tests.contract.operations import Operation, faults
from tests.contract.walking import BODIES, answered, wrong
from tests.samples import PROVES
from tests.samples import some as sample

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("stock")]

_MOST = max(len(values) for values in hostile.REFUSED.values())
#: Each field meets its values one after another; the long form (make prove) has all, the short one every fifth, and it
#: sends each sort of input to every fifth operation, to others each time.
_STEP = 1 if PROVES else 5
NUMBERS = range(0, _MOST, _STEP)


def written() -> tuple[Any, ...]:
    """What a request could leave behind."""
    newest = HistoryEntry.objects.order_by("-pk").values_list("pk", flat=True).first()
    return newest, Entry.objects.count(), IdempotentRequest.objects.count()


def some(number: int) -> list[Operation]:
    """Return the operations that meet the input of that number."""
    return sample(BODIES, _STEP, start=number)


def refused(item: Operation, answer: Any) -> list[str]:
    return answered(item, answer, 400)


def without_a_trace(maker: Maker, item: Operation, found: Iterator[str]) -> list[str]:
    """Return the faults that were found, and that something was written meanwhile."""
    maker.client_for(item)  # a new member of staff is written down, which is no trace of the request
    before = written()
    return [*found, *([] if written() == before else ["something was written"])]


@pytest.mark.parametrize("name", list(hostile.BODIES))
def test_bodies_that_are_none_are_refused(maker, name):
    def check(item: Operation) -> Iterator[str]:
        yield from refused(item, maker.ask(item, hostile.BODIES[name]))

    assert wrong(some(list(hostile.BODIES).index(name)), lambda item: without_a_trace(maker, item, check(item))) == {}


@pytest.mark.parametrize("number", NUMBERS)
def test_every_field_of_every_body_refuses_what_is_not_of_its_type(maker, number):
    def check(item: Operation) -> Iterator[str]:
        body, pointers = hostile.body_with(item, number)
        answer = maker.ask(item, body)
        yield from refused(item, answer)
        told = answer.json()
        named = [error["pointer"] for error in told.get("errors", ())]
        missing = [one for one in pointers if not any(_within(one, other) for other in named)]
        # a long list of errors is cut, and counts what it leaves out
        yield from (f"{one} is taken" for one in missing if len(missing) > told.get("omitted", 0))

    assert wrong(some(number // _STEP), lambda item: without_a_trace(maker, item, check(item))) == {}


def _within(pointer: str, named: str) -> bool:
    """A refusal names the field, or what is inside it, or the list that it is the only element of."""
    return named == pointer or named.startswith(f"{pointer}/") or pointer.removesuffix("/0") == named


@pytest.mark.parametrize("kind", list(hostile.DOUBTFUL))
def test_values_on_the_edge_are_taken_or_refused(maker, kind):
    """One field at a time, of the first operation that has it; the short form tries every fifth."""
    tried = set()

    def check(item: Operation) -> Iterator[str]:
        example = maker.body_of(item)
        for leaf in hostile.leaves(item):
            if leaf.kind != kind or leaf.shape in tried or hostile.with_value(example, leaf.place, 0) is None:
                continue
            tried.add(leaf.shape)
            for value in hostile.DOUBTFUL[kind] if (len(tried) - 1) % _STEP == 0 else ():
                body = hostile.with_value(example, leaf.place, value)
                yield from (f"{leaf.pointer} {value!r:.40}: {fault}" for fault in _kept_if_refused(maker, item, body))

    assert wrong(BODIES, lambda item: without_a_trace(maker, item, check(item))) == {}


@pytest.mark.parametrize("text", hostile.HARMLESS)
def test_odd_texts_in_all_fields_at_once_are_taken_or_refused(maker, text):
    def check(item: Operation) -> Iterator[str]:
        body = maker.body_of(item)
        for leaf in hostile.leaves(item):
            if leaf.kind == "text":
                body = hostile.with_value(body, leaf.place, text) or body
        yield from _kept_if_refused(maker, item, body)

    assert wrong(some(list(hostile.HARMLESS).index(text)), lambda item: without_a_trace(maker, item, check(item))) == {}


def _kept_if_refused(maker: Maker, item: Operation, body: Any) -> list[str]:
    """Send a body; what a refusal leaves behind stays, to be found, and what was taken is undone."""
    with transaction.atomic():
        answer = maker.ask(item, body)
        transaction.set_rollback(answer.status_code < 400)
    return faults(item, answer)
