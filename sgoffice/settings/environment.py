"""Every environment variable of the register, typed; nothing else reads os.environ for settings.

`make env` writes `.env.example` and docs/settings.md from this class, and a test compares them. manage.py reads the two
about Python itself, because it runs before anything is installed.
"""

import hashlib
import os
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any

CHECKOUT = Path(__file__).resolve().parents[2]

#: What nobody else may read: each may also stand in a file, which NAME_FILE names.
SECRETS = (
    "DATABASE_URL",
    "DATABASE_OWNER_URL",
    "DATABASE_REPLICA_URLS",
    "SGOFFICE_SECRET_KEY",
    "SGOFFICE_OIDC_CLIENT_SECRET",
    "SGOFFICE_MAIL",
    "SGOFFICE_METRICS_TOKEN",
)


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
    database_replica_urls: str = _about(
        "Standbys of that database by streaming replication, as URLs separated by commas: they answer partners' "
        "pulls. No pooler may stand before them. Empty: none.",
        "",
    )
    sgoffice_pooled: bool = _about(
        "DATABASE_URL leads through a pooler in transaction mode, such as pgbouncer: no prepared statements, and the "
        "limits of waits are those of the role, which `migrate` sets. DATABASE_OWNER_URL leads past it.",
        False,
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
        "The key that signs sessions and cursors, and seals the secrets of authenticator apps. Empty: created once and "
        "stored in the state folder.",
        "",
    )
    sgoffice_oidc_issuer: str = _about(
        "The organization's OpenID Connect provider, as it names itself: https://id.example.org/realms/office. "
        "Empty: people sign in with passwords alone.",
        "",
    )
    sgoffice_oidc_client_id: str = _about("How the provider knows the register.", "")
    sgoffice_oidc_client_secret: str = _about("The secret that the provider shares with the register.", "")
    sgoffice_oidc_name: str = _about(
        "What people call the provider, on the page on which they sign in.", "my organization"
    )
    sgoffice_oidc_role_claim: str = _about("The claim of the ID token that says who may do what.", "groups")
    sgoffice_oidc_roles: str = _about(
        "Which value of that claim gives which role, such as sg-readers=viewer,sg-office=officer,sg-chiefs=approver. "
        "Viewer and officer are given at once, the others only when two people agree.",
        "",
    )
    sgoffice_oidc_second_factors: str = _about(
        "Values of `amr` or `acr` that say that a second factor was shown, such as mfa,hwk. Empty: none does.", ""
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
    sgoffice_threads: int = _about(
        "Threads of each such process for reads, as many for writes, half as many for files and snapshots; each with "
        "up to one database connection.",
        4,
    )
    sgoffice_report_map: bool = _about(
        "The report of coverage shows a map of the world; false: its tables alone.", True
    )
    sgoffice_letter_templates: str = _about(
        "The folder of the office's own letters: thank-you, confirmation and entry-into-force, each as .docx or .html. "
        "They name what they want as {{ subject }}. Empty: the shipped ones.",
        "",
    )
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
    sgoffice_retention: str = _about(
        "The JSON file with the rules of retention: for how many years texts of a kind are kept, and after what. "
        "Empty: those of sgoffice/redactions/retention.json.",
        "",
    )
    sgoffice_checkpoint_seconds: int = _about("Seconds between two signed checkpoints.", 3600)
    sgoffice_import_seconds: int = _about("Seconds between two looks for spreadsheets to check or to enter.", 2)
    sgoffice_ping_seconds: int = _about("Seconds between two checks for pings to send.", 5)
    sgoffice_ping_ports: str = _about("The ports that pings may go to, separated by commas.", "443")
    sgoffice_ping_ca_file: str = _about(
        "A PEM file with the certificate authorities for partners' endpoints. Empty: those of this machine.",
        "",
    )
    sgoffice_pings_to_loopback: bool = _about(
        "Pings may go to this machine, also by http: for trials only, and refused with SGOFFICE_HTTPS.", False
    )
    sgoffice_mail: str = _about(
        "The server that sends reminders: smtp://host:25, smtp+starttls://user:password@host:587 or "
        "smtps://user:password@host:465. Empty: they are written to the console.",
        "",
    )
    sgoffice_mail_from: str = _about("The sender of reminders.", "register@localhost")
    sgoffice_mail_links: str = _about(
        "The address of the register in mails, such as https://register.example.org. Empty: no links.", ""
    )
    sgoffice_publication: str = _about(
        "The folder for the site of the public register; a web server serves `current` in it. Empty: no site is "
        "written by the worker.",
        "",
    )
    sgoffice_publication_url: str = _about(
        "The address at which that site is served, such as https://register.example.org/. Empty: its feed and linked "
        "data have no full addresses.",
        "",
    )
    sgoffice_publication_title: str = _about("What the public register is called.", "Register of meetings")
    sgoffice_scanner: str = _about(
        "Scans uploaded files: clamd:///run/clamav/clamd.ctl, clamd://host:3310, or a command that gets the file on "
        "its input and ends with 0 (clean) or 1 (harmful). Empty: none.",
        "",
    )
    sgoffice_requests_a_minute: int = _about("Requests that one user or address may make in a minute.", 6000)
    sgoffice_backup_recipients: str = _about(
        "Public keys of age (age1…) that backups and kept keys are encrypted to, separated by commas. "
        "Empty: they are not encrypted.",
        "",
    )
    sgoffice_log_level: str = _about("DEBUG, INFO, WARNING or ERROR.", "INFO")
    sgoffice_access_log: bool = _about(
        "A line of the log for each request: route, status, seconds and the id of who asked; no address, no content.",
        False,
    )
    sgoffice_metrics: str = _about(
        "Where `start` serves metrics for Prometheus, such as 127.0.0.1:9464. Empty: nowhere.", ""
    )
    sgoffice_metrics_token: str = _about(
        "The bearer token that metrics ask for; without one they are served to this machine only.", ""
    )
    sgoffice_traces: str = _about(
        "Where traces of requests and statements are sent by OTLP, such as http://127.0.0.1:4318/v1/traces. They have "
        "no addresses and no values. Needs the extra `traces`. Empty: nowhere.",
        "",
    )
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
        text = _given(item.name.upper(), given)
        if text:
            values[item.name] = _typed(item.name.upper(), text, type(item.default))
    return Environment(**values)


def _given(name: str, given: dict[str, str]) -> str:
    """Return the text of a variable; of a secret, also from the file that NAME_FILE names."""
    text, place = given.get(name, "").strip(), given.get(f"{name}_FILE", "").strip()
    if name not in SECRETS or not place:
        return text
    if text:
        message = f"{name} and {name}_FILE are both set: keep one of them."
        raise ValueError(message)
    try:
        return Path(place).read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        message = f"{name}_FILE is {place!r}, which cannot be read: {error}"
        raise ValueError(message) from error


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
        lines += [f"# {_sentence(item)}", f"{item.name.upper()}={_default(item)}", ""]
    return "\n".join(lines)


def page() -> str:
    """Return the text of docs/settings.md."""
    lines = [
        "# Settings",
        "",
        "Made by `make env`; do not edit. Every setting is a variable of the environment, and none is needed to try",
        "the register. A value that cannot be read ends the program with a sentence.",
        "",
        "| variable | default | what it is |",
        "|---|---|---|",
    ]
    for item in fields(Environment):
        default = _default(item)
        told = _sentence(item).replace("|", "\\|")
        lines.append(f"| `{item.name.upper()}` | {f'`{default}`' if default else 'empty'} | {told} |")
    return "\n".join([*lines, ""])


def _sentence(item: Any) -> str:
    name = item.name.upper()
    about = str(item.metadata["about"])
    return f"{about} {name}_FILE names a file with it instead." if name in SECRETS else about


def _default(item: Any) -> str:
    return str(item.default).lower() if isinstance(item.default, bool) else str(item.default)


if __name__ == "__main__":
    (CHECKOUT / ".env.example").write_text(example_file(), encoding="utf-8")
    (CHECKOUT / "docs" / "settings.md").write_text(page(), encoding="utf-8")
