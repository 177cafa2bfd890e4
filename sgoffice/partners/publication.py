"""Registers who may get which records; partners themselves are not published."""

from sgoffice.documents import publications
from sgoffice.partners import services

publications.register_audience(services.audience, services.entitled)
