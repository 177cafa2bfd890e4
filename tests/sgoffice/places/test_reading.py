"""A country by any code or name; what is unclear is refused with those that may be meant."""

import pytest

from sgoffice.places.codes import record_code
from sgoffice.places.names import all_keys, meaning_of
from sgoffice.places.reading import UnclearPlace, read_country
from tests.factories import directory

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("written", "code"),
    [
        *(
            ("GB", "GB"),
            ("UK", "GB"),
            ("uk", "GB"),
            ("GBR", "GB"),
            ("826", "GB"),
            ("U.K.", "GB"),
            ("Great Britain", "GB"),
        ),
        *(("BUMM", "MM"), ("BUR", "MM"), ("ZAR", "CD"), ("TPTL", "TL"), ("XKX", "XK"), ("SU", "SUHH"), ("DDR", "DDDE")),
        *(("Ivory Coast", "CI"), ("Republic of Korea", "KR"), ("Korea, Republic of", "KR"), ("DPRK", "KP")),
        *(("the Gambia", "GM"), ("St. Kitts & Nevis", "KN"), ("Macau", "MO"), ("Chinese Taipei", "TW"), ("CHAD", "TD")),
        *(("Deutschland", "DE"), ("Österreich", "AT"), ("Россия", "RU"), ("中国", "CN"), ("日本", "JP"), ("مصر", "EG")),
        *(("Guinea", "GN"), ("Guinea-Bissau", "GW"), ("Niger", "NE"), ("Dominica", "DM"), ("Sudan", "SD")),
        *(
            ("Siam", "TH"),
            ("Zaire", "CD"),
            ("Burma", "MM"),
            ("FYROM", "MK"),
            ("USSR", "SUHH"),
            ("Soviet Union", "SUHH"),
        ),
        *(("United Kingdom of Great Britain and Northern Ireland", "GB"), ("State of Kuwait", "KW")),
        *(("Islamic Republic of Iran", "IR"), ("Oriental Republic of Uruguay", "UY"), ("République française", "FR")),
        *(("Российская Федерация", "RU"), ("中华人民共和国", "CN"), ("جمهورية مصر العربية", "EG"), ("Áo", "AT")),
    ],
)
def test_a_code_or_a_name_is_the_code_of_its_record(written, code):
    assert read_country(written) == code


@pytest.mark.parametrize(
    ("written", "candidates"),
    [
        ("Congo", ("CG", "CD")),
        ("Korea", ("KP", "KR")),
        ("CS", ("CSHH", "CSXX")),
        ("Virgin Islands", ("VG", "VI")),
        ("England", ("GB",)),
        ("Gremany", ("DE",)),
        ("EU", ()),
        ("ZZ", ()),
        ("Atlantis", ()),
        ("Government of Austria", ()),
        ("x" * 5000, ()),
    ],
)
def test_what_is_unclear_is_refused_with_those_that_may_be_meant(written, candidates):
    with pytest.raises(UnclearPlace) as refused:
        read_country(written)

    assert refused.value.candidates == candidates
    assert all(f"({code})" in str(refused.value) for code in candidates)


def test_a_country_that_only_this_register_has_goes_by_its_code_and_name():
    directory.country("X-SEA", "Sealand")

    assert read_country("x-sea") == read_country("sealand") == "X-SEA"


def test_the_keys_of_the_table_are_folded_as_texts_are_today():
    """Names are looked up by `place_key`; when folding changes, `make places` compiles the table anew."""
    some = all_keys()[::97]

    assert [key for key in some if meaning_of(meaning_of_key(key)).all == ()] == []


def meaning_of_key(key):
    from sgoffice.places.names import of_key

    return of_key(key).spelling


@pytest.mark.parametrize(("code", "record"), [("uk", "GB"), ("AN", "ANHH"), ("CS", "CS"), ("QQ", "QQ")])
def test_a_code_leads_to_one_record_or_stays(code, record):
    assert record_code(code) == record
