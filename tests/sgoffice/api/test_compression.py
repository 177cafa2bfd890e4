"""Which encoding an Accept-Encoding asks for, and which ETag each has."""

import gzip

import pytest
import zstandard
from django.http import HttpResponse, StreamingHttpResponse
from django.test import RequestFactory

from sgoffice.api.compression import compress, encoding_for
from sgoffice.api.preconditions import is_unchanged

BODY = b"a line of JSON\n" * 400
READ = {
    "": lambda body: body,
    "gzip": gzip.decompress,
    "zstd": lambda body: zstandard.ZstdDecompressor().stream_reader(body).read(),
}


def asking(accepted, **headers):
    return RequestFactory().get("/", headers={"Accept-Encoding": accepted} | headers)


@pytest.mark.parametrize(
    ("accepted", "encoding"),
    [
        ("", ""),
        ("br", ""),
        ("*", ""),
        ("identity", ""),
        ("gzip", "gzip"),
        ("gzip, deflate, br, zstd", "zstd"),
        ("ZSTD", "zstd"),
        ("zstd;q=0, gzip", "gzip"),
        ("zstd;q=0.5, gzip;q=0.8", "gzip"),
        ("gzip;q=0", ""),
        ("gzip;q=nonsense, zstd;;", ""),
        ("x-gzipped, ;,=", ""),
    ],
)
def test_an_encoding_is_used_only_if_it_is_asked_for(accepted, encoding):
    assert encoding_for(accepted) == encoding


@pytest.mark.parametrize(("accepted", "encoding"), [("br", ""), ("gzip", "gzip"), ("gzip, zstd", "zstd")])
def test_whole_and_streamed_answers_have_the_same_content_in_each(accepted, encoding):
    whole = compress(asking(accepted), HttpResponse(BODY, headers={"ETag": '"one"'}))
    streamed = compress(asking(accepted), StreamingHttpResponse(iter([BODY[:999], BODY[999:]])))

    for answer in (whole, streamed):
        body = answer.getvalue()
        assert READ[encoding](body) == BODY
        assert len(body) < len(BODY) or not encoding
        assert answer.headers.get("Content-Encoding", "") == encoding
        assert answer["Vary"] == "Accept-Encoding"
    assert whole["ETag"] == (f'"one-{encoding}"' if encoding else '"one"')
    assert compress(asking(accepted), HttpResponse(BODY)).content == whole.content


def test_a_streamed_answer_is_readable_as_far_as_it_came():
    for encoding, reader in (("gzip", gzip), ("zstd", zstandard)):
        answer = compress(asking(encoding), StreamingHttpResponse(iter([BODY, b"never read"])))
        first = next(iter(answer.streaming_content))
        if reader is gzip:
            assert gzip.zlib.decompressobj(31).decompress(first) == BODY
        else:
            assert zstandard.ZstdDecompressor().decompressobj().decompress(first) == BODY


@pytest.mark.parametrize(
    ("given", "accepted", "told"),
    [
        ('"one-zstd"', "zstd", '"one-zstd"'),
        ('"one"', "zstd", '"one"'),
        ('"other", W/"one-gzip"', "zstd", '"one-gzip"'),
        ("*", "gzip", '"one-gzip"'),
    ],
)
def test_who_has_an_answer_in_any_encoding_is_told_which_one_it_has(given, accepted, told):
    request = asking(accepted, **{"If-None-Match": given})

    assert is_unchanged(request, '"one"')
    assert compress(request, HttpResponse(status=304, headers={"ETag": '"one"'}))["ETag"] == told
    assert not is_unchanged(asking(accepted, **{"If-None-Match": '"two-zstd"'}), '"one"')
