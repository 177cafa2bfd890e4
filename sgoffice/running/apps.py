"""Configuration of running the register."""

from django.apps import AppConfig


class RunningConfig(AppConfig):
    name = "sgoffice.running"
    label = "running"
    verbose_name = "Running"
