"""The OpenAPI document: what drf-spectacular cannot know of our conventions (OpenAPI 3.1)."""

from sgoffice.api.schema.operations import AutoSchema
from sgoffice.api.schema.postprocessing import postprocess
from sgoffice.api.schema.readers import for_partners, for_staff, with_forms_as_forms

__all__ = ["AutoSchema", "for_partners", "for_staff", "postprocess", "with_forms_as_forms"]
