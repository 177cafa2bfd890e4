"""Configuration of the languages: their commands."""

from django.apps import AppConfig


class LanguagesConfig(AppConfig):
    name = "sgoffice.languages"
    label = "languages"
    verbose_name = "Languages"
