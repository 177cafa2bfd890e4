"""Where metrics are served, and the folder in which the workers count; `metrics_listener.py` serves them."""

import ipaddress
from pathlib import Path
from urllib.parse import urlsplit

from sgoffice.settings.environment import Environment

#: Names the folder to prometheus_client, which looks when it is imported.
FOLDER = "PROMETHEUS_MULTIPROC_DIR"


class MetricsRefused(Exception):
    """Metrics cannot be served like this; the text says what to do."""


def address_of(environment: Environment) -> tuple[str, int]:
    """Return host and port of SGOFFICE_METRICS. Raises MetricsRefused."""
    parts = urlsplit(f"//{environment.sgoffice_metrics}")
    try:
        host, port = ipaddress.ip_address(parts.hostname or ""), parts.port
    except ValueError:
        port = None
    if port is None:
        message = "SGOFFICE_METRICS names an address of this machine and a port, such as 127.0.0.1:9464 or [::1]:9464."
        raise MetricsRefused(message)
    if not host.is_loopback and not environment.sgoffice_metrics_token:
        message = (
            f"SGOFFICE_METRICS is {environment.sgoffice_metrics}, which others reach: set SGOFFICE_METRICS_TOKEN, or "
            "listen on 127.0.0.1."
        )
        raise MetricsRefused(message)
    return str(host), port


def folder_of(environment: Environment) -> Path:
    """Return the folder in which the workers count. Raises MetricsRefused."""
    _, port = address_of(environment)
    return environment.state / "metrics" / str(port)
