"""The admin of records: every page reads under the actor's rights, every form is one call of a service.

An app's admin.py declares for each model its entry and services (`RecordAdmin`), the lists of its parts (`PartInline`)
and its buttons (`Step`).
"""
