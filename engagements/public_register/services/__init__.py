"""The public register of a period, its publication by two people, and the site; the names other modules import."""

from engagements.public_register.services.folder import Folder, write_site
from engagements.public_register.services.lines import public_lines
from engagements.public_register.services.publications import (
    PUBLISH,
    Draft,
    PublicationEntry,
    draft_of,
    propose_publication,
    published,
    publishing,
)
from engagements.public_register.services.site import Site, site_now
from engagements.public_register.services.site_pages import pages_of

__all__ = [
    "PUBLISH",
    "Draft",
    "Folder",
    "PublicationEntry",
    "Site",
    "draft_of",
    "pages_of",
    "propose_publication",
    "public_lines",
    "published",
    "publishing",
    "site_now",
    "write_site",
]
