"""GET …/letters/…: letters from a record, as Word or HTML."""

from typing import Any, ClassVar
from uuid import UUID

from django.http import HttpResponse
from django.utils import timezone
from django.utils.http import content_disposition_header
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.renderers import BaseRenderer
from rest_framework.request import Request

from engagements.reports.api.answers import PageRenderer, ReportView
from engagements.reports.services.letter_files import FORMS, letter_file
from engagements.reports.services.letters import LETTERS, letter_values
from sgoffice.api.actors import actor_of
from sgoffice.api.filters import check_parameters
from sgoffice.api.redirections import moved
from sgoffice.records.errors import UnknownRecord


class WordRenderer(BaseRenderer):
    """Lets content negotiation choose Word; the view writes the file."""

    media_type = FORMS["docx"]
    format = "docx"


_ANSWERS = {(200, FORMS["docx"]): OpenApiTypes.BINARY, (200, "text/html"): OpenApiTypes.STR}
_FORM = OpenApiParameter("format", str, enum=["docx", "html"], description="The form; by default `Accept` decides.")


class LetterView(ReportView):
    """A letter from a record that the reader may see; the trace notes it as an export."""

    name: ClassVar[str]
    renderer_classes: ClassVar[Any] = [WordRenderer, PageRenderer]  # type: ignore[misc] # a constant
    has_etag: ClassVar[bool] = False
    #: For the API document: a letter that would not be true is a 409.
    may_be_refused: ClassVar[bool] = True

    def letter_answer(self, request: Request, key: str) -> HttpResponse:
        """Return the letter; raises UnknownRecord (404), and RuleViolation (409) while it would not be true."""
        letter = LETTERS[self.name]
        rows: Any = letter.model.rows().visible_to(actor_of(request)).select_related("merged_into")
        record = rows.filter(**_lookup(key)).first()
        if record is None:
            raise UnknownRecord(letter.model.record_kind, key)
        check_parameters(request.query_params, {"format"})
        if record.merged_into_id is not None:
            return moved(request, record.merged_into_id)
        chosen: Any = request.accepted_renderer
        content = letter_file(letter, letter_values(letter, record.pk, today=timezone.localdate()), chosen.format)
        answer = HttpResponse(content, content_type=FORMS[chosen.format])
        name = f"{record.reference}-{letter.name}.{chosen.format}"
        answer["Content-Disposition"] = str(content_disposition_header(as_attachment=True, filename=name))
        return answer


def _lookup(key: str) -> dict[str, Any]:
    try:
        return {"pk": UUID(key)}
    except ValueError:
        return {"reference": key}


class ThankYouView(LetterView):
    """The letter of thanks after a meeting."""

    name = "thank-you"

    @extend_schema(summary="Get a letter of thanks", parameters=[_FORM], responses=_ANSWERS)
    def get(self, request: Request, pk: str) -> HttpResponse:
        """Return a letter that thanks the first counterpart of a meeting that was held, with its marking."""
        return self.letter_answer(request, pk)


class ConfirmationView(LetterView):
    """The letter that confirms a meeting."""

    name = "confirmation"

    @extend_schema(summary="Get a confirmation of a meeting", parameters=[_FORM], responses=_ANSWERS)
    def get(self, request: Request, pk: str) -> HttpResponse:
        """Return a letter that confirms day, hours on the clocks of the place, and place of a confirmed meeting."""
        return self.letter_answer(request, pk)


class EntryIntoForceView(LetterView):
    """The letter that notifies an entry into force."""

    name = "entry-into-force"

    @extend_schema(summary="Get a notification of entry into force", parameters=[_FORM], responses=_ANSWERS)
    def get(self, request: Request, pk: str) -> HttpResponse:
        """Return a letter that notifies the parties of the day on which an agreement entered into force."""
        return self.letter_answer(request, pk)
