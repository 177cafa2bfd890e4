"""Configuration of the partners."""

from django.apps import AppConfig


class PartnersConfig(AppConfig):
    """Partners, releases and credentials."""

    name = "sgoffice.partners"
    label = "partners"
    verbose_name = "Partners"
