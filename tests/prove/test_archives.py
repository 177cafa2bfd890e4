"""The shipped facts and a story, taken out and brought into another register, also after kill -9 in the middle."""

import subprocess
import sys
import time
from io import StringIO

from django.core.management import call_command

from tests.prove.crashing import ROOT, CrashingRegister
from tests.sgoffice.archives import story

_COUNT = """
import os
os.environ["DJANGO_SETTINGS_MODULE"] = "sgoffice.settings"
import django
django.setup()
from sgoffice.records.models import Entry
print(Entry.objects.count())
"""


def count_in(register):
    return int(register.run("-c", _COUNT))


def test_a_register_with_the_shipped_facts_comes_back_document_by_document(
    databases, loaded_name, django_db_blocker, tmp_path
):
    file = tmp_path / "register.zip"
    with django_db_blocker.unblock():
        with story.register_of_its_own(databases, loaded_name):
            story.tell()
            told = story.everything()
            call_command("export", str(file), stdout=StringIO())
        with story.register_of_its_own(databases):
            start = time.monotonic()
            call_command("import", str(file), stdout=StringIO())
            sys.stdout.write(f"\n  {len(told[0])} records brought in {time.monotonic() - start:.0f} s\n")
            assert story.everything() == told
            call_command("verify_history", stdout=StringIO())
            call_command("verify_documents", stdout=StringIO())


def test_an_import_that_was_killed_left_nothing_and_is_run_again(databases, loaded_name, django_db_blocker, tmp_path):
    file = tmp_path / "register.zip"
    with django_db_blocker.unblock(), story.register_of_its_own(databases, loaded_name):
        call_command("export", str(file), stdout=StringIO())
        wanted = len(story.everything()[0])
    with CrashingRegister(seed=1, is_durable=False, is_empty=True) as register:
        for seconds in (4, 9):
            bringing = subprocess.Popen(
                [sys.executable, "manage.py", "import", str(file)], cwd=ROOT, env=register.environment
            )
            time.sleep(seconds)
            assert bringing.poll() is None, "it was over before it was killed"
            bringing.kill()
            bringing.wait()
            assert count_in(register) == 0
        register.run("manage.py", "import", str(file))
        assert count_in(register) == wanted
        register.run("manage.py", "verify_history")
        register.run("manage.py", "verify_documents")
