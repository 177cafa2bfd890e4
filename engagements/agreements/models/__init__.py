"""Agreement with its parts: parties, signatories, acts, topics; and the periods that are computed from them."""

from engagements.agreements.models.act import Act
from engagements.agreements.models.agreement import Agreement, AgreementTopic
from engagements.agreements.models.party import Party, Signatory
from engagements.agreements.models.period import Period

__all__ = ["Act", "Agreement", "AgreementTopic", "Party", "Period", "Signatory"]
