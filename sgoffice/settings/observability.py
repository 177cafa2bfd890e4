"""Logging: one JSON object per line, with the id of the request."""

from sgoffice.settings.environment import read_environment

LOGGING: dict[str, object] = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"json": {"()": "sgoffice.api.log_format.JSONLines"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "json"}},
    "root": {"handlers": ["console"], "level": read_environment().sgoffice_log_level},
    # otherwise Django adds its own handler for DEBUG and sends mail for errors
    "loggers": {"django": {"handlers": [], "level": "INFO", "propagate": True}},
}
