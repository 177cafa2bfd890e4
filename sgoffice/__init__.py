"""The ground floor: records and their door, the conventions of HTTP, accounts, the directory, settings.

May import neither appointments nor engagements, which stand on it.
"""

import tomllib
from pathlib import Path

# A checkout is not an installed package, so its version is read where it is written, once.
with (Path(__file__).parents[1] / "pyproject.toml").open("rb") as project:
    __version__: str = tomllib.load(project)["project"]["version"]
