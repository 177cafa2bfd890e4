"""The desk's page of the archive."""
