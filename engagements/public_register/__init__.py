"""The public register: what was held and is public, as a document of its own that two people publish.

It stands on the log and the reports; nothing may import it. An app without tables: what was published stands in the
approvals of its periods.
"""
