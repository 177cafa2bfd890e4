"""What processes cost: CPU time and memory, as the kernel counts them (Linux)."""

import os
from contextlib import suppress
from pathlib import Path

_TICK = os.sysconf("SC_CLK_TCK")


def in_folder(data: Path) -> set[int]:
    """Return the processes of PostgreSQL in a data folder."""
    found = set()
    for place in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):  # it ended meanwhile
            if (place / "cwd").readlink() == data:
                found.add(int(place.name))
    return found


def family(root: int, data: Path) -> set[int]:
    """Return a process with all its descendants, and the processes of PostgreSQL in a data folder."""
    parents, found = {}, in_folder(data)
    for place in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            fields = (place / "stat").read_text().rsplit(")", 1)[1].split()
            parents[int(place.name)] = int(fields[1])
    for number in parents:
        above = number
        while above and above != root:
            above = parents.get(above, 0)
        if above == root:
            found.add(number)
    return found


def cpu_ms(numbers: set[int]) -> float:
    """Return the milliseconds that these processes have spent on a core, in user and kernel mode."""
    ticks = 0
    for number in numbers:
        try:
            fields = Path(f"/proc/{number}/stat").read_text().rsplit(")", 1)[1].split()
        except OSError:
            continue
        ticks += int(fields[11]) + int(fields[12])
    return ticks * 1000 / _TICK


def split_cpu_ms(root: int, data: Path) -> tuple[float, float]:
    """Return what a process with all its descendants has spent on a core, and PostgreSQL in a data folder."""
    database = in_folder(data)
    return cpu_ms(family(root, data) - database), cpu_ms(database)


def memory_mb(numbers: set[int]) -> dict[str, float]:
    """Return the proportional set size of these processes by the name of their program, in megabytes of 10⁶ bytes."""
    found: dict[str, float] = {}
    for number in numbers:
        try:
            name = Path(f"/proc/{number}/comm").read_text().strip()
            lines = Path(f"/proc/{number}/smaps_rollup").read_text().splitlines()
        except OSError:
            continue
        kilobytes = next(int(line.split()[1]) for line in lines if line.startswith("Pss:"))
        found[name] = found.get(name, 0) + kilobytes * 1024 / 1e6
    return found
