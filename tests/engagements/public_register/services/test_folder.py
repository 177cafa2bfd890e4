"""Whenever the writing of a site is stopped, the site that is served is a whole one."""

import os
import signal
import sys
import warnings
from pathlib import Path

from engagements.public_register import services

OLD = {"index.html": b"old", "years/2023.html": b"old too"}
#: What touches the disk.
TOUCHES = {"open", "mkdir", "write", "fsync", "chmod", "rename", "replace", "symlink", "unlink", "rmdir", "scandir"}
NEW = {"index.html": b"new", "years/2024.html": b"new too", "feed.atom": b"<feed/>"}


def served(folder: Path):
    current = folder / "current"
    return {str(path.relative_to(current)): path.read_bytes() for path in current.rglob("*") if path.is_file()}


def test_a_new_site_takes_the_place_of_the_former_which_is_deleted(tmp_path):
    assert services.write_site(tmp_path, OLD).is_new
    assert not services.write_site(tmp_path, OLD).is_new
    (tmp_path / "of somebody else").mkdir()
    (tmp_path / ".new-begun").mkdir()
    assert services.write_site(tmp_path, NEW).is_new

    assert served(tmp_path) == NEW
    assert sorted(path.name[:8] for path in tmp_path.iterdir()) == [
        ".lock",
        "current",
        "of someb",
        "site-" + name(tmp_path),
    ]


def name(folder: Path):
    return (folder / "current").resolve().name.removeprefix("site-")[:3]


def test_a_kill_at_any_step_leaves_a_whole_site_and_the_next_write_puts_all_right(tmp_path):
    steps = 0
    while True:
        folder = tmp_path / str(steps)
        services.write_site(folder, OLD)
        if not is_killed_at(steps, folder):
            break
        assert served(folder) in (OLD, NEW), steps
        services.write_site(folder, NEW)
        assert served(folder) == NEW, steps
        assert len([path for path in folder.iterdir() if path.is_dir() and not path.is_symlink()]) == 1, steps
        steps += 1

    assert steps > 20


def is_killed_at(step: int, folder: Path) -> bool:
    """Write the new site in a process that kills itself at its n-th touch of the disk; tell whether it came so far."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # the child never comes back to Python's threads
        child = os.fork()
    if child == 0:
        left = step

        def count(frame, event, called):
            nonlocal left
            if event == "c_call" and called.__name__ in TOUCHES:
                left -= 1
                if left < 0:
                    os.kill(os.getpid(), signal.SIGKILL)

        sys.setprofile(count)
        services.write_site(folder, NEW)
        os._exit(0)
    return os.WIFSIGNALED(os.waitpid(child, 0)[1])
