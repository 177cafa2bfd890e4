"""Which passwords are easy to guess."""

import pytest

from sgoffice.accounts.rules import faults_of_password

ANNA = ("anna.schmidt", "Anna Schmidt", "a.schmidt@police.example")


@pytest.mark.parametrize(
    "password",
    [
        # short, common, repeated, in sequence, on the keyboard
        "Tr0ub4dor&3", "password1234", "aaaaaaaaaaab", "123456789012345a", "qwertyuiop12", "abcabcabcabc1",
        "iloveyouforever", "x" * 129,
        # the register, its languages, years and signs
        "Interpol2026!", "1nterp0l!2026", "Interpol-Lyon-2026", "secretgeneral", "Secretary-General-1",
        "Général-Secrétariat1", "motdepasse2026", "Welcome2026!!", "november2026!!", "lopretni-lopretni",
        # the person
        "annaschmidt1980", "SchmidtAnna!!1", "Schm1dt-Schm1dt", "4nn4.police.2026",
    ],
)  # fmt: skip
def test_password_that_others_would_guess_is_refused(password):
    assert faults_of_password(password, ANNA) != []


@pytest.mark.parametrize(
    "password",
    [
        "correct horse battery staple",
        "Another-Password-55!",
        "kT8#vLq2pZ!m",
        "Πέντε μήλα και νερό",
        "الحصان يأكل التفاح",
    ],
)
def test_password_of_unconnected_words_or_signs_is_taken(password):
    assert faults_of_password(password, ANNA) == []


def test_own_words_count_for_their_owner_alone():
    assert faults_of_password("Okonkwo-Adaeze-7!", ["adaeze", "Adaeze Okonkwo"]) != []
    assert faults_of_password("Okonkwo-Adaeze-7!", ANNA) == []
