"""Configuration of the desk's frame: its template and static files."""

from django.apps import AppConfig


class DeskConfig(AppConfig):
    name = "sgoffice.desk"
    label = "desk"
    verbose_name = "Desk"
