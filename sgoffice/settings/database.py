"""Database connections, as application and as owner: DATABASE_URL, or the embedded server."""

from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from sgoffice.settings.environment import Environment, read_environment

#: Prepared statements and server-side binding make reading 1.7 times faster.
_OPTIONS = {"server_side_binding": True, "prepare_threshold": 2}
#: Seconds and milliseconds: a machine that is gone is noticed, also where the network swallows what is sent.
_REACH = {"connect_timeout": "10", "tcp_user_timeout": "30000", "keepalives_idle": "30", "keepalives_interval": "10"}
#: A process that serves requests answers each of them in time (docs/decisions/0028).
_REACH_SERVING = {
    "connect_timeout": "2",
    "tcp_user_timeout": "3000",
    "keepalives_idle": "5",
    "keepalives_interval": "2",
}
#: What PostgreSQL ends by itself. Locks are waited for longer than its deadlock_timeout of a second, after which a
#: deadlock is told from a wait. Compiling the statements of requests takes longer than running them, and the planner
#: overestimates their cost.
SERVING_LIMITS = {
    "lock_timeout": "1200ms",
    "statement_timeout": "30s",
    "idle_in_transaction_session_timeout": "1min",
    "jit": "off",
}
_WORKING_LIMITS = SERVING_LIMITS | {"lock_timeout": "15s", "statement_timeout": "0"}
_NO_LIMITS = {"lock_timeout": "0", "statement_timeout": "0", "idle_in_transaction_session_timeout": "0"}


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
    is_serving, is_pooled = environment.sgoffice_serving, environment.sgoffice_pooled
    limits = SERVING_LIMITS if is_serving or is_pooled else _WORKING_LIMITS
    started_with = {} if is_pooled else {"options": _as_options(limits)}
    default |= {
        "CONN_MAX_AGE": None,
        "CONN_HEALTH_CHECKS": True,
        "IS_WATCHED": is_serving,
        "IS_POOLED": is_pooled,
        "LIMITS": limits,
        "DISABLE_SERVER_SIDE_CURSORS": is_pooled,
        "OPTIONS": (_REACH_SERVING if is_serving else _REACH) | started_with | default["OPTIONS"],
    }
    if is_pooled:
        default["OPTIONS"]["prepare_threshold"] = None  # the next transaction may be on another connection
        owner["OPTIONS"] = {"options": _as_options(_NO_LIMITS)} | owner["OPTIONS"]  # its role may be the same
    return {"default": default} if is_serving else {"default": default, "owner": owner}


def replicas(environment: Environment) -> list[dict[str, str]]:
    """Return how each replica is reached, where requests are served; raises ValueError for a wrong URL."""
    urls = [url.strip() for url in environment.database_replica_urls.split(",") if url.strip()]
    found = [_external("DATABASE_REPLICA_URLS", url) for url in urls]
    return [_as_parameters(one) for one in found] if environment.sgoffice_serving else []


def _as_parameters(database: dict[str, Any]) -> dict[str, str]:
    names = {"dbname": "NAME", "user": "USER", "password": "PASSWORD", "host": "HOST", "port": "PORT"}
    given = {name: database[key] for name, key in names.items() if database[key]}
    return given | {name: value for name, value in database["OPTIONS"].items() if name not in _OPTIONS}


def _as_options(limits: dict[str, str]) -> str:
    return " ".join(f"-c {name}={value}" for name, value in limits.items())


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
DATABASE_REPLICAS = replicas(read_environment())
