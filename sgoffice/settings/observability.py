"""Logging: one JSON object a line, each with the id of its request."""

from typing import Any

from sgoffice.settings.environment import read_environment

LOGGING: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"json": {"()": "sgoffice.api.log_format.JSONLines"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "json"}},
    "root": {"handlers": ["console"], "level": read_environment().sgoffice_log_level},
    # without it Django adds a handler of its own for DEBUG, and mails for the rest
    "loggers": {"django": {"handlers": [], "level": "INFO", "propagate": True}},
}
