"""The API of the public register."""
