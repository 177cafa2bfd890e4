"""The application's rights are given anew at every start, under those who are being served."""

import threading

import pytest
from django.db import connection, connections

from sgoffice.database import grants

_RIGHTS = "SELECT has_table_privilege('history_entry', 'SELECT'), has_table_privilege('history_entry', 'INSERT')"


def test_rights_that_are_given_anew_are_never_fewer_or_more_in_between(fresh_database, in_threads):
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user")
        [application] = cursor.fetchone()
    if application == connections["owner"].settings_dict["USER"]:
        pytest.skip("owner and application are one role on this server")
    done = threading.Event()

    def work(number):
        if number == 0:
            for _ in range(5):
                grants.grant_rights("owner", application)
            done.set()
            return None
        seen = set()
        with connections["default"].cursor() as cursor:
            while not done.is_set():
                cursor.execute(_RIGHTS)
                seen.add(cursor.fetchone())
        return seen

    assert in_threads(2, work) == [None, {(True, False)}]
