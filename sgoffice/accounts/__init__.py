"""Staff: users, roles, and the tokens with which their programs sign in.

Nothing below this app knows users, only actors.
"""
