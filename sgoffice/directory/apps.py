"""Configuration of the directory."""

from django.apps import AppConfig


class DirectoryConfig(AppConfig):
    """Countries, organizations, offices, people, topics."""

    name = "sgoffice.directory"
    label = "directory"
    verbose_name = "Directory"

    def ready(self) -> None:
        """Let the countries that only this register knows be called by their codes and names; verify who reads whom."""
        from sgoffice.directory.services.places import codes_called
        from sgoffice.history.verification import ask_also
        from sgoffice.places.reading import look_up_also

        look_up_also(codes_called)
        ask_also("directory_reader_faults")
