"""Two partners to try the exchange with: each gets what it may, once, and only where nobody really works."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from sgoffice.accounts.services import ensure_examples
from sgoffice.partners.models import Partner
from tests.factories import accounts, directory
from tests.factories import agreements as make
from tests.factories import engagements as engage
from tests.factories.partners import Puller

pytestmark = pytest.mark.django_db


@pytest.fixture
def trial():
    engage.office_post()
    directory.country("FR")
    make.in_force_since(marking="public")
    engage.engagement(marking="public")
    ensure_examples()


def run():
    said = StringIO()
    call_command("partner_sandbox", stdout=said)
    return said.getvalue()


@pytest.mark.usefixtures("trial")
def test_two_partners_have_different_rights_and_their_secrets_are_told_once(settle):
    said = run()
    settle()

    lines = [line.split() for line in said.splitlines() if line.startswith("export")]
    assert [line[1] for line in lines] == ["CLIENT_ID=sandbox-narrow", "CLIENT_ID=sandbox-wide"]
    assert len({line[2] for line in lines}) == 2
    narrow, wide = (Puller(Partner.objects.get(slug=slug)) for slug in ("sandbox-narrow", "sandbox-wide"))
    assert sorted(line["kind"] for line in narrow.pull()) == ["agreement"]
    assert sorted(line["kind"] for line in wide.pull()) == ["agreement", "agreement", "attachment", "engagement"]
    [text] = [line["document"] for line in wide.copy.values() if line["kind"] == "attachment"]
    address = text["address"].removeprefix("/api/v1/partner/")
    assert wide.see(address).content.startswith(b"The parties agree")
    assert narrow.see(address).status_code == 404
    with pytest.raises(CommandError, match="issue_partner_secret sandbox-narrow"):
        run()


@pytest.mark.usefixtures("trial")
@pytest.mark.parametrize("setting", ["SESSION_COOKIE_SECURE", "IS_PLAIN_HTTP"])
def test_it_is_refused_where_others_are_served(settings, setting):
    setattr(settings, setting, True)

    with pytest.raises(CommandError, match="set up to serve others"):
        run()
    assert not Partner.objects.exists()


def test_it_is_refused_where_people_work_and_before_the_first_start():
    with pytest.raises(CommandError, match="start` first"):
        run()
    accounts.staff("officer")

    with pytest.raises(CommandError, match="People work with this register"):
        run()
    assert not Partner.objects.exists()
