"""The directory: countries, organizations, offices, people and topics, which everything above refers to by name.

Stands on records and the API's conventions; knows nothing of appointments, engagements or agreements.
"""
