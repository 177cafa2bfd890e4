"""Whatever staff do, a partner can fetch on every address what a model says that it may have, and nothing else."""

import secrets

import pytest
from django.db import connection, transaction
from django.utils import timezone
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test

from engagements.agreements import services as agreements
from engagements.agreements.models import Agreement
from sgoffice.changes.corrections import enter_in_error, restore
from sgoffice.changes.door import ANY_VERSION
from sgoffice.changes.merging import merge, unmerge
from sgoffice.partners.models import PartnerToken
from sgoffice.records.actors import OFFICE
from sgoffice.records.entries import Correction
from tests.factories import partners as make
from tests.factories.agreements import agreement, parties
from tests.samples import PROVES

pytestmark = pytest.mark.django_db
EXAMPLES = 100 if PROVES else 4
STEPS = 50
DOOR = {"by": OFFICE, "expected": ANY_VERSION, "reason": "To see what happens"}


class Model:
    """A record as the model knows it."""

    def __init__(self, key, marking):
        self.key, self.marking = key, marking
        self.releases = []
        self.is_in_error = False
        self.into = None

    @property
    def is_shown(self):
        is_live = not self.is_in_error and self.into is None
        return is_live and (self.marking == "public" or (self.marking == "internal" and bool(self.releases)))


def settle():
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")


class Exchange(RuleBasedStateMachine):
    """Staff at work, and two partners: one to whom things are released, and a stranger."""

    def __init__(self):
        super().__init__()
        self.savepoint = transaction.atomic()
        self.savepoint.__enter__()
        self.puller, self.stranger = make.Puller(make.partner()), make.Puller(make.partner())
        self.parties = parties()
        self.models = [self.entered("public")]

    def entered(self, marking):
        return Model(agreement(marking=marking, parties=self.parties).pk, marking)

    def teardown(self):
        transaction.set_rollback(True)
        self.savepoint.__exit__(None, None, None)

    def chosen(self, number, condition=lambda _: True):
        fitting = [model for model in self.models if condition(model)]
        return fitting[number % len(fitting)] if fitting else None

    @precondition(lambda self: len(self.models) < 6)
    @rule(marking=st.sampled_from(["public", "internal", "restricted"]))
    def enter(self, marking):
        self.models.append(self.entered(marking))

    @rule(number=st.integers(0, 99))
    def retitle(self, number):
        if model := self.chosen(number, lambda model: model.into is None):
            self.correct(model, title=secrets.token_hex(4))

    @rule(number=st.integers(0, 99), marking=st.sampled_from(["public", "internal", "restricted"]))
    def mark(self, number, marking):
        order = ["public", "internal", "restricted"]
        if model := self.chosen(number, lambda model: model.into is None):
            self.correct(model, marking=marking)
            model.marking = marking
            model.releases = [
                (made, since) for made, since in model.releases if order.index(marking) <= order.index(since)
            ]

    @rule(number=st.integers(0, 99))
    def release(self, number):
        model = self.chosen(number, lambda model: model.marking != "restricted" and not model.is_in_error)
        if model:
            model.releases.append((make.release(self.puller.partner, model.key), model.marking))

    @rule(number=st.integers(0, 99))
    def propose_only(self, number):
        model = self.chosen(number, lambda model: model.marking != "restricted" and not model.is_in_error)
        if model:
            make.proposal(self.stranger.partner, model.key)

    @rule(number=st.integers(0, 99))
    def withdraw(self, number):
        if model := self.chosen(number, lambda model: model.releases):
            make.withdraw(model.releases.pop()[0])

    @rule(number=st.integers(0, 99))
    def err(self, number):
        if model := self.chosen(number, lambda model: model.into is None and not self.is_survivor(model)):
            (restore if model.is_in_error else enter_in_error)(Agreement, model.key, **DOOR)
            model.is_in_error = not model.is_in_error

    @rule(number=st.integers(0, 99))
    def merge(self, number):
        survivor = self.chosen(number, lambda model: model.into is None and not model.is_in_error)
        if survivor is None:
            return
        other = self.chosen(
            number,
            lambda model: model is not survivor and model.into is None and not model.is_in_error
            and model.marking == survivor.marking == "public" and not self.is_survivor(model),
        )  # fmt: skip
        if other:
            merge(Agreement, survivor.key, other=other.key, **DOOR)
            other.into = survivor

    @rule(number=st.integers(0, 99))
    def unmerge(self, number):
        if model := self.chosen(number, lambda model: model.into is not None):
            unmerge(Agreement, model.into.key, other=model.key, **DOOR)
            model.into = None

    @rule()
    def let_tokens_expire(self):
        PartnerToken.objects.filter(secret__partner=self.puller.partner).update(expires_at=timezone.now())
        assert self.puller.see("changes").status_code == 401
        copy, cursor = self.puller.copy, self.puller.cursor
        self.puller.partner.secrets.all().delete()
        self.puller = make.Puller(self.puller.partner)
        self.puller.copy, self.puller.cursor = copy, cursor

    @rule(number=st.integers(0, 99))
    def ask_for_one(self, number):
        settle()
        model = self.chosen(number)
        for puller, is_shown in ((self.puller, model.is_shown), (self.stranger, self.is_public(model))):
            found = puller.see(f"records/{model.key}").status_code, puller.see(f"agreements/{model.key}").status_code
            assert found in ({(200, 200)} if is_shown else {(404, 404), (404, 308)})

    @rule()
    def take_a_snapshot(self):
        settle()
        self.puller.snapshot()

    @invariant()
    def partners_have_what_the_model_says(self):
        settle()
        for puller, is_shown in ((self.puller, lambda model: model.is_shown), (self.stranger, self.is_public)):
            puller.pull(limit=3)
            wanted = {str(model.key) for model in self.models if is_shown(model)}
            assert set(puller.copy) == wanted
            assert {found["id"] for found in puller.see("agreements").json()["results"]} == wanted
            assert puller.is_in_step()

    def is_public(self, model):
        return model.is_shown and model.marking == "public"

    def is_survivor(self, model):
        return any(other.into is model for other in self.models)

    def correct(self, model, **values):
        patch = Correction(agreements.AgreementEntry, values)
        agreements.correct_agreement(model.key, patch, by=OFFICE, expected=ANY_VERSION)


def test_a_partner_has_what_it_may_have_whatever_happens(names_held):
    run_state_machine_as_test(
        Exchange, settings=settings(max_examples=EXAMPLES, stateful_step_count=STEPS, deadline=None)
    )
