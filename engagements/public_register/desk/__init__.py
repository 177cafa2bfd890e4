"""The desk's page of the public register."""
