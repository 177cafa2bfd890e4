"""Configuration of the accounts."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """Staff and their tokens."""

    name = "sgoffice.accounts"
    label = "accounts"
    verbose_name = "Staff"
