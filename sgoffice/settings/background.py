"""How often the background tasks look for work, and what the clock goes by."""

from sgoffice.settings.environment import read_environment

_environment = read_environment()

#: Seconds that each background task rests between two rounds, by its name in `AppConfig.background_tasks`.
BACKGROUND_SECONDS = {
    "clock": _environment.sgoffice_clock_seconds,
    "checkpoints": _environment.sgoffice_checkpoint_seconds,
    "verification": 600,
    "imports": _environment.sgoffice_import_seconds,
    "reminders": 60,
    "publication": 60,
    "pings": _environment.sgoffice_ping_seconds,
}
#: How long what a source states of an agreement on a day is taken to hold.
ATTESTATIONS_HOLD = _environment.sgoffice_attestations_hold
