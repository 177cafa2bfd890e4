"""Configuration of the facts."""

from django.apps import AppConfig


class FactsConfig(AppConfig):
    """Commands alone: `start` and `load_facts`."""

    name = "sgoffice.facts"
    label = "facts"
    verbose_name = "Facts"
