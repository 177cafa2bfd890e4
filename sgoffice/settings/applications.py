"""Installed apps, middleware, templates, languages."""

from sgoffice.settings.environment import CHECKOUT as _CHECKOUT

INSTALLED_APPS = [
    "unfold",
    "unfold.contrib.filters",
    "unfold.contrib.forms",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.messages",
    "django.contrib.postgres",
    "django.contrib.sessions",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django_filters",
    "rest_framework",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "pgtrigger",
    # ours, from the ground up; entries are read in this order
    "sgoffice.database",
    "sgoffice.languages",
    "sgoffice.feed",
    "sgoffice.records",
    "sgoffice.changes",
    "sgoffice.api",
    "sgoffice.admin",
    "sgoffice.desk",
    "sgoffice.imports",
    "sgoffice.approvals",
    "sgoffice.redactions",
    "sgoffice.accounts",
    "sgoffice.directory",
    "sgoffice.partners",
    "sgoffice.archives",
    "sgoffice.running",
    "appointments",
    "engagements",
    "engagements.agreements",
    "engagements.reports",
    "engagements.reminders",
    "engagements.public_register",
]

MIDDLEWARE = [
    "sgoffice.api.middleware.request_id",
    "sgoffice.api.headers.complete",
    "sgoffice.api.refusals.readable_addresses",
    "sgoffice.api.tracing.trace_requests",
    "sgoffice.api.refusals.KnownMethods",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "sgoffice.admin.short_pages.without_blanks",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "sgoffice.accounts.sign_in.sessions.owes_second_factor",
    "sgoffice.admin.reader_languages.in_language_of_reader",
    "sgoffice.admin.reader_zones.in_zone_of_reader",
    "sgoffice.desk.interruptions.keep_what_was_sent",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]

ROOT_URLCONF = "sgoffice.urls"
WSGI_APPLICATION = "sgoffice.wsgi.application"
AUTH_USER_MODEL = "accounts.User"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
            "builtins": ["django.templatetags.i18n", "sgoffice.languages.tags"],
        },
    }
]

LANGUAGE_CODE = "en"
#: The languages of which the catalogue is complete; `manage.py makemessages` and a test say so.
LANGUAGES = [("en", "English"), ("fr", "Français")]
LOCALE_PATHS = [_CHECKOUT / "sgoffice" / "languages" / "locale"]
LANGUAGE_COOKIE_HTTPONLY = True
LANGUAGE_COOKIE_SAMESITE = "Lax"
TIME_ZONE = "UTC"
USE_I18N = True
USE_TZ = True

# Static files are served from their packages: there is no collectstatic to forget.
STATIC_URL = "static/"
STATIC_ROOT = None
STORAGES = {
    "default": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": str(_CHECKOUT / "var")},
    },
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = False
