#!/usr/bin/env python3
"""bench_ledger.py [COUNT…]: add synthetic reports to a ledger and time what is done with it (default: 1000 10000 100000).

Reports are those of scripts/synthetic.py. `add` reads them with the English model, which takes most of its time. A brief
covers one day in the middle; a search asks for three words. Times of brief and search are the median of five runs of the
whole program.
"""

import json
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PROGRAM = ROOT / "target/release/trucewatch"

sys.path.insert(0, str(ROOT / "scripts"))
import synthetic  # noqa: E402


def timed(ledger, *args, **more):
    """Seconds that a command takes, and what it prints."""
    begun = time.perf_counter()
    done = subprocess.run([PROGRAM, *args, "--ledger", ledger], cwd=ROOT, capture_output=True, text=True, **more)
    if done.returncode:
        sys.exit(f"bench: `{' '.join(args)}` failed: {done.stderr}")
    return time.perf_counter() - begun, done.stdout


def median(ledger, *args):
    return statistics.median(timed(ledger, *args)[0] for _ in range(5))


def row(count, folder):
    """One row: the counted reports in a new ledger."""
    reports, ledger = Path(folder, "reports.jsonl"), Path(folder, f"{count}.ledger")
    with reports.open("w") as out:
        for number in range(count):
            out.write(json.dumps(synthetic.report(number)) + "\n")
    add, told = timed(ledger, "add", "--quiet", "--input", "jsonl", reports)
    again, _ = timed(ledger, "add", "--quiet", "--input", "jsonl", reports)
    verify, _ = timed(ledger, "verify")
    day = synthetic.report(count // 2)["dct"]
    brief = median(ledger, "brief", "--from", day, "--to", day)
    search = median(ledger, "search", "convoy", "Hollin", "drone")
    near = median(ledger, "search", "--near", "-44.8,-124.96,5")
    size = ledger.stat().st_size / 1e6
    claims = told.split(" claims")[0].split()[-1]
    return f"| {count:,} | {int(claims):,} | {add:.1f} | {count / add:.0f} | {again:.1f} | {size:.1f} | {verify:.2f} " \
           f"| {brief:.2f} | {search:.2f} | {near:.2f} |"


def main():
    if any(a.startswith("-") for a in sys.argv[1:]):
        sys.exit(__doc__)
    counts = [int(a) for a in sys.argv[1:]] or [1000, 10000, 100000]
    print("| reports | claims | add, s | reports/s | add again, s | file, MB | verify, s | brief of a day, s "
          "| search, s | near a place, s |")
    print("|---|---|---|---|---|---|---|---|---|---|")
    for count in counts:
        with tempfile.TemporaryDirectory() as folder:
            print(row(count, folder), flush=True)


if __name__ == "__main__":
    main()
