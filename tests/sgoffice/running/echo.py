"""A small application behind the server of `start`: tells what it was handed, or sends what is asked for."""

import json

from django.http import HttpResponse, StreamingHttpResponse

from sgoffice.api.refusals import REFUSAL
from sgoffice.running.web_application import WebApplication
from sgoffice.running.web_bodies import BodyReader

PATIENCE = 3.0
LARGE = 20_000_000


def broken():
    yield b"a beginning"
    raise UnicodeError("and no end")


def answer(environ):
    path = environ["PATH_INFO"]
    if path == "/large":
        return HttpResponse(b"x" * LARGE)
    if path == "/stream":
        return StreamingHttpResponse([b"one", b"two"], headers={"X-Kept": "yes"})
    if path == "/broken":
        return StreamingHttpResponse(broken(), headers={"X-Kept": "yes", "ETag": '"1"'})
    if environ.get(REFUSAL):
        return HttpResponse(environ[REFUSAL], status=408)
    told = {name: value for name, value in environ.items() if isinstance(value, str)}
    return HttpResponse(json.dumps(told | {"body": environ["wsgi.input"].read().decode()}))


def respond(environ, start_response):
    response = answer(environ)
    start_response(f"{response.status_code} {response.reason_phrase}", list(response.items()))
    return response


def application():
    return WebApplication(respond, threads=2, bodies=BodyReader(patience=PATIENCE))
