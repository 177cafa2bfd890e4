"""Requests that schemathesis makes up from the documents of the API, as four callers: `make hostile`.

First it must find what is planted. With SGOFFICE_PROVE set it sends 50,000 requests; else as many as go into two
minutes on two cores, at least 3,000.
"""

import json
import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from urllib.request import urlopen

from tests.architecture.source import ROOT
from tests.browser.register import running
from tests.hostile.planted import FINDERS, planted

_PORT = 8741
_FOLDER = ROOT / "var" / "hostile"
_PROVES = "SGOFFICE_PROVE" in os.environ
_FEWEST = 50_000 if _PROVES else 3_000
_EVERYTHING = ["--phases", "examples,coverage,fuzzing,stateful", "--max-examples"]
#: Of the callers who share the staff's document one has the reads, the other the writes.
_EACH_DAY = {
    "officer": ["--phases", "examples,coverage", "--include-method", "GET"],
    "approver": ["--phases", "examples,coverage", "--exclude-method", "GET"],
    "anonymous": ["--phases", "examples,fuzzing", "--max-examples", "1"],
    "partner": [*_EVERYTHING, "10"],
}
_PROOF = {caller: [*_EVERYTHING, "200" if caller == "partner" else "30"] for caller in _EACH_DAY}
_SECONDS = 3600 if _PROVES else 45  # for each of them, two at a time
#: Whoever revokes their own token is somebody else from then on.
_LEFT_OUT = "me_tokens_destroy"
#: Rates and pauses after wrong attempts are tested elsewhere, and would end this run at once.
_SETTINGS = {"SGOFFICE_REQUESTS_A_MINUTE": "10000000", "SGOFFICE_TRUSTED_PROXIES": "127.0.0.1"}


def main() -> int:
    _FOLDER.mkdir(parents=True, exist_ok=True)
    with planted() as address:
        report = sent("planted", f"{address}/openapi.json", [])
    missed = FINDERS - {failure["type"] for failure in report["failures"]}
    if missed:
        sys.stdout.write(f"What is planted is not found by {', '.join(sorted(missed))}\n")
        return 1
    reports = _of_the_register()
    requests = sum(report["test_cases"]["generated"] for report in reports)
    found = sum(len(report["failures"]) + report["test_cases"]["errored"] for report in reports)
    sys.stdout.write(f"{requests} requests, {found} kinds of answers against the documents\n")
    return int(found > 0 or requests < _FEWEST or not all(report["test_cases"]["generated"] for report in reports))


def _of_the_register() -> list[dict[str, Any]]:
    state = {"SGOFFICE_STATE": str(_FOLDER / "state"), "SGOFFICE_PG_FAST": "1"}
    with running("hostile", _PORT, **_SETTINGS):
        command = [sys.executable, "-m", "tests.hostile.principals"]
        made = subprocess.run(command, cwd=ROOT, env=os.environ | state, stdout=subprocess.PIPE, check=True)
        tokens = json.loads(made.stdout)
        for document in ("openapi.json", "partner/openapi.json"):
            urlopen(f"http://127.0.0.1:{_PORT}/api/{document}").close()  # the first time it is made

        def asked_as(caller: str) -> dict[str, Any]:
            document = "partner/openapi.json" if caller == "partner" else "openapi.json"
            options = ["--exclude-operation-id", _LEFT_OUT, "--max-time", str(_SECONDS)]
            options += (_PROOF if _PROVES else _EACH_DAY)[caller]
            if caller in tokens:
                options += ["--header", f"Authorization: Bearer {tokens[caller]}"]
            return sent(caller, f"http://127.0.0.1:{_PORT}/api/{document}", options)

        with ThreadPoolExecutor(2) as two:
            return list(two.map(asked_as, _EACH_DAY))


def sent(name: str, document: str, options: list[str]) -> dict[str, Any]:
    """Send requests made up from a document; return the report, and print what was found in the register."""
    settings = ROOT / "tests" / "hostile" / "schemathesis.toml"
    command = [
        ROOT / ".venv/bin/schemathesis", "--config-file", settings, "--no-color", "run", document, *options,
        "--continue-on-failure", "--generation-deterministic", "--warnings", "off",
        "--report", "json", "--report-json-path", f"{name}.json",
    ]  # fmt: skip
    hooks = {"SCHEMATHESIS_HOOKS": "tests.hostile.hooks", "PYTHONPATH": str(ROOT)}
    said = subprocess.run(command, cwd=_FOLDER, env=os.environ | hooks, stdout=subprocess.PIPE, text=True, check=False)
    if said.returncode and name != "planted":
        sys.stdout.write(f"== {name}\n{said.stdout}\n")
    return json.loads((_FOLDER / f"{name}.json").read_text(encoding="utf-8"))


if __name__ == "__main__":
    sys.exit(main())
