"""Tells the publications who may have what; partners themselves are published to nobody."""

from sgoffice.partners import services
from sgoffice.records import publications

publications.given_by(services.audience)
