"""The site of the public register: where it is written, and where people read it."""

from sgoffice.settings.environment import read_environment

_environment = read_environment()

#: The folder of the site; empty if the worker writes none.
PUBLICATION_FOLDER = _environment.sgoffice_publication
#: The address of the site, which ends with a slash.
PUBLICATION_URL = _environment.sgoffice_publication_url and _environment.sgoffice_publication_url.rstrip("/") + "/"
PUBLICATION_TITLE = _environment.sgoffice_publication_title
