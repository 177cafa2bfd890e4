"""Configuration of the partners."""

from typing import ClassVar

from django.apps import AppConfig


class PartnersConfig(AppConfig):
    name = "sgoffice.partners"
    label = "partners"
    verbose_name = "Partners"
    background_tasks: ClassVar = {"pings": "sgoffice.partners.pings"}
