"""The one door through which a record changes, and what can be done to a record of any kind.

`door` has create() and change(), `parts` and `links` what is written with a record, `corrections` and `merging` the
acts that every kind allows, `belongings` what is raised with a record, `clock` what time alone changes.
"""
