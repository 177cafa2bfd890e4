"""The API of the archive."""
