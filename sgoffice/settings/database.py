"""Database connections, as application and as owner: DATABASE_URL, or the embedded server."""

from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from sgoffice.settings.environment import Environment, read_environment

#: Prepared statements and server-side binding make reading 1.7 times faster.
_OPTIONS = {"server_side_binding": True, "prepare_threshold": 2}
#: A request that waits longer for a lock gets 409 and may be repeated; migrations wait less. Compiling the
#: statements of requests takes longer than running them, and the planner overestimates their cost.
_APPLICATION_OPTIONS = {"options": "-c lock_timeout=15s -c idle_in_transaction_session_timeout=60s -c jit=off"}


def databases(environment: Environment) -> dict[str, dict[str, Any]]:
    """Return both connections, that of the owner not where requests are served; raises ValueError for a wrong URL."""
    if environment.database_url:
        default = _external("DATABASE_URL", environment.database_url)
        owner = (
            _external("DATABASE_OWNER_URL", environment.database_owner_url) if environment.database_owner_url else {}
        )
    else:
        default, owner = _embedded(environment, "sgoffice_app"), _embedded(environment, "sgoffice_owner")
    owner = owner or dict(default)
    default |= {"CONN_MAX_AGE": None, "CONN_HEALTH_CHECKS": True, "OPTIONS": _APPLICATION_OPTIONS | default["OPTIONS"]}
    return {"default": default} if environment.sgoffice_serving else {"default": default, "owner": owner}


def _external(variable: str, url: str) -> dict[str, Any]:
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        parts, port = urlsplit(""), None
    name = unquote(parts.path.strip("/"))
    if parts.scheme not in {"postgres", "postgresql"} or not name:
        message = f"{variable} must read postgresql://user:password@host:port/name"
        raise ValueError(message)
    query = dict(parse_qsl(parts.query))
    return {
        "ENGINE": "sgoffice.database",
        "NAME": name,
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": query.pop("host", "") or unquote(parts.hostname or ""),
        "PORT": str(port or ""),
        "OPTIONS": _OPTIONS | query,
    }


def _embedded(environment: Environment, role: str) -> dict[str, Any]:
    return {
        "ENGINE": "sgoffice.database",
        "NAME": "sgoffice",
        "USER": role,
        "STATE": str(environment.state / "postgresql"),
        "PROGRAMS": environment.sgoffice_pg_bin,
        "IS_DURABLE": not environment.sgoffice_pg_fast,
        "OPTIONS": dict(_OPTIONS),
    }


DATABASES = databases(read_environment())
