"""What reports show."""

from sgoffice.settings.environment import read_environment

#: Whether coverage has a map of the world beside its tables.
REPORT_MAP = read_environment().sgoffice_report_map
#: The folder of the office's own letters; empty if it has none.
LETTER_TEMPLATES = read_environment().sgoffice_letter_templates
