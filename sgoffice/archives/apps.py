"""Configuration of the archives."""

from django.apps import AppConfig


class ArchivesConfig(AppConfig):
    name = "sgoffice.archives"
    label = "archives"
    verbose_name = "Archives"
