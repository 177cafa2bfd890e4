"""Configuration of the database app, which has the `migrate` command."""

from django.apps import AppConfig


class DatabaseConfig(AppConfig):
    name = "sgoffice.database"
    label = "database"
