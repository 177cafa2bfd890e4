"""Agreement with its parts: parties, signatories, acts, topics; and the periods and deadlines that follow from them."""

from engagements.agreements.models.act import Act
from engagements.agreements.models.agreement import Agreement, AgreementTopic
from engagements.agreements.models.deadline import Deadline
from engagements.agreements.models.party import Party, Signatory
from engagements.agreements.models.period import Binding, Period

__all__ = ["Act", "Agreement", "AgreementTopic", "Binding", "Deadline", "Party", "Period", "Signatory"]
