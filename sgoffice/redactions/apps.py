"""Configuration of the redactions."""

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class RedactionsConfig(AppConfig):
    name = "sgoffice.redactions"
    label = "redactions"
    verbose_name = "Redactions"

    def ready(self) -> None:
        """Import what each app erases besides rows, and let redactions be verified with the history."""
        from sgoffice.history.verification import ask_also

        autodiscover_modules("services.quotations", "desk.quotations")
        ask_also("redaction_faults")
