"""REST framework, the OpenAPI document, sizes and rates."""

from sgoffice import __version__
from sgoffice.settings.environment import read_environment

_environment = read_environment()

#: The largest body (413 above it): a hundred times the longest real record.
DATA_UPLOAD_MAX_MEMORY_SIZE = 1_000_000
#: The largest file in a form (413 above it); files are never stored on disk.
FILE_UPLOAD_MAX_MEMORY_SIZE = 10_000_000
FILE_UPLOAD_HANDLERS = ["sgoffice.api.uploads.BoundedUpload"]
APPEND_SLASH = False
#: Asked about every uploaded file (engagements/services/scanner.py).
FILE_SCANNER = _environment.sgoffice_scanner

#: The enumerations of the API document, named after their vocabularies.
_VOCABULARIES = {
    "sgoffice.accounts": ["Role"],
    "sgoffice.directory": [
        "AffiliationRole",
        "Classification",
        "CountryStatus",
        "OfficeKind",
        "OrganizationStatus",
        "OwnMarking",
        "TopicKind",
    ],
    "sgoffice.partners": ["ReleaseCondition", "ReleaseState"],
    "appointments": [
        "Adoption",
        "AppointmentKind",
        "AppointmentState",
        "DecisionKind",
        "EndReason",
        "Implementation",
        "SessionStatus",
    ],
    "engagements": [
        "Answer",
        "Stage",
        "ActionItemStatus",
        "Attendance",
        "DateBasis",
        "MeetingFormat",
        "EngagementKind",
        "EngagementStatus",
        "Initiative",
        "Level",
        "Mode",
        "Owing",
        "PaperKind",
        "ParticipantRole",
        "Side",
    ],
    "engagements.agreements": [
        "Instrument",
        "ActKind",
        "Status",
        "Basis",
        "Scope",
        "Relation",
        "PartySide",
        "AgreementDeadlineKind",
        "ChainPlace",
        "ClauseKind",
        "Verification",
    ],
    "engagements.reports": ["DeadlineKind"],
}

REST_FRAMEWORK: dict[str, object] = {
    # the first one makes a missing credential 401 instead of 403
    "DEFAULT_AUTHENTICATION_CLASSES": [
        "sgoffice.accounts.authentication.BearerTokenAuthentication",
        "sgoffice.accounts.authentication.StaffSessionAuthentication",
    ],
    "DEFAULT_PERMISSION_CLASSES": ["sgoffice.api.permissions.ActorPermission"],
    "DEFAULT_PARSER_CLASSES": ["sgoffice.api.parsers.StrictJSONParser", "sgoffice.api.parsers.MergePatchParser"],
    "DEFAULT_RENDERER_CLASSES": ["sgoffice.api.renderers.JSONRenderer"],
    "DEFAULT_CONTENT_NEGOTIATION_CLASS": "sgoffice.api.renderers.Negotiation",
    "DEFAULT_FILTER_BACKENDS": [],
    "DEFAULT_PAGINATION_CLASS": None,
    "DEFAULT_METADATA_CLASS": None,  # the API document replaces OPTIONS
    "URL_FORMAT_OVERRIDE": None,  # only Accept chooses the representation
    "DEFAULT_SCHEMA_CLASS": "sgoffice.api.schema.AutoSchema",
    "DEFAULT_THROTTLE_CLASSES": ["sgoffice.api.throttling.ActorThrottle"],
    "DEFAULT_THROTTLE_RATES": {"actor": f"{_environment.sgoffice_requests_a_minute}/min"},
    "EXCEPTION_HANDLER": "sgoffice.api.problems.handler",
    "COERCE_DECIMAL_TO_STRING": True,
}

SPECTACULAR_SETTINGS: dict[str, object] = {
    "TITLE": "Register of the Office",
    "DESCRIPTION": (
        "Who holds the office and by which decision, whom it meets and with what outcome, what was agreed with whom "
        "and whether it is in force.\n\n"
        "Every response with a record has an `ETag`; every change of that record needs it in `If-Match`. "
        "A record can be sent back as it was read, without its `readOnly` members and with only the key of another "
        "record (its `id`, the `code` of a country, the `key` of a party). "
        "Every error is a problem detail (RFC 9457) that says what to do next. "
        "`RateLimit` and `RateLimit-Policy` tell the rate, and what is left of it."
    ),
    "VERSION": __version__,
    "OAS_VERSION": "3.1.0",
    "LICENSE": {"name": "Apache-2.0", "identifier": "Apache-2.0"},
    "CONTACT": {"name": "The maintainers"},
    "SERVERS": [{"url": "/", "description": "This register"}],
    "SCHEMA_PATH_PREFIX": "/api/v1",
    "SERVE_INCLUDE_SCHEMA": False,
    "SERVE_PERMISSIONS": ["rest_framework.permissions.AllowAny"],
    "SERVE_AUTHENTICATION": [],
    "COMPONENT_SPLIT_REQUEST": True,
    "ENUM_NAME_OVERRIDES": {
        name: f"{module}.vocabulary.{name}" for module, names in _VOCABULARIES.items() for name in names
    }
    | {"MarkingEnum": "sgoffice.records.models.Marking"},
    "ENUM_GENERATE_CHOICE_DESCRIPTION": False,
    "PREPROCESSING_HOOKS": ["sgoffice.api.schema.for_staff"],
    "POSTPROCESSING_HOOKS": [
        "drf_spectacular.hooks.postprocess_schema_enums",
        "sgoffice.api.schema.postprocess",
    ],
    "SWAGGER_UI_DIST": "SIDECAR",
    "SWAGGER_UI_FAVICON_HREF": "SIDECAR",
    "SWAGGER_UI_SETTINGS": {"deepLinking": True, "persistAuthorization": False, "docExpansion": "none", "filter": True},
}

#: What differs in the API document for partners (docs/openapi-partners.yaml).
PARTNER_DOCUMENT: dict[str, object] = {
    "TITLE": "Register of the Office: the partner exchange",
    "DESCRIPTION": (
        "Pull the records that the office shares with you: a snapshot first, then changes; no change is lost. "
        "The guide at /api/partner/guide explains how, with a client of less than a hundred lines."
    ),
    "PREPROCESSING_HOOKS": ["sgoffice.api.schema.for_partners"],
    "POSTPROCESSING_HOOKS": [
        "drf_spectacular.hooks.postprocess_schema_enums",
        "sgoffice.api.schema.postprocess",
        "sgoffice.api.schema.with_forms_as_forms",
    ],
}
