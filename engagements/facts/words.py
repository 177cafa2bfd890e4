"""The words of the files of engagements in the register's own."""

import re

from engagements.vocabulary import EngagementKind, MeetingFormat, Mode
from sgoffice.directory.models import Topic
from sgoffice.directory.vocabulary import Classification, TopicKind

KINDS = {
    "signing": EngagementKind.SIGNING_CEREMONY,
    "general_assembly": EngagementKind.SESSION_OF_GOVERNING_BODY,
    "conference": EngagementKind.CONFERENCE,
    "parliamentary_hearing": EngagementKind.HEARING,
    "appointment": EngagementKind.OATH_OR_APPOINTMENT,
    "press_event": EngagementKind.PRESS,
    "official_visit_abroad": EngagementKind.VISIT,
    "visit_to_headquarters": EngagementKind.VISIT_TO_HEADQUARTERS,
    "bilateral_meeting": EngagementKind.BILATERAL_MEETING,
    "address": EngagementKind.ADDRESS,
    "inauguration": EngagementKind.CEREMONY,
    "audience": EngagementKind.AUDIENCE,
    "virtual_meeting": EngagementKind.BILATERAL_MEETING,
}
FORMATS = {"virtual_meeting": MeetingFormat.VIRTUAL}
MODES = {"by message": Mode.BY_MESSAGE, "by video": Mode.BY_VIDEO}

#: Of what the organizations that only engagements name are part.
PARENTS = {
    "African Union Peace and Security Council": "au",
    "Council of the European Union": "eu",
    "European Commission": "eu",
    "INTERPOL Executive Committee": "interpol",
    "United Nations Security Council Counter-Terrorism Committee": "unsc",
}
#: What sort of organization a name tells of; the first that fits.
_CLASSIFICATIONS = (
    (r"^City of|Region$|of Maldonado", Classification.LOCAL_AUTHORITY),
    (r"^NCB |National Central Bureau", Classification.NATIONAL_CENTRAL_BUREAU),
    (r"^Ministry|Minister", Classification.MINISTRY),
    (r"^(Government|Presidency) of", Classification.GOVERNMENT),
    (r"House of Lords|Congress", Classification.PARLIAMENT),
    (r"^(Council of the European Union|European Commission)$|Committee$|Council$", Classification.ORGAN),
    (r"Polic[ei]|Polícia|Policía|Public Security", Classification.POLICE),
    (r"Court|Prosecut|Authority|Defence", Classification.NATIONAL_AGENCY),
)
_EVENT = re.compile(r"\b(Assembly|Conference|World Cup|Summit|Forum|Symposium|Olympic\w*|anniversary|centenary)\b")
_PROGRAMME = re.compile(r"^(Project|Operation|Programme)\b|programme$")


def classification_of(name: str) -> Classification:
    """Return the classification of an organization that only its name tells of."""
    return next((kind for words, kind in _CLASSIFICATIONS if re.search(words, name)), Classification.OTHER)


def topic_kind(name: str) -> str:
    """Return the kind of a topic: the one that it is known under, else what its words tell."""
    known = Topic.objects.live().called(name).values_list("kind", flat=True).first()
    if known:
        return str(known)
    if _EVENT.search(name):
        return TopicKind.EVENT
    return TopicKind.PROGRAMME if _PROGRAMME.search(name) else TopicKind.SUBJECT
