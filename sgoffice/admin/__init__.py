"""The admin of records: every page reads under the actor's rights, every form is one call of a service.

An app's admin.py declares, for each model, the entry and the services (`RecordAdmin`), the lists of parts below it
(`PartInline`), and the steps that its buttons take (`Step`).
"""
