"""The desk's page of approvals: what waits for a decision, decided there."""
