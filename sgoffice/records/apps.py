"""Configuration of the records."""

from django.apps import AppConfig


class RecordsConfig(AppConfig):
    """The tables that all records share."""

    name = "sgoffice.records"
    label = "records"
    verbose_name = "Records"
