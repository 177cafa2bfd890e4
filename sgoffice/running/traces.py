"""Traces of requests and their statements, sent by OTLP where SGOFFICE_TRACES names a collector (decision 45).

OpenTelemetry is an extra (`sgoffice[traces]`), and is imported only where it is wanted. A span tells what the program
did, never about what: a route for an address, a verb and tables for a statement, the name of an error for its text.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager, nullcontext
from importlib import import_module
from typing import Any

from sgoffice.api.addresses import is_from_proxy
from sgoffice.api.log_format import REQUEST_ID
from sgoffice.api.middleware import ROUTE
from sgoffice.database.base import around_statements
from sgoffice.running.request_metrics import method_of

NEEDED = (
    "SGOFFICE_TRACES needs the packages of an extra: "
    "python3 -m pip --python .venv/bin/python install 'opentelemetry-exporter-otlp-proto-http==1.45.*'"
)
#: Seconds that a collector has for what is sent to it.
_PATIENCE = 5
_ERROR = 500
_TABLES = re.compile(r'\b(?:FROM|INTO|UPDATE|JOIN)\s+(?:ONLY\s+)?"?([a-z_][a-z0-9_]*)', re.IGNORECASE)
_VERB = re.compile(r"[\s(]*([A-Za-z]+)")
_MOST_TABLES = 5


class TracesNotAvailable(Exception):
    """What traces need is not installed; the text says what that is."""


class Untraced:
    """What a worker asks where no collector is named: nothing is told to anybody."""

    def request(self, environ: Mapping[str, Any]) -> AbstractContextManager[list[int]]:
        """Trace what is done within; the caller adds the status of the answer to the list."""
        return nullcontext([])

    def send(self) -> None:
        """Send what waits, and end."""


class Traces(Untraced):
    """Traces of this process; they are sent by a thread of their own, and dropped where the collector is too slow."""

    def __init__(self, collector: str) -> None:
        """Begin to trace. Raises TracesNotAvailable where OpenTelemetry is not installed."""
        exporting = _imported("opentelemetry.exporter.otlp.proto.http.trace_exporter")
        tracing, sending = _imported("opentelemetry.sdk.trace"), _imported("opentelemetry.sdk.trace.export")
        resources = _imported("opentelemetry.sdk.resources")
        self._api = _imported("opentelemetry.trace")
        self._contexts = _imported("opentelemetry.context")
        propagation = _imported("opentelemetry.trace.propagation.tracecontext")
        named = resources.Resource({"service.name": "sgoffice"}).merge(resources.OTELResourceDetector().detect())
        self._provider: Any = tracing.TracerProvider(resource=named)
        exporter = exporting.OTLPSpanExporter(endpoint=collector, timeout=_PATIENCE)
        self._provider.add_span_processor(sending.BatchSpanProcessor(exporter))
        self._tracer: Any = self._provider.get_tracer("sgoffice")
        self._callers: Any = propagation.TraceContextTextMapPropagator()
        around_statements.append(self.statement)

    @contextmanager
    def request(self, environ: Mapping[str, Any]) -> Iterator[list[int]]:
        """Trace a request; what calls from a trusted proxy may name the trace that it belongs to."""
        carried = {"traceparent": environ.get("HTTP_TRACEPARENT", "")} if is_from_proxy(environ) else {}
        caller = self._callers.extract(carried, context=self._contexts.Context())
        method = method_of(environ)
        with self._span(method, self._api.SpanKind.SERVER, context=caller) as span:
            statuses: list[int] = []
            yield statuses
            route = environ.get(ROUTE, "none")
            span.update_name(f"{method} {route}")
            span.set_attributes({
                "http.request.method": method,
                "http.route": route,
                "http.response.status_code": statuses[0],
                "sgoffice.request_id": environ.get(REQUEST_ID, "").rpartition(".")[2],
            })  # fmt: skip
            if statuses[0] >= _ERROR:
                span.set_status(self._api.StatusCode.ERROR)

    def send(self) -> None:
        """Send what waits, and end."""
        self._provider.shutdown()

    def statement(self, execute: Callable[..., Any], sql: Any, params: Any, many: bool, context: Any) -> Any:  # noqa: FBT001 - Django's signature
        """Trace a statement of a request; those of workers belong to none."""
        if not self._api.get_current_span().is_recording():
            return execute(sql, params, many, context)
        with self._span(summary_of(sql), self._api.SpanKind.CLIENT) as span:
            span.set_attribute("db.system.name", "postgresql")
            return execute(sql, params, many, context)

    @contextmanager
    def _span(self, name: str, kind: Any, context: Any = None) -> Iterator[Any]:
        """Trace what is done within; of an error its name alone is kept, since its text has values in it."""
        with self._tracer.start_as_current_span(
            name, context=context, kind=kind, record_exception=False, set_status_on_exception=False
        ) as span:
            try:
                yield span
            except Exception as error:
                span.set_attribute("error.type", type(error).__name__)
                span.set_status(self._api.StatusCode.ERROR)
                raise


def _imported(name: str) -> Any:
    try:
        return import_module(name)
    except ImportError:
        raise TracesNotAvailable(NEEDED) from None


def require_available(collector: str) -> None:
    """Raise TracesNotAvailable if traces are wanted and cannot be sent."""
    if collector and not collector.startswith(("http://", "https://")):
        message = f"SGOFFICE_TRACES is {collector!r}: write an address such as http://127.0.0.1:4318/v1/traces."
        raise TracesNotAvailable(message)
    if collector:
        _imported("opentelemetry.exporter.otlp.proto.http.trace_exporter")


def traces_to(collector: str) -> Untraced:
    """Return what traces the requests of this process; raises TracesNotAvailable."""
    return Traces(collector) if collector else Untraced()


def summary_of(sql: Any) -> str:
    """Return the verb and the tables of a statement, such as `SELECT engagements_engagement`.

    Of what is not a text, which psycopg composes with values in it, nothing.
    """
    found = _VERB.match(sql) if isinstance(sql, str) else None
    if found is None:
        return "OTHER"
    return " ".join([found[1].upper(), *list(dict.fromkeys(_TABLES.findall(sql)))[:_MOST_TABLES]])
