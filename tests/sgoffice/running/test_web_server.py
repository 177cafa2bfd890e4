"""What the server is handed: whole bodies as lists, streams as they are."""

import pytest
from django.http import HttpResponse, StreamingHttpResponse

from sgoffice.running.web_server import send_whole_bodies


@pytest.fixture
def closed():
    return []


def answered(response, closed):
    response.close = lambda: closed.append(True)
    return send_whole_bodies(lambda *_: response)({}, lambda *_: None)


def test_whole_body_is_one_piece_and_its_response_is_closed(closed):
    assert answered(HttpResponse([b"one", b"two"]), closed) == [b"onetwo"]
    assert closed == [True]


def test_stream_is_left_to_the_server(closed):
    response = StreamingHttpResponse(iter([b"one", b"two"]))

    handed = answered(response, closed)

    assert (handed is response, closed) == (True, [])
    assert list(handed) == [b"one", b"two"]


def test_response_that_fails_is_closed(closed):
    class Broken(HttpResponse):
        @property
        def content(self):
            raise UnicodeError("no bytes")

        @content.setter
        def content(self, value):
            pass

    with pytest.raises(UnicodeError, match="no bytes"):
        answered(Broken(), closed)
    assert closed == [True]
