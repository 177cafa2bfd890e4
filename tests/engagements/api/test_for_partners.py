"""The download of a text by a partner: as it was uploaded, and only while it may have it."""

import base64
import hashlib

import pytest
from django.urls import reverse

from tests.engagements.files import PDF
from tests.factories import agreements as make
from tests.factories import engagements as engage
from tests.factories.accounts import signed_in
from tests.factories.partners import Puller, partner, release, withdraw

pytestmark = pytest.mark.django_db
NOBODY = "01900000-0000-7000-8000-000000000000"


def address(key):
    return f"attachments/{key}/content"


def test_a_released_text_comes_as_it_is_with_its_digest(settle):
    puller = Puller(partner())
    file = engage.services.Upload(name="LEG draft 7 (JD).pdf", content=PDF)
    text = engage.text(make.agreement(marking="public"), file=file)
    release(puller.partner, text.pk)
    settle()
    digest = hashlib.sha256(PDF)
    told = puller.see(f"records/{text.pk}").json()["document"]

    answer = puller.see(address(text.pk), **{"Accept-Encoding": "gzip, zstd"})

    assert told["address"] == reverse("partner-attachment-content", kwargs={"record_id": text.pk})
    assert (answer.status_code, answer.content, answer["Content-Type"]) == (200, PDF, "application/pdf")
    assert "Content-Encoding" not in answer
    assert answer["ETag"] == f'"{digest.hexdigest()}"' == f'"{told["sha256"]}"'
    assert answer["Repr-Digest"] == f"sha-256=:{base64.b64encode(digest.digest()).decode()}:"
    assert f'filename="{text.reference}.pdf"' in answer["Content-Disposition"]
    assert "LEG" not in str(answer.headers) + puller.see(f"records/{text.pk}").content.decode()
    same = puller.see(address(text.pk), **{"If-None-Match": answer["ETag"]})
    assert (same.status_code, same.content, same["ETag"]) == (304, b"", answer["ETag"])


def test_a_text_comes_to_a_client_that_names_no_file_in_accept(settle):
    puller, text = Puller(partner()), engage.text(make.agreement(marking="public"), marking="public")
    settle()

    assert puller.see(address(text.pk), Accept="application/problem+json").content == b"We agree."
    assert puller.see(address(text.pk), Accept="video/mp4").status_code == 406


def test_what_is_hidden_is_not_there_and_a_withdrawal_holds_at_once(settle):
    puller, other = Puller(partner()), Puller(partner())
    agreement = make.agreement(marking="public")
    released, internal = engage.text(agreement), engage.text(agreement, b"Between us.")
    meeting = engage.text(engage.engagement(marking="public"), marking="public")
    lent = release(puller.partner, released.pk)
    settle()

    assert puller.see(address(released.pk)).status_code == 200
    unknown = puller.see(address(NOBODY), **{"X-Request-ID": "same"})
    for client, key in ((puller, internal.pk), (puller, meeting.pk), (other, released.pk)):
        hidden = client.see(address(key), **{"X-Request-ID": "same"})
        assert (hidden.status_code, hidden.content) == (
            404,
            unknown.content.replace(NOBODY.encode(), str(key).encode()),
        )

    withdraw(lent)
    gone = puller.see(address(released.pk), **{"If-None-Match": f'"{released.sha256}"'})
    assert gone.status_code == 404


def test_it_takes_a_token_for_texts(settle):
    holder = partner()
    text = engage.text(make.agreement(marking="public"), marking="public")
    settle()

    assert Puller(holder, kinds=("agreement",)).see(address(text.pk)).status_code == 403
    assert Puller(holder, kinds=("attachment",)).see(address(text.pk)).content == b"We agree."
    assert signed_in("approver").get(f"/api/v1/partner/{address(text.pk)}").status_code == 401
