"""Hosts, cookies, HTTPS, passwords, and the secret key."""

import os
import secrets
from contextlib import suppress
from ipaddress import IPv4Network, IPv6Network, ip_network
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

from sgoffice.settings.environment import Environment, read_environment

_environment = read_environment()


def _secret_key(state: Path) -> str:
    """Return the key of this installation, created on first use and readable only by its user.

    Raises ImproperlyConfigured, with advice, if it cannot be created or read.
    """
    try:
        return _secret_in(state)
    except OSError as error:
        message = (
            f"This user cannot read the secret key in {state} ({error.strerror}): run this as the user who created it, "
            "or set SGOFFICE_STATE to a folder of your own."
        )
        raise ImproperlyConfigured(message) from error


def _secret_in(state: Path) -> str:
    place = state / "secret_key"
    if not place.exists():
        state.mkdir(parents=True, exist_ok=True, mode=0o711 if os.geteuid() == 0 else 0o700)
        made = place.with_suffix(f".{os.getpid()}")
        with os.fdopen(os.open(made, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8") as file:
            file.write(secrets.token_urlsafe(64))
        with suppress(FileExistsError):  # another process was first: use its key
            place.hardlink_to(made)
        made.unlink()
    return place.read_text(encoding="utf-8")


def _ports(text: str) -> frozenset[int]:
    """Return the ports of a list; raises ImproperlyConfigured for an invalid one."""
    given = [port.strip() for port in text.split(",")]
    if not all(port.isascii() and port.isdigit() and 0 < int(port) < 2**16 for port in given):
        message = f"SGOFFICE_PING_PORTS is {text!r}: write ports separated by commas."
        raise ImproperlyConfigured(message)
    return frozenset(map(int, given))


def _networks(text: str) -> tuple[IPv4Network | IPv6Network, ...]:
    """Return the networks of a list; raises ImproperlyConfigured for an invalid one."""
    try:
        return tuple(ip_network(item.strip()) for item in text.split(",") if item.strip())
    except ValueError as error:
        message = f"SGOFFICE_TRUSTED_PROXIES: {error}. Write networks separated by commas."
        raise ImproperlyConfigured(message) from error


def _may_ping_loopback(environment: Environment) -> bool:
    """Tell whether pings may go to this machine; raises ImproperlyConfigured in an installation behind HTTPS."""
    if environment.sgoffice_pings_to_loopback and environment.sgoffice_https:
        message = "SGOFFICE_PINGS_TO_LOOPBACK is for trials only: remove it where SGOFFICE_HTTPS is set."
        raise ImproperlyConfigured(message)
    return environment.sgoffice_pings_to_loopback


SECRET_KEY = _environment.sgoffice_secret_key or _secret_key(_environment.state)
DEBUG = _environment.sgoffice_debug
ALLOWED_HOSTS = [host.strip() for host in _environment.sgoffice_hosts.split(",") if host.strip()]
TRUSTED_PROXIES = _networks(_environment.sgoffice_trusted_proxies)
IS_PLAIN_HTTP = _environment.sgoffice_plain_http
#: Whether others than this machine are served: then what is unsafe is refused (running/safety.py).
IS_PRODUCTION = _environment.sgoffice_https or not set(ALLOWED_HOSTS) <= {"localhost", "127.0.0.1", "[::1]"}
CSRF_FAILURE_VIEW = "sgoffice.desk.interruptions.csrf_failed"
LOGIN_URL = "admin:login"
LOGIN_REDIRECT_URL = "admin:index"

SESSION_COOKIE_AGE = 12 * 60 * 60  # seconds: a working day
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = _environment.sgoffice_https
CSRF_COOKIE_SECURE = _environment.sgoffice_https
SECURE_SSL_REDIRECT = _environment.sgoffice_https
SECURE_REDIRECT_EXEMPT = [r"^livez$", r"^readyz$"]  # health checks come from this machine
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if _environment.sgoffice_https else None
SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60 if _environment.sgoffice_https else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = _environment.sgoffice_https
SECURE_HSTS_PRELOAD = _environment.sgoffice_https
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"

RETENTION = _environment.sgoffice_retention
CHECKPOINTS = _environment.sgoffice_checkpoints or str(_environment.state / "checkpoints")
CHECKPOINT_KEY = _environment.sgoffice_checkpoint_key or str(_environment.state / "checkpoint_key.pem")

PING_PORTS = _ports(_environment.sgoffice_ping_ports)
PING_CA_FILE = _environment.sgoffice_ping_ca_file
PINGS_TO_LOOPBACK = _may_ping_loopback(_environment)

AUTHENTICATION_BACKENDS = ["sgoffice.accounts.authentication.StaffBackend"]
#: Argon2id; scrypt for passwords from before, hashed anew at the next sign-in.
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.ScryptPasswordHasher",
]
