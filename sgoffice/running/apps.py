"""Configuration of running the register."""

from django.apps import AppConfig


class RunningConfig(AppConfig):
    """Commands alone: `start`, `work` and `load_facts`."""

    name = "sgoffice.running"
    label = "running"
    verbose_name = "Running"
