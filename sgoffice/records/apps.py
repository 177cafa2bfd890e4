"""Configuration of the records."""

from django.apps import AppConfig, apps


class RecordsConfig(AppConfig):
    name = "sgoffice.records"
    label = "records"
    verbose_name = "Records"

    def ready(self) -> None:
        """Explain what columns refuse, and register the checks of the register's tables."""
        from sgoffice.records import checks  # noqa: F401 - models are there now; it registers itself
        from sgoffice.records.constraints import explain_columns
        from sgoffice.records.models import RegisterRow

        for model in apps.get_models():
            if issubclass(model, RegisterRow):
                explain_columns(model)
