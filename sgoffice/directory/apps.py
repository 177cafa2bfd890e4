"""Configuration of the directory."""

from django.apps import AppConfig


class DirectoryConfig(AppConfig):
    """Countries, organizations, offices, people, topics."""

    name = "sgoffice.directory"
    label = "directory"
    verbose_name = "Directory"
