"""Staff: who they are, what they may do, and the tokens with which their programs sign in.

Stands on the API's conventions; nothing below it knows of users, only of actors.
"""
