"""The organization's identity provider (OpenID Connect), if there is one."""

from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured

from sgoffice.settings.environment import Environment, read_environment

_environment = read_environment()


def _issuer(environment: Environment) -> str:
    """Return the provider's address; raises ImproperlyConfigured unless secrets travel to it safely."""
    address = urlsplit(environment.sgoffice_oidc_issuer)
    is_here = address.scheme == "http" and address.hostname in {"localhost", "127.0.0.1"}
    if environment.sgoffice_oidc_issuer and address.scheme != "https" and not is_here:
        message = "SGOFFICE_OIDC_ISSUER begins with https://; http is for a trial on this machine."
        raise ImproperlyConfigured(message)
    if environment.sgoffice_oidc_issuer and not environment.sgoffice_oidc_client_id:
        message = "SGOFFICE_OIDC_ISSUER is set: set SGOFFICE_OIDC_CLIENT_ID and SGOFFICE_OIDC_CLIENT_SECRET, too."
        raise ImproperlyConfigured(message)
    return environment.sgoffice_oidc_issuer


def _roles(text: str) -> dict[str, str]:
    """Return the role of each value; raises ImproperlyConfigured for what is no such list."""
    given = dict.fromkeys(["viewer", "officer", "approver", "auditor", "administrator"])
    pairs = [item.rpartition("=") for item in text.split(",") if item.strip()]
    if not all(value.strip() and role.strip() in given for value, _, role in pairs):
        message = f"SGOFFICE_OIDC_ROLES is {text!r}: write value=role, separated by commas; roles: {', '.join(given)}."
        raise ImproperlyConfigured(message)
    return {value.strip(): role.strip() for value, _, role in pairs}


OIDC_ISSUER = _issuer(_environment)
OIDC_CLIENT_ID = _environment.sgoffice_oidc_client_id
OIDC_CLIENT_SECRET = _environment.sgoffice_oidc_client_secret
OIDC_NAME = _environment.sgoffice_oidc_name
OIDC_ROLE_CLAIM = _environment.sgoffice_oidc_role_claim
OIDC_ROLES = _roles(_environment.sgoffice_oidc_roles)
OIDC_SECOND_FACTORS = frozenset(
    value.strip() for value in _environment.sgoffice_oidc_second_factors.split(",") if value.strip()
)
