"""Logging: one JSON object per line, with the id of the request."""

from sgoffice.settings.environment import read_environment

_environment = read_environment()

LOGGING: dict[str, object] = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"json": {"()": "sgoffice.api.log_format.JSONLines"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "json"}},
    "root": {"handlers": ["console"], "level": _environment.sgoffice_log_level},
    # otherwise Django adds its own handler for DEBUG and sends mail for errors
    "loggers": {
        "django": {"handlers": [], "level": "INFO", "propagate": True},
        # a line for each request (running/request_metrics.py)
        "sgoffice.requests": {"level": "INFO" if _environment.sgoffice_access_log else "WARNING"},
        # they tell each step of each page
        "weasyprint": {"level": "WARNING"},
        "fontTools": {"level": "WARNING"},
        # it tells the id of each passkey
        "fido2": {"level": "WARNING"},
    },
}
