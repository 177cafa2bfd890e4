"""No body costs more than linear time, whatever is wrong with it, and no refusal grows with what was sent."""

import time

import pytest
from django.test import Client
from rest_framework.exceptions import ParseError

from sgoffice.api.parsers import parse

MOST = 64_000
KEYS = b",".join(b'"k%d":1' % number for number in range(19_000))
#: Bodies of up to 1 MB that cost seconds, or would answer with megabytes, if anybody looked at each part in turn.
COSTLY = {
    "a key twice": b"{%b,%b}" % (KEYS, b'"k18999":2'),
    "many keys twice": b"{%b,%b}" % (b'"a":1,' * 9_000 + b'"b":1', b'"b":2'),
    "a long key twice": b'{"%b":1,"%b":2}' % (b"k" * 400_000, b"k" * 400_000),
    "unknown keys": b"{%b}" % KEYS,
    "one long unknown key": b'{"%b":1}' % (b"k" * 900_000),
    "unknown keys of many bytes": b"{%b}" % b",".join(b'"\\u0001%d%b":1' % (n, "€".encode() * 9) for n in range(9000)),
    "more values than anybody sends": b'{"a":[%b]}' % b",".join([b"1"] * 400_000),
    "a text without end": b'{"a":"' + b'\\"' * 490_000,
    "quotes without end": b'{"a":"' + b'\\\n"' * 300_000,
    "a long text": b'{"grant_type":"%b"}' % (b"x" * 900_000),
    "a long number": b'{"a":%b}' % (b"9" * 900_000),
    "deep": b"[" * 900_000,
    "spaces": b" " * 900_000 + b"{",
}  # fmt: skip


@pytest.mark.django_db
@pytest.mark.parametrize("name", COSTLY)
def test_costly_body_is_refused_at_once_in_few_words(name):
    begun = time.process_time()
    answer = Client().post("/api/v1/oauth/token", COSTLY[name], content_type="application/json")

    assert time.process_time() - begun < 1
    assert 400 <= answer.status_code < 500
    assert len(answer.content) < MOST


def test_values_up_to_the_limit_are_read():
    assert len(parse(b"[%b]" % b",".join([b'"a,b"'] * 20_000))) == 20_000
    with pytest.raises(ParseError, match="more than 20000 values"):
        parse(b"[%b]" % b",".join([b"1"] * 20_001))
