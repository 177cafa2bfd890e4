"""What is refused of an agreement: by the rules with a reason, by the database whatever the way in."""

import pytest
from django.db import IntegrityError, connection, transaction

from engagements.agreements import services
from sgoffice.records.errors import InvalidEntry, RuleViolation
from tests.factories import agreements as make
from tests.factories import directory

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("build", ["nobody", "one", "only ours", "both kinds", "twice"])
def test_parties_that_cannot_agree_are_refused(build):
    ours, other = directory.organization("Ours"), directory.organization("Other")
    directory.country("SG", "Singapore")
    party = services.PartyEntry
    parties = {
        "nobody": (),
        "one": (party(organization=ours.pk, side="ours"),),
        "only ours": (party(organization=ours.pk, side="ours"), party(organization=other.pk, side="ours")),
        "both kinds": (party(organization=ours.pk, side="ours"), party(organization=other.pk, country="SG")),
        "twice": (party(organization=other.pk), party(organization=other.pk)),
    }[build]

    with pytest.raises(RuleViolation) as caught:
        make.agreement(parties=parties)

    assert caught.value.pointer.startswith("/parties")


def test_a_convention_may_have_one_party_until_others_join():
    ours = directory.organization("Ours")

    agreement = make.agreement(is_bilateral=False, parties=(services.PartyEntry(organization=ours.pk, side="ours"),))

    assert agreement.party_keys == [str(ours.pk)]


def test_ours_need_not_be_a_party():
    directory.country("AE", "United Arab Emirates")
    foundation = directory.organization("A foundation")

    agreement = make.agreement(
        parties=(
            services.PartyEntry(organization=foundation.pk, side="third_party"),
            services.PartyEntry(country="AE", through="Ministry of Interior"),
        )
    )

    assert agreement.parties.count() == 2


def refused_by(statement: str, *values: object) -> str:
    with pytest.raises(IntegrityError) as caught, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, values)
    return caught.value.__cause__.diag.constraint_name


def test_the_database_refuses_what_the_rules_refuse():
    agreement = make.agreement(make.act("signature", "2009-02-25"))
    other = make.agreement()
    party, foreign = agreement.parties.first(), other.parties.first()
    act = agreement.acts.get()
    directory.country("SG", "Singapore")

    assert refused_by("DELETE FROM agreements_party WHERE id = %s", party.pk) == "party_is_counted"
    assert refused_by("UPDATE agreements_party SET country = 'SG' WHERE id = %s", party.pk) == (
        "party_is_organization_or_country"
    )
    assert refused_by("UPDATE agreements_agreement SET party_keys = '{x}' WHERE id = %s", agreement.pk) == (
        "agreement_has_its_other_party"
    )
    assert (
        refused_by("UPDATE agreements_act SET party_id = %s WHERE id = %s", foreign.pk, act.pk) == "act_is_of_a_party"
    )
    assert refused_by("UPDATE agreements_act SET attests = 'in_force' WHERE id = %s", act.pk) == (
        "act_attests_as_attestation"
    )
    assert refused_by("UPDATE agreements_act SET date_earliest = '2020-01-01' WHERE id = %s", act.pk) == (
        "act_date_is_a_date"
    )
    assert (
        refused_by(
            "INSERT INTO agreements_period (agreement_id, during, status, basis, sentence)"
            " VALUES (%s, '[2010-01-01,2011-01-01)', 'in_force', 'computed', '')",
            agreement.pk,
        )
        == "period_no_overlap"
    )


@pytest.mark.parametrize(
    ("kind", "values", "rule"),
    [
        ("attestation", {"date": "2018"}, "attested-by"),
        ("signature", {"date": "2018", "attests": "in_force"}, "attests"),
        ("suspension", {"date": "2018", "until": "2017"}, "until-after-date"),
        ("termination", {"date": "2018-03-01", "date_of_effect": "2018-02-01"}, "effect-after-notice"),
    ],
)
def test_an_act_that_says_nonsense_is_refused(kind, values, rule):
    with pytest.raises(RuleViolation) as caught:
        make.agreement(make.act(kind, **values))

    assert caught.value.rule == rule


def test_an_agreement_does_not_expire_before_it_entered_into_force():
    entered = make.act("entry_into_force", "2011-03-01")
    with pytest.raises(RuleViolation) as caught:
        make.agreement(entered, expires="2011-02")

    assert (caught.value.rule, caught.value.pointer) == ("expires-after-entry", "/expires")
    assert make.agreement(entered, expires="2011-03").pk


@pytest.mark.parametrize(
    "values",
    [
        {"acts": (make.act("signature", "2018-13"),)},
        {"acts": (make.act("handshake", "2018"),)},
        {"acts": (make.act("signature", "2018", party="XX"),)},
        {"duration": "5 years"},
        {"expires": "soon"},
        {"scope": ("everything",)},
        {"entry_into_force": {"kind": "some_day"}},
        {"entry_into_force": {"kind": "all_of", "clauses": [{"kind": "ratifications"}]}},
        {"entry_into_force": {"kind": "approval_by_body", "body": "nobody", "called": "the Council"}},
        {"title": "  "},
    ],
)
def test_values_that_mean_nothing_are_refused(values):
    with pytest.raises(InvalidEntry):
        make.agreement(**values)
