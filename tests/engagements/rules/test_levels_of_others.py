"""Titles that only look like those of a government: of parts of States, of diplomats, former, future, of staff."""

import pytest

from engagements.rules.levels import level_of, levels_of
from engagements.rules.titles import Office
from sgoffice.places.parts import states_of_part


def of(country):
    return Office(country=country)


@pytest.mark.parametrize(
    ("title", "office", "level"),
    [
        # parts of States, named behind the title, in front of it or beside it, in four languages
        ("Minister of the Interior of Bavaria", of("DE"), ""),
        ("Bavarian Minister of the Interior", of("DE"), ""),
        ("Minister of the Interior of the Free State of Bavaria", of("DE"), ""),
        ("Deputy Minister of the Interior of Bavaria", of("DE"), ""),
        ("Ministre-Président de Wallonie", of("BE"), ""),
        ("ministre du gouvernement flamand", of("BE"), ""),
        ("Chief Minister of Punjab", of("PK"), ""),
        ("Home Minister of Maharashtra", Office(), ""),
        ("Ontario Minister of Health", of("CA"), ""),
        ("Minister of Health, Ontario", of("CA"), ""),
        ("Minister of Health (Ontario)", Office(), ""),
        ("Ministre de la Sécurité publique du Québec", of("CA"), ""),
        ("Ministre de l'Intérieur du Land de Bavière", of("DE"), ""),
        ("Ministro de Seguridad de la Provincia de Buenos Aires", of("AR"), ""),
        ("Minister of Security of Santa Fe Province", of("AR"), ""),
        ("Minister of Internal Affairs of the Chechen Republic", of("RU"), ""),
        ("Minister of Interior of the Kurdistan Region", of("IQ"), ""),
        ("وزير داخلية إقليم كردستان", of("IQ"), ""),
        ("Regional Minister of the Interior", of("ES"), ""),
        ("Secretary of State of California", of("US"), ""),
        ("Attorney General of California", of("US"), "judiciary"),
        ("Minister of Interior of Puntland", of("SO"), ""),
        ("Premier", of("CA"), ""),
        ("Deputy Premier", of("AU"), ""),
        ("Premier ministre", of("CA"), "head_of_government"),
        ("Premier", of("CN"), "head_of_government"),
        # by the body alone
        ("Minister of the Interior", Office("government", "DE", "Government of Bavaria"), ""),
        ("Minister of the Interior", Office("ministry", "DE", "Bavarian State Ministry of the Interior"), ""),
        ("Chief Secretary and Minister", Office("government", "IN", "Government of Punjab"), ""),
        ("Minister", Office("local_authority", "DE"), ""),
        ("Minister", Office("other", "JP", "Embassy of Japan"), ""),
        ("Minister", Office("regional_body", "", "Eastern Africa Police Chiefs Cooperation Organization"), "minister"),
        # the State, and what its ministers are in charge of
        ("Minister of the Interior of Germany", of("DE"), "minister"),
        ("Minister of Foreign Affairs of the Republic of Kenya", of("KE"), "minister"),
        ("Minister of the Interior of Georgia", Office(), "minister"),
        ("وزير الداخلية بدولة قطر", of("QA"), "minister"),
        ("Minister of Local Government and Regional Development", of("NO"), "minister"),
        ("Secretary of State for Scotland", of("GB"), "minister"),
        ("Secretary of State for Northern Ireland", Office("ministry", "GB", "Northern Ireland Office"), "minister"),
        ("Minister without Portfolio", of("IT"), "minister"),
        ("Minister of the Federal Capital Territory", of("NG"), "minister"),
        ("Minister of Development of North Eastern Region", of("IN"), "minister"),
        ("Minister of Health of the North Eastern Region", of("KE"), ""),
        # chancellors
        ("Chancellor", of("DE"), "head_of_government"),
        ("Chancellor of Austria", Office(), "head_of_government"),
        ("Chancelier fédéral", of("AT"), "head_of_government"),
        ("Vice-Chancellor", of("DE"), "deputy_head_of_government"),
        ("Chancellor", of("GB"), ""),
        ("Chancellor of the Duchy of Lancaster", of("GB"), ""),
        ("Federal Chancellor", of("CH"), ""),
        ("Chancellor of the University of Vienna", of("AT"), ""),
        ("Vice-Chancellor of the University of Oxford", of("GB"), ""),
        # secretaries of State
        ("Secretary of State for the Home Department", of("GB"), "minister"),
        ("U.S. Secretary of State", Office(), "minister"),
        ("Secrétaire d'État", of("US"), "minister"),
        ("Secretario de Estado", of("US"), "minister"),
        ("Secrétaire d'État", of("FR"), "deputy_minister"),
        ("Secrétaire d'État auprès du ministre de l'Intérieur", of("FR"), "deputy_minister"),
        ("Secretario de Estado de Seguridad", of("ES"), "deputy_minister"),
        ("Parliamentary Under-Secretary of State for Safeguarding", of("GB"), "deputy_minister"),
        ("First Deputy Minister of Internal Affairs", of("UA"), "deputy_minister"),
        ("نائبة وزير الخارجية", of("EG"), "deputy_minister"),
        ("Junior Minister for Housing", of("FR"), "deputy_minister"),
        # diplomats
        ("Minister-Counsellor", of("FR"), ""),
        ("Minister Plenipotentiary", of("IT"), ""),
        ("Ministro plenipotenciario", of("ES"), ""),
        ("الوزير المفوض", of("EG"), ""),
        ("Minister (Political Affairs), Embassy of Japan", of("JP"), ""),
        ("Minister, Permanent Mission of Japan to the United Nations", of("JP"), ""),
        ("Minister", Office("other", "JP", "Permanent Mission of Japan"), ""),
        ("Minister, Delegation of Japan", of("JP"), ""),
        ("Ministre, Mission permanente du Japon", of("JP"), ""),
        ("Ministre", Office("other", "JP", "Délégation permanente du Japon"), ""),
        ("Ministro, Misión Permanente del Japón", of("JP"), ""),
        ("وزير، بعثة اليابان", of("JP"), ""),
        ("Minister of Justice, Head of the Delegation of Japan", of("JP"), "minister"),
        ("Minister, Head of Delegation", of("JP"), "minister"),
        ("Minister, Deputy Head of Mission", of("JP"), ""),
        ("Minister of the Interior", Office("other", "JP", "Delegation of Japan"), "minister"),
        ("Ambassador Extraordinary and Plenipotentiary", of("JP"), "ambassador"),
        # no more, not yet, and for now
        ("Minister of Interior (former)", of("FR"), ""),
        ("الوزير الأسبق", of("IQ"), ""),
        ("exministro del Interior", of("PE"), ""),
        ("Minister designate", of("NG"), ""),
        ("Minister of Interior-designate", of("NG"), ""),
        ("Premier ministre désigné", of("LB"), ""),
        ("President-elect", of("US"), ""),
        ("Acting Minister of Interior", of("LY"), "minister"),
        ("Ministro del Interior en funciones", of("BO"), "minister"),
        ("وزير الداخلية بالوكالة", of("KW"), "minister"),
        # whoever serves one
        ("Private secretary to the Minister", of("GB"), ""),
        ("Spokesperson of the Minister", of("DE"), ""),
        ("Porte-parole du ministre", of("FR"), ""),
        ("Conseiller du ministre de l'Intérieur", of("FR"), "senior_official"),
        ("Portavoz del ministro del Interior", of("ES"), ""),
        ("مستشار وزير الداخلية", of("IQ"), "senior_official"),
        ("المتحدث باسم وزير الداخلية", of("IQ"), ""),
    ],
)
def test_a_title_speaks_of_no_higher_office_than_it_is(title, office, level):
    assert level_of(title, office) == level


def test_what_the_united_kingdom_calls_a_secretary_of_state_is_a_minister_without_doubt():
    [there] = levels_of("Secretary of State for the Home Department", of("GB"))

    assert (there.level, there.doubt) == ("minister", "")


@pytest.mark.parametrize(
    ("name", "states"),
    [("Bayern", ("DE",)), ("Wallonie", ("BE",)), ("Punjab", ("IN", "PK")), ("Georgia", ()), ("Interior", ())],
)
def test_a_part_is_known_by_its_names_and_a_state_is_none(name, states):
    assert set(states_of_part(name)) == set(states)
