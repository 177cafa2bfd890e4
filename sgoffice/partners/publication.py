"""Tells the publications who may have what; partners themselves are published to nobody."""

from sgoffice.documents import publications
from sgoffice.partners import services

publications.register_audience(services.audience)
