"""Configuration of the database app: it brings the `migrate` command that also gives rights."""

from django.apps import AppConfig


class DatabaseConfig(AppConfig):
    """No models; the engine, and what migrations need beside Django's own."""

    name = "sgoffice.database"
    label = "database"
