#!/usr/bin/env python3
"""Words per second of spaCy's own nlp.pipe on one core, as a peer for crates/syntax/examples/speed.rs.

    bench_spacy.py MODEL_FOLDER TEXT_FOLDER

Needs spaCy (scripts/parity.py makes .venv with it). Pin it to a core, e.g. with `taskset -c 1`.
"""

import os
import re
import sys
import time
from pathlib import Path

for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "BLIS_NUM_THREADS"):
    os.environ[name] = "1"

import resource  # noqa: E402  (the environment must be set first)

import spacy  # noqa: E402


def main():
    model, folder = sys.argv[1:3]
    start = time.perf_counter()
    nlp = spacy.load(model)
    loaded = time.perf_counter() - start
    texts = [p.read_text(encoding="utf8") for p in sorted(Path(folder).rglob("*.txt"))]
    words = sum(len(t.split()) for t in texts)
    paragraphs = [p for t in texts for p in re.split(r"\n\s*\n", t) if p.strip()]
    wall, cpu = time.perf_counter(), time.process_time()
    tokens = sum(len(doc) for doc in nlp.pipe(paragraphs, batch_size=64))
    wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"spaCy {spacy.__version__}: loaded in {loaded:.2f} s; {words} words, {tokens} tokens in {wall:.2f} s "
          f"({cpu:.2f} s of processor time), {words / wall:.0f} words/s, peak memory {memory:.0f} MB")


if __name__ == "__main__":
    main()
