"""The long form of test_exchange_crash.py: writers and pollers over HTTP, killed again and again."""

import os
import sys

from tests.prove.exchange.proof import prove

SECONDS = float(os.environ.get("SGOFFICE_PROVE_SECONDS", "600"))
KILLS = int(os.environ.get("SGOFFICE_PROVE_KILLS", "50"))


def test_every_copy_is_right_however_often_the_register_is_killed(capsys):
    figures = prove(seconds=SECONDS, kills=KILLS, seed=11)

    with capsys.disabled():
        sys.stdout.write(f"\n  {SECONDS:.0f} s: {figures}\n")
    for lost, _ in (figures.lost_by_sequence, figures.lost_by_time):
        assert lost > 0  # the controls: what positions at COMMIT are for
