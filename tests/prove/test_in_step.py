"""The long form of test_digests.py: the client of docs/partners.md, run beside four writers."""

import os
import sys

from tests.sgoffice.partners.api.conftest import served
from tests.sgoffice.partners.api.partner_page import Copy
from tests.sgoffice.partners.api.test_digests import runs_in_step
from tests.sgoffice.partners.api.test_exchange_races import parties

__all__ = ["parties", "served"]
RUNS = int(os.environ.get("SGOFFICE_PROVE_RUNS", "25"))


def test_every_run_is_in_step_and_nothing_had_to_be_mended(served, parties, in_threads, tmp_path, capsys):
    said, written = runs_in_step(Copy(tmp_path, served), parties, in_threads, RUNS)

    with capsys.disabled():
        sys.stdout.write(f"\n  {len(said)} runs beside {written} writes; the last said: {said[-1]}\n")
    assert [words for words in said if "mended" in words or not words.endswith("in step")] == []
