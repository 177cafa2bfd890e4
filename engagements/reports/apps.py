"""Configuration of the reports."""

from django.apps import AppConfig


class ReportsConfig(AppConfig):
    """Briefs and programmes."""

    name = "engagements.reports"
    label = "reports"
    verbose_name = "Reports"
