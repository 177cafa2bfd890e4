"""The vocabulary of cooperation agreements. Acts of the same day are read in the order of ActKind."""

from django.db.models import TextChoices


class Instrument(TextChoices):
    """The sort of text."""

    COOPERATION_AGREEMENT = "cooperation_agreement", "Cooperation agreement"
    FRAMEWORK_AGREEMENT = "framework_agreement", "Framework agreement"
    MEMORANDUM_OF_UNDERSTANDING = "memorandum_of_understanding", "Memorandum of understanding"
    CONVENTION = "convention", "Convention"
    PROTOCOL = "protocol", "Protocol"
    ARRANGEMENT = "arrangement", "Arrangement"
    WORKING_ARRANGEMENT = "working_arrangement", "Working arrangement"
    SUPPLEMENTARY_ARRANGEMENT = "supplementary_arrangement", "Supplementary arrangement"
    INTERIM_AGREEMENT = "interim_agreement", "Interim agreement"
    EXCHANGE_OF_LETTERS = "exchange_of_letters", "Exchange of letters"
    LETTER_OF_INTENT = "letter_of_intent", "Letter of intent"
    DECLARATION_OF_INTENT = "declaration_of_intent", "Declaration of intent"
    JOINT_DECLARATION = "joint_declaration", "Joint declaration"
    HEADQUARTERS_AGREEMENT = "headquarters_agreement", "Headquarters agreement"
    HOST_AGREEMENT = "host_agreement", "Host agreement"
    PRIVILEGES_AND_IMMUNITIES = "privileges_and_immunities", "Privileges and immunities"
    FUNDING_AGREEMENT = "funding_agreement", "Funding agreement"
    ACTION_PLAN = "action_plan", "Action plan"
    OTHER = "other", "Other"


class ActKind(TextChoices):
    """What was done about an agreement, in the order in which acts of the same day are read."""

    NEGOTIATION_MANDATE = "negotiation_mandate", "Mandate to negotiate"
    SIGNING_MANDATE = "signing_mandate", "Mandate to sign"
    INITIALLING = "initialling", "Initialling"
    ADOPTION = "adoption", "Adoption of the text"
    OPENED_FOR_SIGNATURE = "opened_for_signature", "Opened for signature"
    SIGNATURE = "signature", "Signature"
    APPROVAL = "approval", "Approval"
    RATIFICATION = "ratification", "Ratification"
    ACCEPTANCE = "acceptance", "Acceptance"
    ACCESSION = "accession", "Accession"
    NOTIFICATION = "notification", "Notification"
    PROVISIONAL_APPLICATION = "provisional_application", "Provisional application"
    ENTRY_INTO_FORCE = "entry_into_force", "Entry into force"
    REGISTRATION = "registration", "Registration"
    AMENDMENT = "amendment", "Amendment"
    RENEWAL = "renewal", "Renewal"
    SUSPENSION = "suspension", "Suspension"
    RESUMPTION = "resumption", "Resumption"
    NOTICE_OF_TERMINATION = "notice_of_termination", "Notice of termination"
    REVOCATION = "revocation", "Revocation of a notice"
    WITHDRAWAL = "withdrawal", "Withdrawal"
    TERMINATION = "termination", "Termination"
    EXPIRY = "expiry", "Expiry"
    LAPSE = "lapse", "Lapse"
    SUPERSESSION = "supersession", "Supersession"
    CONCLUSION = "conclusion", "Conclusion (which act is not known)"
    ATTESTATION = "attestation", "Attestation of a status"
    MILESTONE = "milestone", "Milestone"


#: By which a party says that it is bound.
CONSENT = (ActKind.RATIFICATION, ActKind.ACCEPTANCE, ActKind.APPROVAL, ActKind.ACCESSION)
#: Those that a party takes by itself, after signature or instead of it.
RATIFYING = (ActKind.RATIFICATION, ActKind.ACCEPTANCE, ActKind.ACCESSION)


