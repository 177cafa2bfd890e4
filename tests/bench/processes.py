"""What processes cost: CPU time and memory, as the kernel counts them (Linux)."""

import os
from pathlib import Path

_TICK = os.sysconf("SC_CLK_TCK")


def family(root: int, data: Path) -> set[int]:
    """Return a process with all its descendants, and the processes of PostgreSQL in a data folder."""
    parents = {}
    found = set()
    for place in Path("/proc").glob("[0-9]*"):
        try:
            fields = (place / "stat").read_text().rsplit(")", 1)[1].split()
            parents[int(place.name)] = int(fields[1])
            if (place / "cwd").readlink() == data:
                found.add(int(place.name))
        except OSError:
            continue  # it ended meanwhile
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
