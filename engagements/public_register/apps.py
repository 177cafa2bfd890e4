"""Configuration of the public register."""

from typing import ClassVar

from django.apps import AppConfig


class PublicRegisterConfig(AppConfig):
    """The public register of engagements, and the site on which people read it."""

    name = "engagements.public_register"
    label = "public_register"
    verbose_name = "Public register"
    background_tasks: ClassVar = {"publication": "engagements.public_register.queue"}
