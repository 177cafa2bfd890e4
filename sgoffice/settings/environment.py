"""Every environment variable of the register, typed; nothing else reads os.environ for settings.

`make env` writes `.env.example` from this class, and a test compares them. manage.py reads the two about Python itself,
because it runs before anything is installed.
"""

import hashlib
import os
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any

CHECKOUT = Path(__file__).resolve().parents[2]


def _about(sentence: str, default: Any) -> Any:
    return field(default=default, metadata={"about": sentence})


@dataclass(frozen=True)
class Environment:
    """What may differ between installations. Names are upper case in the environment."""

    database_url: str = _about(
        "PostgreSQL 15 or newer for the application, as postgresql://user:password@host:port/name. "
        "Empty: the embedded server.",
        "",
    )
    database_owner_url: str = _about(
        "The same database for migrations, as the role that owns the tables. Empty: DATABASE_URL.", ""
    )
    sgoffice_state: str = _about(
        "The folder for the embedded server and the secret key. Empty: var/ of the checkout, or below XDG_STATE_HOME "
        "if the checkout is not writable.",
        "",
    )
    xdg_state_home: str = _about(
        "Where programs keep their state on this machine (XDG Base Directory). Empty: ~/.local/state.", ""
    )
    sgoffice_pg_bin: str = _about(
        "The folder of PostgreSQL's programs for the embedded server, 15 or newer. Empty: those installed with the "
        "register.",
        "",
    )
    sgoffice_pg_fast: bool = _about(
        "The embedded server does not wait for the disk: for tests only, a crash of the machine loses data.", False
    )
    sgoffice_secret_key: str = _about(
        "The key that signs sessions and cursors. Empty: created once and stored in the state folder.", ""
    )
    sgoffice_hosts: str = _about("Host names to serve, separated by commas.", "localhost,127.0.0.1,[::1]")
    sgoffice_debug: bool = _about("Show errors in the browser; never where others can see them.", False)
    sgoffice_https: bool = _about("The register is behind HTTPS: secure cookies and HSTS.", False)
    sgoffice_trusted_proxies: str = _about(
        "Networks of proxies whose X-Forwarded-For is believed, separated by commas, such as 127.0.0.1,10.0.0.0/8. "
        "Empty: nobody's.",
        "",
    )
    sgoffice_plain_http: bool = _about(
        "Others are served without HTTPS on purpose, such as behind a proxy on this machine that has none.", False
    )
    sgoffice_serving: bool = _about(
        "Set by `start` for the process that serves requests: it has no connection as the owner of the tables.", False
    )
    sgoffice_workers: int = _about("Processes that serve requests.", 2)
    sgoffice_threads: int = _about("Threads of each such process, each with up to one database connection.", 4)
    sgoffice_clock_seconds: int = _about("Seconds between two runs of the clock.", 60)
    sgoffice_attestations_hold: str = _about(
        "How long what a source states of an agreement on a day is taken to hold (an ISO 8601 duration). The clock "
        "records a new value on every agreement.",
        "P2Y",
    )
    sgoffice_checkpoints: str = _about(
        "The folder for signed checkpoints of the history, best on another machine or where nothing is overwritten. "
        "Empty: `checkpoints` in the state folder.",
        "",
    )
    sgoffice_checkpoint_key: str = _about(
        "The PEM file with the Ed25519 key that signs checkpoints. Empty: created once in the state folder.", ""
    )
    sgoffice_checkpoint_seconds: int = _about("Seconds between two signed checkpoints.", 3600)
    sgoffice_ping_seconds: int = _about("Seconds between two checks for pings to send.", 5)
    sgoffice_ping_ports: str = _about("The ports that pings may go to, separated by commas.", "443")
    sgoffice_ping_ca_file: str = _about(
        "A PEM file with the certificate authorities for partners' endpoints. Empty: those of this machine.",
        "",
    )
    sgoffice_pings_to_loopback: bool = _about(
        "Pings may go to this machine, also by http: for trials only, and refused with SGOFFICE_HTTPS.", False
    )
    sgoffice_scanner: str = _about(
        "Scans uploaded files: clamd:///run/clamav/clamd.ctl, clamd://host:3310, or a command that gets the file on "
        "its input and ends with 0 (clean) or 1 (harmful). Empty: none.",
        "",
    )
    sgoffice_requests_a_minute: int = _about("Requests that one user or address may make in a minute.", 6000)
    sgoffice_log_level: str = _about("DEBUG, INFO, WARNING or ERROR.", "INFO")
    sgoffice_venv: str = _about("The virtual environment that manage.py creates. Empty: .venv of the checkout.", "")
    sgoffice_system_python: bool = _about(
        "manage.py uses the Python it was started with, without a virtual environment.", False
    )

    @property
    def state(self) -> Path:
        """The folder for everything that must survive a restart."""
        if self.sgoffice_state:
            return Path(self.sgoffice_state).resolve()
        beside = CHECKOUT / "var"
        if os.access(beside if beside.exists() else CHECKOUT, os.W_OK):
            return beside
        home = Path(self.xdg_state_home) if self.xdg_state_home else Path.home() / ".local" / "state"
        return home / "sgoffice" / hashlib.sha256(str(CHECKOUT).encode()).hexdigest()[:10]


def read_environment(source: dict[str, str] | None = None) -> Environment:
    """Return the settings of this process; raises ValueError naming a malformed variable."""
    given = dict(os.environ) if source is None else source
    values: dict[str, Any] = {}
    for item in fields(Environment):
        text = given.get(item.name.upper(), "").strip()
        if text:
            values[item.name] = _typed(item.name.upper(), text, type(item.default))
    return Environment(**values)


def _typed(name: str, text: str, kind: type) -> bool | int | str:
    if kind is bool:
        if text.lower() not in {"1", "0", "true", "false", "yes", "no"}:
            message = f"{name} is {text!r}: write true or false."
            raise ValueError(message)
        return text.lower() in {"1", "true", "yes"}
    if kind is int:
        if not text.isascii() or not text.isdigit() or int(text) < 1:
            message = f"{name} is {text!r}: write a whole number above zero."
            raise ValueError(message)
        return int(text)
    return text


def example_file() -> str:
    """Return the text of .env.example."""
    lines = ["# All settings with their defaults. None is needed to try the register.", ""]
    for item in fields(Environment):
        default = str(item.default).lower() if isinstance(item.default, bool) else str(item.default)
        lines += [f"# {item.metadata['about']}", f"{item.name.upper()}={default}", ""]
    return "\n".join(lines)


if __name__ == "__main__":
    (CHECKOUT / ".env.example").write_text(example_file(), encoding="utf-8")
