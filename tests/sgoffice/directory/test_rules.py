"""When two names are surely one, and how alike they are."""

import pytest

from sgoffice.directory.rules import find_wrong_periods, is_whole_name, likeness, same_person


@pytest.mark.parametrize(
    ("known", "written", "family"),
    [
        ("Josephine Teo", "Mrs Teo Josephine", ""),
        ("Teo Chee Hean", "Mr TEO Chee-Hean", ""),
        ("Teo Chee Hean", "Chee-Hean Teo", ""),
        ("Teo Chee Hean", "Chee Hean TEO", ""),
        ("Gabriel García Márquez", "García Márquez, Gabriel", ""),
        ("Gabriel García Márquez", "García Márquez Gabriel", "García Márquez"),
        ("Mohammed bin Rashid Al Maktoum", "Al Maktoum Mohammed bin Rashid", ""),
        ("Владимир Александрович Колокольцев", "КОЛОКОЛЬЦЕВ Владимир Александрович", ""),
        ("Xi Jinping", "Xi Jin-ping", ""),
        ("کمال نیکی", "كمال نيكي", ""),
    ],
)
def test_the_same_words_and_a_family_name_moved_as_one_block_are_one(known, written, family):
    assert same_person(known, written, family=family)
    assert same_person(written, known, family=family)


@pytest.mark.parametrize(
    ("known", "written", "family"),
    [
        ("Sheikh Mohammed bin Rashid Al Maktoum", "Sheikh Rashid bin Mohammed Al Maktoum", ""),
        ("Nasser bin Abdulla", "Abdulla bin Nasser", ""),
        ("Saif bin Zayed", "bin Zayed Saif", ""),
        ("Ahmed Naser Al-Raisi", "Naser Ahmed Al-Raisi", ""),
        ("Ahmed Naser", "Naser Ahmed", ""),
        ("أحمد ناصر", "ناصر أحمد", ""),
        ("محمد بن راشد", "راشد بن محمد", ""),
        ("Kim Jong Yang", "Kim Yang Jong", ""),
        ("Kim Jong Yang", "Yang Kim Jong", ""),
        ("Kim Jong Yang", "Yang Kim Jong", "Kim"),
        ("Владимир Александрович", "Александрович Владимир", ""),
        ("Chen Xiaoming", "Xiao Ming Chen", ""),
        ("रीना दासगुप्ता", "रानी दासगुप्ता", ""),
        ("Vladimir Putin", "Владимир Путин", ""),
        ("An Na Li", "Anna Li", ""),
    ],
)
def test_another_order_of_a_father_and_son_another_letter_or_script_are_not_one(known, written, family):
    assert not same_person(known, written, family=family)
    assert not same_person(written, known, family=family)


@pytest.mark.parametrize("name", ["J. Stock", "K. Shanmugam", "Putin", "Dr. Putin", "Minister", "S. S.", "李娜"])
def test_initials_a_lone_word_and_a_title_are_no_whole_name(name):
    assert not is_whole_name(name)


@pytest.mark.parametrize("name", ["Jürgen Stock", "Ronald K. Noble", "李小龙王", "김정은", "Li Na"])
def test_names_that_are_written_out_are_whole(name):
    assert is_whole_name(name)


@pytest.mark.parametrize(
    ("known", "typed"),
    [
        ("Gerhard Karner", "Karnr"),
        ("Valdecy Urquiza", "Urquisa"),
        ("Ahmed Naser Al-Raisi", "Alraisi"),
        ("Jürgen Stock", "J. Stock"),
        ("B. Ganbold", "Batbayar Ganbold"),
        ("Batbayar Ganbold", "B. Ganbold"),
        ("Chen Xiaoming", "Xiao Ming Chen"),
        ("Bo Bo", "Lt Gen Bo Bo"),
        ("Gerhard Karner", "Gerhart Karner"),
        ("Jürgen Stock", "Jurgen Stok"),
    ],
)
def test_near_spellings_and_initials_are_alike_both_ways(known, typed):
    assert likeness(known, typed, ordered=False) >= 0.74
    assert likeness(typed, known, ordered=False) >= 0.74


PERIODS = {"organization": "INTERPOL", "is_member": True}


@pytest.mark.parametrize(
    ("memberships", "pointers"),
    [
        ([PERIODS], []),
        ([PERIODS | {"since": "1956", "until": "1989"}, PERIODS | {"since": "1990-05"}], []),
        ([PERIODS | {"since": "1956", "until": "1989"}, PERIODS | {"since": "1989"}], []),
        ([PERIODS | {"since": "1990"}, PERIODS | {"since": "1956"}], ["/memberships/0/since"]),
        ([PERIODS | {"since": "1956"}, {"organization": "United Nations", "is_member": True, "since": "1960"}], []),
        ([PERIODS | {"since": "1990", "until": "1956"}], ["/memberships/0/until"]),
        ([PERIODS | {"since": "soon"}], ["/memberships/0"]),
    ],
)
def test_periods_of_a_membership_do_not_overlap_or_end_before_they_start(memberships, pointers):
    assert [pointer for pointer, _ in find_wrong_periods(memberships)] == pointers
