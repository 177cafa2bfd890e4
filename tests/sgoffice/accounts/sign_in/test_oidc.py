"""What is taken of the claims in an ID token: whom it is about as it stands, names without what nobody sees."""

import pytest

from sgoffice.accounts.sign_in import oidc


def test_what_nobody_sees_is_no_part_of_a_name():
    identity = oidc._identity({"sub": "amina", "name": "A\x00mina\u202e", "email": "a\x00@b.example"})

    assert (identity.subject, identity.display_name, identity.email) == ("amina", "Amina", "a@b.example")


@pytest.mark.parametrize("subject", ["", 7, "a\x00", "s" * 256])
def test_what_is_no_subject_is_nobody(subject):
    with pytest.raises(oidc.ProviderFault):
        oidc._identity({"sub": subject})
