"""Cooperation agreements: what was agreed with whom, by which acts, and whether it is in force on a day.

An app of its own that stands on the engagement log, on appointments and on sgoffice; nothing may import it but reports.
"""
