"""A body that is a State: linked to it when nothing contradicts, asked about otherwise, never an organization."""

import pytest

from sgoffice.directory.services import OrganizationEntry, correct_organization, read_state, register_organization
from sgoffice.records.actors import OFFICE
from sgoffice.records.entries import Correction
from sgoffice.records.errors import RuleViolation

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("loaded_register")]


@pytest.mark.parametrize(
    ("name", "beside", "code"),
    [
        *(("Government of Belgium", "BE", "BE"), ("Government of the Russian Federation", "RU", "RU")),
        *(("Republic of Rwanda", "RW", "RW"), ("Togolese Republic", "TG", "TG"), ("The Italian Republic", "IT", "IT")),
        *(("Lao People's Democratic Republic", "LA", "LA"), ("Holy See", "VA", "VA"), ("State of Kuwait", "KW", "KW")),
        *(
            ("Islamic Republic of Iran", "IR", "IR"),
            ("United Kingdom of Great Britain and Northern Ireland", "GB", "GB"),
        ),
        *(("Türkiye", "TR", "TR"), ("Government of Austria", "AT", "AT"), ("Government of Austria", None, "AT")),
        *(
            ("Austrian Government", "AT", "AT"),
            ("Dominican Government", "DO", "DO"),
            ("Dominican Government", None, ""),
            ("Mauritian Government", "MU", "MU"),
            ("UK Government", "GB", "GB"),
            ("Royal Government of Cambodia", "KH", "KH"),
        ),
        *(("Gouvernement de la République française", "FR", "FR"), ("Правительство", "RU", "")),
        *(
            ("Niger", "NE", "NE"),
            ("Korea", "KR", "KR"),
            ("Congo", "CG", "CG"),
            ("Federal Republic of Germany", "DE", "DE"),
        ),
        # a body of a State, a part of it, or a name that only sounds like it
        *(("Ministry of Justice of Belgium", "BE", ""), ("Russian Football Federation", "RU", "")),
        *(("Government of Maldonado", "UY", ""), ("People's Republic", "RU", ""), ("Region of Tuscany", "IT", "")),
        *(("Government of Iraq Kurdistan Region", "IQ", ""), ("Government of the Indian State of Kerala", "IN", "")),
        *(("Government of Scotland", "GB", ""), ("Niger State", "NG", ""), ("State of Rivers in Nigeria", "NG", "")),
        *(("Government of Kenya / East African Community", "KE", ""), ("European Union", None, "")),
        # the name of one State beside the code of another
        *(("Government of Austria", "AU", ""), ("Government of Niger", "NG", ""), ("South Sudan", "SD", "")),
        *(("Guinea", "GW", ""), ("Dominica", "DO", ""), ("Mauritius", "MR", ""), ("Republic of Korea", "KP", "")),
        *(("Republic of China", "CN", ""), ("Government of Chad", "CH", ""), ("Iran", "IQ", ""), ("Congo", "CD", "")),
        *(
            ("Kongo", "DE", ""),
            ("ሰሜን ኮሪያ", "KR", ""),
            ("State of Georgia", "US", ""),
            ("Holy See", "IT", ""),
            ("Togolese Republic", "FR", ""),
        ),
    ],
)
def test_a_name_is_a_state_only_where_nothing_contradicts(name, beside, code):
    assert read_state(name, beside).code == code


@pytest.mark.parametrize(
    ("name", "beside", "asked"),
    [
        ("Government of Austria", "AU", ["Austria (AT)", "Australia (AU)"]),
        ("Korea", None, ["North Korea (KP)", "South Korea (KR)"]),
        ("Ministry of the Interior of Austria", "AU", ["Austria (AT)"]),
        ("Government of Kenya / East African Community", "KE", ["Kenya (KE)"]),
        ("Goverment of Gremany", "DE", ["Germany (DE)"]),
        ("Kingdom of Spian", "ES", ["Spain (ES)"]),
        ("Embassy of Austria in Australia", "AU", []),
        ("Austrian Federal Police", "AU", ["Austria (AT)"]),
        ("Austrian Federal Police", "AT", []),
        ("Austrian Federal Police", None, []),
        ("Dominican National Police", "DO", []),
        ("Dominican National Police", "DM", []),
        ("Congolese National Police", "CG", []),
        ("Korean National Police", "JP", ["North Korea (KP)", "South Korea (KR)"]),
        ("Dominican Government", "HT", ["Dominica (DM)", "Dominican Republic (DO)", "Haiti (HT)"]),
        ("Ministry of the Interior of Austria", "AT", []),
        ("World Customs Organization", None, []),
    ],
)
def test_what_is_in_doubt_is_asked_about(name, beside, asked):
    assert [one.name for one in read_state(name, beside).doubts] == asked


@pytest.mark.parametrize(
    ("name", "country"),
    [("State of Kuwait", "KW"), ("Türkiye", None), ("Österreich", None), ("Government of Austria", "AU")],
)
def test_an_organization_is_never_registered_under_the_name_of_a_state(name, country):
    with pytest.raises(RuleViolation) as refused:
        register_organization(OrganizationEntry(name=name, country=country), by=OFFICE)

    assert refused.value.rule == "state-is-a-country"
    assert refused.value.records[0].kind == "country"


@pytest.mark.parametrize("name", ["Y", "SEC", "UMA", "NGA", "CIN", "Bi"])
def test_a_short_name_is_no_state_of_which_only_the_accents_or_capitals_differ(name):
    assert register_organization(OrganizationEntry(name=name, allow_duplicate=True), by=OFFICE).name == name


@pytest.mark.parametrize(("name", "code"), [("Ý", "IT"), ("Séc", "CZ"), ("Nga", "RU"), ("UK", "GB"), ("u.s.a.", "US")])
def test_a_short_name_is_the_state_that_is_called_just_so(name, code):
    assert read_state(name, None).code == code


def test_an_organization_is_not_renamed_to_a_state_and_may_be_its_government():
    made = register_organization(OrganizationEntry(name="Government of Austria", country="AT"), by=OFFICE)

    with pytest.raises(RuleViolation):
        correct_organization(
            made.pk, Correction(OrganizationEntry, {"name": "Austria"}), by=OFFICE, expected=made.version
        )
