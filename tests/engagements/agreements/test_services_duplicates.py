"""An agreement of nearly that title with the same counterpart is shown before another one is entered."""

import pytest

from engagements.agreements import services
from sgoffice.records.actors import OFFICE
from sgoffice.records.errors import PossibleDuplicates
from tests.factories import agreements, directory
from tests.factories.accounts import signed_in, staff

pytestmark = pytest.mark.django_db
TITLE = "Host country agreement for the MENA regional bureau"


def test_the_title_of_another_agreement_with_that_counterpart_is_asked_about():
    saudi, france = (directory.country(*one).code for one in (("SA", "Saudi Arabia"), ("FR", "France")))
    of_saudi = (services.PartyEntry(country=saudi),)
    known = agreements.agreement(title=TITLE, parties=of_saudi, is_bilateral=False)

    def candidates(**values):
        given = {"title": TITLE, "parties": of_saudi, "is_bilateral": False, "allow_duplicate": False} | values
        try:
            services.open_agreement(agreements.agreement_entry(**given), by=OFFICE)
        except PossibleDuplicates as refused:
            return [one.id for one in refused.candidates["/title"]]
        return []

    follows = (services.RelationEntry(relation="supersedes", agreement=known.pk),)
    for double in (
        {},
        {"title": "Host-country agreement for MENA Regional Bureau"},
        {"title": "Accord", "titles": {"en": TITLE}},
        {"parties": (services.PartyEntry(country=france), *of_saudi)},
        {"parties": ()},
    ):
        assert candidates(**double) == [known.pk], double
    for other in (
        {"parties": (services.PartyEntry(country=france),)},
        {"title": f"{TITLE} 2030"},
        {"relations": follows},
        {"allow_duplicate": True},
    ):
        assert candidates(**other) == [], other


def test_over_http_nothing_is_told_of_a_hidden_agreement_and_the_candidates_of_others():
    saudi = (services.PartyEntry(country=directory.country("SA", "Saudi Arabia").code),)
    hidden = agreements.agreement_entry(title="Zqx talks", parties=saudi, is_bilateral=False, marking="restricted")
    services.open_agreement(hidden, by=staff("officer").as_actor())
    officer = signed_in("officer")
    given = {
        "title": "Zqx talks",
        "instrument": "host_agreement",
        "is_bilateral": False,
        "parties": [{"country": "SA"}],
    }
    assert officer.enter("agreements", given).status_code == 201  # of what is hidden nothing is told
    refused = officer.enter("agreements", given)
    assert (refused.status_code, refused.json()["candidates"][0]["pointer"]) == (409, "/title")
    assert officer.enter("agreements", given | {"allow_duplicate": True}).status_code == 201
