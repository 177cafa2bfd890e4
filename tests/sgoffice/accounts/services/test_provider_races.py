"""Two first sign-ins at once by the organization's provider: of one person, and of two who want one name."""

from threading import Barrier

import pytest
from django.utils import timezone

from sgoffice.accounts import services
from sgoffice.accounts.models import ProviderAccount, User
from sgoffice.accounts.services import provider
from sgoffice.records.errors import RuleViolation

pytestmark = pytest.mark.usefixtures("fresh_database")


@pytest.mark.parametrize("subjects", [("amina", "amina"), ("amina", "bo")], ids=["one person", "two of one name"])
def test_first_sign_ins_at_once_make_one_member_and_no_fault(subjects, in_threads, monkeypatch):
    together, add = Barrier(2), provider.invite_staff

    def at_once(*given, **named):
        together.wait()
        return add(*given, **named)

    # both have looked, and found nobody, before either is entered
    monkeypatch.setattr(provider, "invite_staff", at_once)

    def sign_in(number):
        roles = frozenset({"officer"})
        identity = services.Identity("https://id.example", subjects[number], username="amina", roles=roles)
        return services.sign_in_by_provider(identity, at=timezone.now())

    results = in_threads(2, sign_in)

    [user] = User.objects.filter(username="amina")
    entered = [result for result in results if result == user]
    refused = [result for result in results if isinstance(result, RuleViolation)]
    assert (len(entered), len(refused)) == ((2, 0) if subjects[0] == subjects[1] else (1, 1)), results
    assert ProviderAccount.objects.count() == 1
