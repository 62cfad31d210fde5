#!/usr/bin/env python3
"""Speed, start-up and memory of `trucewatch read`, text to claims, beside spaCy's nlp.pipe with the same weights.

    bench.py [ROUNDS]        (default: 3)

Both run pinned to one core, in turn, over the same texts: ../shared/gold where it is, else samples/reports. Words are
counted between white space. spaCy runs in .venv, which scripts/parity.py makes; without it ours is measured alone.
Quote the ratio: a machine's own speed drifts.
"""

import argparse
import json
import os
import re
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PROGRAM = ROOT / "target/release/trucewatch"
MODEL = ROOT / "models/en_core_web_md-3.7.1"
CORE = max(os.sched_getaffinity(0))


def pinned(command):
    """Run a command on one core: wall seconds, processor seconds, peak memory in MB, what it printed."""
    with tempfile.TemporaryFile() as out:
        start = time.perf_counter()
        process = subprocess.Popen(command, stdout=out, stderr=subprocess.DEVNULL, cwd=ROOT,
                                   preexec_fn=lambda: os.sched_setaffinity(0, {CORE}))
        _, status, usage = os.wait4(process.pid, 0)
        wall = time.perf_counter() - start
        if status:
            sys.exit(f"bench: `{' '.join(map(str, command))}` failed")
        out.seek(0)
        return wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024, out.read().decode()


def texts():
    """The texts with their number of words."""
    gold = ROOT.parent / "shared/gold"
    folder = gold if gold.is_dir() else ROOT / "samples/reports"
    found = [p.read_text(encoding="utf-8", errors="replace") for p in sorted(folder.rglob("*.txt"))]
    return folder, found, sum(len(t.split()) for t in found)


def main():
    ap = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    ap.add_argument("rounds", nargs="?", type=int, default=3, metavar="ROUNDS", help="how often each is run (default: 3)")
    rounds = max(1, ap.parse_args().rounds)
    folder, found, words = texts()
    spacy = ROOT / ".venv/bin/python"
    with tempfile.TemporaryDirectory() as scratch:
        reports, nothing = Path(scratch, "reports.jsonl"), Path(scratch, "nothing.jsonl")
        rows = [{"id": str(i), "text": t, "dct": "2020-01-01"} for i, t in enumerate(found)]
        reports.write_text("".join(json.dumps(r) + "\n" for r in rows))
        nothing.write_text('{"id": "0", "text": "Nothing happened."}\n')
        read = [PROGRAM, "read", "--input", "jsonl", "--format", "jsonl", "--threads", "1"]
        ours, starts, peers, memory = [], [], [], 0
        for _ in range(rounds):
            start = pinned([*read, nothing])[0]
            wall, _, peak, _ = pinned([*read, reports])
            starts.append(start); ours.append(words / (wall - start)); memory = max(memory, peak)
            if spacy.exists():
                printed = pinned([spacy, ROOT / "scripts/bench_spacy.py", MODEL, folder])[3]
                peers.append(float(re.search(r"([\d.]+) words/s", printed)[1]))
    print(f"{len(found)} texts, {words} words, medians of {rounds} rounds on one core")
    print(f"trucewatch read   {statistics.median(ours):8.0f} words/s   start-up {statistics.median(starts):.2f} s   "
          f"peak memory {memory:.0f} MB")
    if peers:
        ratio = statistics.median(a / b for a, b in zip(ours, peers))
        print(f"spaCy nlp.pipe    {statistics.median(peers):8.0f} words/s   ratio {ratio:.1f}")
    else:
        print("spaCy is not installed in .venv: run `make parity` once for the comparison")
    speed = ROOT / "target/release/examples/speed"
    if speed.exists():
        print("\nWhere the parsing time goes:")
        print(pinned([speed, MODEL, folder])[3].strip())


if __name__ == "__main__":
    main()
