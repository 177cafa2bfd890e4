"""An identity provider, run as a process of its own on loopback; it says of its people whatever a test tells it."""

import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

import requests

_PATIENCE = 30  # seconds


@dataclass(frozen=True)
class Provider:
    """Where it is."""

    address: str

    def tell(self, subject: str, **claims: Any) -> None:
        """Say of somebody what is asked about them from now on."""
        requests.put(f"{self.address}/users/{subject}", json=claims, timeout=_PATIENCE).raise_for_status()

    def authorize(self, address: str, subject: str) -> str:
        """Sign in there, as a browser that was led there; return the address that it is led back to."""
        answer = requests.post(address, data={"sub": subject}, allow_redirects=False, timeout=_PATIENCE)
        back = urlsplit(answer.headers["Location"])
        return f"{back.path}?{back.query}"


@contextmanager
def identity_provider() -> Iterator[Provider]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-W", "ignore", "-m", "oidc_provider_mock", "-p", str(port)]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        provider = Provider(f"http://127.0.0.1:{port}")
        try:
            _wait_for(provider, process)
            yield provider
        finally:
            process.terminate()


def _wait_for(provider: Provider, process: subprocess.Popen[bytes]) -> None:
    end = time.monotonic() + _PATIENCE
    while time.monotonic() < end and process.poll() is None:
        try:
            requests.get(f"{provider.address}/.well-known/openid-configuration", timeout=_PATIENCE).raise_for_status()
        except requests.ConnectionError:
            time.sleep(0.1)
        else:
            return
    message = "the identity provider did not start"
    raise RuntimeError(message)
