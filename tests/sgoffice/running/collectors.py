"""A collector of traces: it keeps what it gets by OTLP over HTTP, decoded."""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest


class Collector(ThreadingHTTPServer):
    """What came to `/v1/traces`: raw bodies, and their spans."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.bodies: list[bytes] = []
        self.spans: list[Any] = []
        self.services: set[str] = set()
        self.address = f"http://127.0.0.1:{self.server_port}/v1/traces"

    def take(self, body: bytes) -> None:
        self.bodies.append(body)
        for resource in ExportTraceServiceRequest.FromString(body).resource_spans:
            self.services.add(attributes(resource.resource)["service.name"])
            self.spans.extend(span for scope in resource.scope_spans for span in scope.spans)

    def wait_for(self, is_there: Callable[[Any], bool], seconds: float = 20) -> Any:
        """Return the first span of that sort; AssertionError if none comes."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            if found := [span for span in list(self.spans) if is_there(span)]:
                return found[0]
            time.sleep(0.05)
        raise AssertionError([span.name for span in self.spans])

    def below(self, span: Any) -> list[Any]:
        """Return the spans that belong to one directly."""
        return [one for one in self.spans if one.parent_span_id == span.span_id]


class _Handler(BaseHTTPRequestHandler):
    server: Collector

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        if self.path == "/v1/traces" and self.headers["Content-Type"] == "application/x-protobuf":
            self.server.take(body)
        self.send_response(200)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *args: object) -> None:
        pass


def attributes(one: Any) -> dict[str, Any]:
    """Return the attributes of a span or a resource."""
    return {pair.key: getattr(pair.value, pair.value.WhichOneof("value")) for pair in one.attributes}


@contextmanager
def collecting() -> Iterator[Collector]:
    """A collector on this machine."""
    with Collector() as collector:
        thread = threading.Thread(target=collector.serve_forever)
        thread.start()
        try:
            yield collector
        finally:
            collector.shutdown()
            thread.join()
