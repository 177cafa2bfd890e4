"""Every environment variable that the register reads, in one typed place; nothing else reads os.environ for settings.

`.env.example` is made from this class (`make env`), and a test compares. manage.py reads the two about Python itself,
since it runs before anything is installed.
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
    """What may differ between machines. Names are upper case in the environment."""

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
        "where the checkout cannot be written.",
        "",
    )
    xdg_state_home: str = _about(
        "Where programs keep their state on this machine, as the XDG directories have it. Empty: ~/.local/state.", ""
    )
    sgoffice_pg_bin: str = _about(
        "The folder of PostgreSQL's programs for the embedded server, 15 or newer. Empty: those that are installed "
        "with the register.",
        "",
    )
    sgoffice_pg_fast: bool = _about(
        "The embedded server does not wait for the disk: for tests only, a crash of the machine loses data.", False
    )
    sgoffice_secret_key: str = _about(
        "What sessions and cursors are signed with. Empty: made once and kept in the state folder.", ""
    )
    sgoffice_hosts: str = _about("Host names that are served, with commas between.", "localhost,127.0.0.1,[::1]")
    sgoffice_debug: bool = _about("Show faults in the browser; never where others can see it.", False)
    sgoffice_https: bool = _about("The register stands behind HTTPS: secure cookies and HSTS.", False)
    sgoffice_workers: int = _about("Processes that serve requests.", 2)
    sgoffice_threads: int = _about("Threads of each such process; each may hold one database connection.", 4)
    sgoffice_clock_seconds: int = _about("How long the clock rests between two runs, in seconds.", 60)
    sgoffice_ping_seconds: int = _about("How long the sending of pings rests between two looks, in seconds.", 5)
    sgoffice_ping_ports: str = _about("The ports that pings may go to, with commas between.", "443")
    sgoffice_ping_ca_file: str = _about(
        "A PEM file with the authorities that certificates of partners' endpoints are verified against. "
        "Empty: those of this machine.",
        "",
    )
    sgoffice_pings_to_loopback: bool = _about(
        "Pings may go to this machine, by http too: for trying them only, and refused with SGOFFICE_HTTPS.", False
    )
    sgoffice_requests_a_minute: int = _about("How many requests one user or address may make in a minute.", 6000)
    sgoffice_log_level: str = _about("DEBUG, INFO, WARNING or ERROR.", "INFO")
    sgoffice_venv: str = _about("The virtual environment that manage.py makes. Empty: .venv of the checkout.", "")
    sgoffice_system_python: bool = _about("manage.py runs with the Python that it was started with.", False)

    @property
    def state(self) -> Path:
        """The folder that keeps what must outlive a restart."""
        if self.sgoffice_state:
            return Path(self.sgoffice_state).resolve()
        beside = CHECKOUT / "var"
        if os.access(beside if beside.exists() else CHECKOUT, os.W_OK):
            return beside
        home = Path(self.xdg_state_home) if self.xdg_state_home else Path.home() / ".local" / "state"
        return home / "sgoffice" / hashlib.sha256(str(CHECKOUT).encode()).hexdigest()[:10]


def read_environment(source: dict[str, str] | None = None) -> Environment:
    """Return the settings of this process; raises ValueError naming a variable that cannot be read."""
    given = dict(os.environ) if source is None else source
    values: dict[str, Any] = {}
    for item in fields(Environment):
        text = given.get(item.name.upper(), "").strip()
        if text:
            values[item.name] = _typed(item.name.upper(), text, type(item.default))
    return Environment(**values)


def _typed(name: str, text: str, kind: type) -> Any:
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
    lines = ["# Every setting with its default. None is needed to try the register.", ""]
    for item in fields(Environment):
        default = str(item.default).lower() if isinstance(item.default, bool) else str(item.default)
        lines += [f"# {item.metadata['about']}", f"{item.name.upper()}={default}", ""]
    return "\n".join(lines)


if __name__ == "__main__":
    (CHECKOUT / ".env.example").write_text(example_file(), encoding="utf-8")
