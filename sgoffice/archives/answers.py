"""The answer that sends the whole register, for API and desk."""

from datetime import datetime

from django.http import FileResponse, HttpRequest, HttpResponse
from django.utils.http import content_disposition_header

from sgoffice.archives.whole_register import open_approval, spooled_archive
from sgoffice.exports.packages import PACKAGE
from sgoffice.exports.spools import SpooledAnswer
from sgoffice.records.actors import Actor


def archive_answer(request: HttpRequest, *, by: Actor, at: datetime) -> HttpResponse | FileResponse:
    """Return the archive that is open to somebody; to HEAD its headers alone, for which nothing is written.

    Raises NotPermitted, RuleViolation if none is, TooManyExports and NoRoom.
    """
    approval = open_approval(by=by, at=at)
    if request.method == "HEAD":
        answer: HttpResponse | FileResponse = HttpResponse(content_type=PACKAGE.media_type)
    else:
        file, written = spooled_archive(by=by, at=at)
        told = {"as": PACKAGE.ending, "approval": approval.reference, **written.traced}
        answer = SpooledAnswer(file, told, content_type=PACKAGE.media_type)
    name = f"register-{at:%Y-%m-%d}.{PACKAGE.ending}"
    answer["Content-Disposition"] = str(content_disposition_header(as_attachment=True, filename=name))
    return answer
