"""The desk's page of retention."""
