"""The long form of tests/sgoffice/changes/test_door_crash.py: kill -9 again and again, in every way that there is."""

import random
import sys

import pytest

from tests.prove.crashing import crash_and_judge, require_nothing_lost

WAYS = ["all", "postmaster", "backend", "writer", "everything"]


@pytest.mark.parametrize("seed", range(3))
def test_nothing_acknowledged_is_lost_however_often_everything_is_killed(seed, capsys):
    plan = random.Random(seed).choices(WAYS, k=25)

    found = crash_and_judge(plan, writers=8, seed=seed)

    with capsys.disabled():
        sys.stdout.write(
            f"\n  seed {seed}: {len(plan)} crashes, {found['acknowledged']} acknowledged, {found['failed']} failed, "
            f"{len(found['lost'])} lost, {found['transactions']} links, {len(found['faults'])} faults\n"
        )
    require_nothing_lost(found)
