"""The ground floor: records and their door, the conventions of HTTP, accounts, the directory, settings.

May import neither appointments nor engagements, which stand on it.
"""