class Status(TextChoices):
    """The status of an agreement on a day."""

    IN_NEGOTIATION = "in_negotiation", "In negotiation"
    INITIALLED = "initialled", "Initialled"
    SIGNED = "signed", "Signed"
    APPROVED = "approved", "Approved"
    PROVISIONALLY_APPLIED = "provisionally_applied", "Provisionally applied"
    IN_FORCE = "in_force", "In force"
    SUSPENDED = "suspended", "Suspended"
    TERMINATED = "terminated", "Terminated"
    EXPIRED = "expired", "Expired"
    LAPSED = "lapsed", "Lapsed"
    SUPERSEDED = "superseded", "Superseded"
    NOT_KNOWN = "not_known", "Not known"


#: Statuses in which an agreement has come to an end.
ENDED = frozenset({Status.TERMINATED, Status.EXPIRED, Status.LAPSED, Status.SUPERSEDED})


class Basis(TextChoices):
    """What a status rests on."""

    COMPUTED = "computed", "Computed from acts"
    ATTESTED = "attested", "Attested by a source"
    NOT_KNOWN = "not_known", "Not known"


class Scope(TextChoices):
    """What an agreement is for."""

    INFORMATION_EXCHANGE = "information_exchange", "Information exchange"
    DATABASE_ACCESS = "database_access", "Database access"
    JOINT_OPERATIONS = "joint_operations", "Joint operations"
    RECIPROCAL_REPRESENTATION = "reciprocal_representation", "Reciprocal representation"
    TECHNICAL_ASSISTANCE = "technical_assistance", "Technical assistance"
    TRAINING = "training", "Training"
    FUNDING = "funding", "Funding"
    HOSTING = "hosting", "Hosting"


class Relation(TextChoices):
    """How one agreement relates to another."""

    AMENDS = "amends", "Amends"
    SUPERSEDES = "supersedes", "Supersedes"
    IMPLEMENTS = "implements", "Implements"
    SUPPLEMENTS = "supplements", "Supplements"


class ChainPlace(TextChoices):
    """The place of an agreement in the chain around another."""

    ASKED = "asked", "The agreement asked about"
    EARLIER = "earlier", "The agreement asked about rests on it"
    LATER = "later", "It rests on the agreement asked about"
    BESIDE = "beside", "Related through other agreements"


#: The link from an agreement to the decision of a governing body that approved it.
APPROVED_BY = "approved_by"


class AgreementDeadlineKind(TextChoices):
    """What an agreement's deadline is about."""

    NOTICE = "notice", "Last day to give notice before a tacit renewal"
    EXPIRY = "expiry", "Expiry, or an end that was announced"
    ENTRY_INTO_FORCE = "entry_into_force", "Entry into force by its clause"
    PROVISIONAL_APPLICATION = "provisional_application", "End of provisional application"
    SUSPENSION = "suspension", "Beginning or end of a suspension"
    CONFIRMATION = "confirmation", "What was stated last gets too old to rest on"
    MISSING_APPROVAL = "missing_approval", "An approval without which it does not enter into force"


class PartySide(TextChoices):
    """The side of the table on which a party sits, seen from the office."""

    OURS = "ours", "Ours"
    THEIRS = "theirs", "Theirs"
    THIRD_PARTY = "third_party", "A third party"


class ClauseKind(TextChoices):
    """What a clause on entry into force waits for."""

    SIGNATURE_BY_ALL = "signature_by_all", "Signature by all parties"
    APPROVAL_BY_ALL = "approval_by_all", "Approval by each party"
    LAST_NOTIFICATION = "last_notification", "The last notification"
    RATIFICATIONS = "ratifications", "A number of ratifications"
    APPROVAL_BY_BODY = "approval_by_body", "Approval by a body"
    FIXED_DAY = "fixed_day", "A fixed day"
    ALL_OF = "all_of", "All of several clauses"
    ANY_OF = "any_of", "The first of several clauses"


class Verification(TextChoices):
    """How far the source of an act has been checked."""

    PRIMARY = "primary", "primary"
    SECONDARY = "secondary", "secondary"
    INFERRED = "inferred", "inferred"
    UNVERIFIED = "unverified", "unverified"
