"""Configuration of the appointments."""

from django.apps import AppConfig


class AppointmentsConfig(AppConfig):
    """Bodies, posts, sessions, decisions, appointments."""

    name = "appointments"
    verbose_name = "Appointments and decisions"
