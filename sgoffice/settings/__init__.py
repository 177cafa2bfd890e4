"""The settings of Django, one file for each theme; installations differ by environment variables alone.

Django reads every upper-case name here, so each theme is taken whole and names its own settings once.
"""

# ruff: noqa: F403 - Django takes the upper-case names; a theme keeps what is no setting below an underscore
from sgoffice.settings.administration import *
from sgoffice.settings.applications import *
from sgoffice.settings.background import *
from sgoffice.settings.database import *
from sgoffice.settings.http import *
from sgoffice.settings.identity import *
from sgoffice.settings.mail import *
from sgoffice.settings.observability import *
from sgoffice.settings.publication import *
from sgoffice.settings.reports import *
from sgoffice.settings.security import *
