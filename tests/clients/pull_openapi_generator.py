"""A partner's copy, kept by what openapi-generator generated (`register_client`)."""

import hashlib
import json
import os
import sys

from register_client import ApiClient, Configuration, OauthApi, PartnerApi
from register_client.models import AttachmentLine

PAGE = 25
configuration = Configuration(host=os.environ["REGISTER"])
client = ApiClient(configuration)
oauth, partner = OauthApi(client), PartnerApi(client)
copy = {}


def sign_in():
    token = oauth.oauth_token(
        grant_type="client_credentials",
        client_id=os.environ["CLIENT_ID"],
        client_secret=os.environ["CLIENT_SECRET"],
    )
    configuration.access_token = token.access_token


def store(page):
    for line in page.changes:
        told = line.actual_instance
        if told.op == "upsert":
            copy[told.id] = told
        else:
            copy.pop(told.id, None)
    return page


def is_in_step(digest):
    own = {}
    for line in copy.values():
        own[line.kind] = (own.get(line.kind, 0) + int(line.digest, 16)) % 2**64
    return own == {one.kind: int(one.hash, 16) for one in digest}


def say(**told):
    sys.stdout.write(json.dumps(told) + "\n")
    sys.stdout.flush()


sign_in()
page = store(partner.partner_snapshot(limit=PAGE, format="json"))
while page.has_more:
    page = store(partner.partner_snapshot(limit=PAGE, cursor=page.cursor, format="json"))
say(records=len(copy), kinds=sorted({line.kind for line in copy.values()}))
sys.stdin.readline()
[text] = [line.document for line in copy.values() if isinstance(line, AttachmentLine)]
file = partner.partner_attachment_content(str(text.id))
ops = []
page = store(partner.partner_changes(cursor=page.cursor, limit=PAGE, digest=True))
ops += [line.actual_instance.op for line in page.changes]
while page.has_more:
    page = store(partner.partner_changes(cursor=page.cursor, limit=PAGE, digest=True))
    ops += [line.actual_instance.op for line in page.changes]
say(
    upserts=ops.count("upsert"),
    withdrawn=ops.count("withdrawn"),
    in_step=is_in_step(page.digest),
    text=hashlib.sha256(file).hexdigest() == text.sha256,
)
