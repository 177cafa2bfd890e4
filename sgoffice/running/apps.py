"""Configuration of running the register."""

from importlib import import_module

from django.apps import AppConfig


class RunningConfig(AppConfig):
    name = "sgoffice.running"
    label = "running"
    verbose_name = "Running"

    def ready(self) -> None:
        import_module("sgoffice.running.safety")  # registers its check
