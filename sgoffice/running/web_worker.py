"""The application of each worker of `start`; what it is made of is loaded once, before the workers are forked."""

import os

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sgoffice.settings")

from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

from sgoffice.running.web_application import WebApplication
from sgoffice.settings.environment import read_environment

_register = get_wsgi_application()
_ = get_resolver().url_patterns  # loads the views too


def application() -> WebApplication:
    """Return the application of one worker, with threads of its own."""
    return WebApplication(_register, threads=read_environment().sgoffice_threads)
