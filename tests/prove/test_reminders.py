"""A worker that is killed with -9 when the server has taken its mail and nobody has noted it: once more at most."""

import json
import subprocess
import sys

from tests.engagements.reminders.mails import Postbox, listening
from tests.prove.crashing import ROOT, CrashingRegister


def work(register: CrashingRegister) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "manage.py", "work", "--once"], cwd=ROOT, env=register.environment, stdout=subprocess.DEVNULL
    )


def test_a_mail_of_a_killed_worker_goes_out_once_more_under_the_same_id():
    box = Postbox()
    with CrashingRegister(seed=1, is_durable=False) as register, listening(box) as port:
        register.environment |= {"SGOFFICE_MAIL": f"smtp://127.0.0.1:{port}"}
        register.run("-m", "tests.prove.reminding", "bring")
        for round_ in range(2):
            worker = work(register)
            box.before = worker.kill
            worker.wait()
            assert (worker.returncode, len(box.mails)) == (-9, round_ + 1)
            box.before = lambda: None
            register.run("manage.py", "work", "--once")  # the dead one holds it still
            assert len(box.mails) == round_ + 1
            assert json.loads(register.run("-m", "tests.prove.reminding", "wait")) == {"held": 1}
        register.run("manage.py", "work", "--once")

    assert len(box.mails) == 2
    assert len({str(one["Message-ID"]) for one in box.mails}) == 1
