"""Configuration of the one door: fills the registries of documents, publications and clock passes."""

from typing import ClassVar

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class ChangesConfig(AppConfig):
    """Imports each app's modules of certain names, as Django does with admin, so that commands have them too."""

    name = "sgoffice.changes"
    label = "changes"
    verbose_name = "Changes"
    background_tasks: ClassVar = {
        "clock": "sgoffice.changes.clock",
        "checkpoints": "sgoffice.changes.checkpointing",
        "verification": "sgoffice.changes.integrity",
    }

    def ready(self) -> None:
        autodiscover_modules("api.documents", "api.partner_documents", "publication", "clock")
