"""How mail leaves: by an SMTP server, or to the console where none is named."""

from urllib.parse import unquote, urlsplit

from sgoffice.settings.environment import read_environment

_environment = read_environment()
_SCHEMES = {"smtp": 25, "smtp+starttls": 587, "smtps": 465}
_server = urlsplit(_environment.sgoffice_mail)
if _environment.sgoffice_mail and (_server.scheme not in _SCHEMES or not _server.hostname):
    _message = "SGOFFICE_MAIL names no server: write smtp://host:25, smtp+starttls://… or smtps://…."
    raise ValueError(_message)

EMAIL_BACKEND = f"django.core.mail.backends.{'smtp' if _environment.sgoffice_mail else 'console'}.EmailBackend"
EMAIL_HOST = _server.hostname or "localhost"
EMAIL_PORT = _server.port or _SCHEMES.get(_server.scheme, 25)
EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = unquote(_server.username or ""), unquote(_server.password or "")
EMAIL_USE_TLS, EMAIL_USE_SSL = _server.scheme == "smtp+starttls", _server.scheme == "smtps"
#: Seconds; less than a worker holds a mail.
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = _environment.sgoffice_mail_from
MAIL_LINKS = _environment.sgoffice_mail_links
