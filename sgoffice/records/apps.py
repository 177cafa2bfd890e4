"""Configuration of the records."""

from django.apps import AppConfig


class RecordsConfig(AppConfig):
    name = "sgoffice.records"
    label = "records"
    verbose_name = "Records"
