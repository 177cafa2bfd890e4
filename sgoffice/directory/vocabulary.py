"""The words of the directory."""

from django.db.models import TextChoices


class CountryStatus(TextChoices):
    """What a code of the list of countries stands for."""

    MEMBER = "member", "Member country"
    NOT_A_MEMBER = "not_a_member", "Not a member"
    FORMER = "former", "Former State or name"
    RESERVED_CODE = "reserved_code", "Reserved code, no country"


class Classification(TextChoices):
    """What sort of organization it is."""

    INTERNATIONAL_BODY = "international_body", "International body"
    REGIONAL_BODY = "regional_body", "Regional body"
    ORGAN = "organ", "Organ of an organization"
    COURT = "court", "International court"
    POLICE_BODY = "police_body", "Regional police body"
    NATIONAL_CENTRAL_BUREAU = "national_central_bureau", "National Central Bureau"
    GOVERNMENT = "government", "Government of a country"
    MINISTRY = "ministry", "Ministry"
    POLICE = "police", "Police service"
    PARLIAMENT = "parliament", "Parliament"
    NATIONAL_AGENCY = "national_agency", "National agency"
    LOCAL_AUTHORITY = "local_authority", "Local authority"
    FOUNDATION = "foundation", "Foundation"
    SPORTS_BODY = "sports_body", "Sports body"
    COMPANY = "company", "Company"
    ACADEMIC_BODY = "academic_body", "Academic body"
    NON_GOVERNMENTAL = "non_governmental", "Non-governmental organization"
    OTHER = "other", "Other"


class CounterpartKind(TextChoices):
    """What sort of counterpart it is."""

    PERSON = "person", "Person"
    ORGANIZATION = "organization", "Organization"
    COUNTRY = "country", "Country"


class OrganizationStatus(TextChoices):
    """Whether it is still there."""

    ACTIVE = "active", "Active"
    MERGED = "merged", "Merged into another"
    CLOSED = "closed", "Closed"
    DISSOLVED = "dissolved", "Dissolved"
    NOT_KNOWN = "not_known", "Not known"


class OfficeKind(TextChoices):
    """What sort of office of ours it is."""

    HEADQUARTERS = "headquarters", "Headquarters"
    GLOBAL_COMPLEX = "global_complex", "Global complex"
    REGIONAL_BUREAU = "regional_bureau", "Regional bureau"
    LIAISON_OFFICE = "liaison_office", "Liaison office"
    SPECIAL_REPRESENTATIVE_OFFICE = "special_representative_office", "Office of a special representative"


class TopicKind(TextChoices):
    """What sort of topic it is."""

    CRIME_AREA = "crime_area", "Crime area"
    DATABASE = "database", "Database"
    PROGRAMME = "programme", "Programme"
    SERVICE = "service", "Service"
    CORPORATE_FUNCTION = "corporate_function", "Corporate function"
    EVENT = "event", "Event"
    SUBJECT = "subject", "Other subject"


class AffiliationRole(TextChoices):
    """In which quality one organization takes part in another."""

    MEMBER = "member", "Member"
    OBSERVER = "observer", "Observer"
    PARTNER = "partner", "Partner"
    DIALOGUE_PARTNER = "dialogue_partner", "Dialogue partner"


class OwnMarking(TextChoices):
    """Who may see a person or an organization besides those who may see a record that names it."""

    INTERNAL = "internal", "All staff"
    RESTRICTED = "restricted", "Its author and the approvers"
