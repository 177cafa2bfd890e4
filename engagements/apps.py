"""Configuration of the engagement log."""

from django.apps import AppConfig


class EngagementsConfig(AppConfig):
    """Engagements with their participants, papers, attachments and action items."""

    name = "engagements"
    verbose_name = "Engagements"
