"""A partner's copy, kept by what openapi-python-client generated (`register_client`)."""

import hashlib
import json
import os
import sys

from register_client import AuthenticatedClient, Client
from register_client.api.oauth import oauth_token
from register_client.api.partner import partner_attachment_content, partner_changes, partner_snapshot
from register_client.models import AttachmentLine, ChangesPage, PartnerSnapshotFormat, PartnerToken
from register_client.models import TokenRequestOfPartnerRequest as TokenRequest
from register_client.types import File

PAGE = 25
HOME = os.environ["REGISTER"]
copy = {}


def sign_in():
    asked = TokenRequest("client_credentials", os.environ["CLIENT_ID"], os.environ["CLIENT_SECRET"])
    token = oauth_token.sync(client=Client(HOME), body=asked)
    assert isinstance(token, PartnerToken), token
    return AuthenticatedClient(HOME, token=token.access_token)


def store(page):
    assert isinstance(page, ChangesPage), page
    for line in page.changes:
        if line.op == "upsert":
            copy[line.id] = line
        else:
            copy.pop(line.id, None)
    return page


def is_in_step(digest):
    own = {}
    for line in copy.values():
        own[line.kind] = (own.get(line.kind, 0) + int(line.digest, 16)) % 2**64
    return own == {one.kind: int(one.hash_, 16) for one in digest}


def say(**told):
    sys.stdout.write(json.dumps(told) + "\n")
    sys.stdout.flush()


client = sign_in()
page = store(partner_snapshot.sync(client=client, limit=PAGE, format_=PartnerSnapshotFormat.JSON))
while page.has_more:
    page = store(
        partner_snapshot.sync(client=client, limit=PAGE, cursor=page.cursor, format_=PartnerSnapshotFormat.JSON)
    )
say(records=len(copy), kinds=sorted({line.kind for line in copy.values()}))
sys.stdin.readline()
[text] = [line.document for line in copy.values() if isinstance(line, AttachmentLine)]
file = partner_attachment_content.sync(text.id, client=client)
assert isinstance(file, File), file
ops = []
page = store(partner_changes.sync(client=client, cursor=page.cursor, limit=PAGE, digest=True))
ops += [line.op for line in page.changes]
while page.has_more:
    page = store(partner_changes.sync(client=client, cursor=page.cursor, limit=PAGE, digest=True))
    ops += [line.op for line in page.changes]
say(
    upserts=ops.count("upsert"),
    withdrawn=ops.count("withdrawn"),
    in_step=is_in_step(page.digest),
    text=hashlib.sha256(file.payload.read()).hexdigest() == text.sha256,
)
