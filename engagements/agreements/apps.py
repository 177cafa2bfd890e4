"""Configuration of the cooperation agreements."""

from django.apps import AppConfig


class AgreementsConfig(AppConfig):
    """Agreements, their parties, acts and periods."""

    name = "engagements.agreements"
    label = "agreements"
    verbose_name = "Cooperation agreements"
