"""The one door through which records change, and operations on records of any kind.

`door` has create() and change(); `parts` and `links` write what belongs to an open record; `corrections` and `merging`
apply to records of every kind; `belongings` says which records have another one as their owner; `clock` applies what
time alone changes.
"""
