"""Configuration of the API."""

from django.apps import AppConfig


class APIConfig(AppConfig):
    """Brings the table of idempotent requests."""

    name = "sgoffice.api"
    label = "api"
    verbose_name = "API"
