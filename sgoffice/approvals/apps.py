"""Configuration of the approvals."""

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class ApprovalsConfig(AppConfig):
    name = "sgoffice.approvals"
    label = "approvals"
    verbose_name = "Approvals"

    def ready(self) -> None:
        """Import what each app does once it is approved."""
        autodiscover_modules("services.markings", "services.directory_acts", "approvals")
