#!/usr/bin/env python3
"""Compare our parses with spaCy's, dumped fresh, on the fixtures and on every shared text that is at hand.

    parity.py [--model FOLDER] [PATH …]

Makes a virtual environment .venv with spaCy 3.8 if there is none. PATHs are folders or files (.txt, .jsonl with a
"text" field); without any, the fixtures' texts are compared, and ../shared/gold, ../shared/seeds and ../shared/bench
where they exist. Texts are cut into paragraphs at blank lines.

Prints the number of texts, tokens and differing fields. A single label or tag that differs while tokens, heads and all
other fields of the text agree is a near tie: two scores as close as float rounding, which depends on the order of
additions. Near ties are listed and counted by themselves; the exit code is 1 for any other difference, and for more
than one near tie in 100,000 tokens.
"""

import argparse
import collections
import json
import os
import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
SPACY = "spacy==3.8.*"
FIELDS = ["text", "offset", "tag", "pos", "morph", "lemma", "dep", "head", "sentence start", "iob", "entity"]
# Fields that hang on one argmax, or follow from one by rule.
LABELS = {"tag", "pos", "morph", "lemma", "dep", "entity"}


def paragraphs(text):
    return [p for p in re.split(r"\n[^\S\n]*\n", text) if p.strip()]


def texts_of(path):
    """Texts of a file or of all files under a folder, with a name for each."""
    if path.is_dir():
        for file in sorted(p for p in path.rglob("*") if p.suffix in (".txt", ".jsonl")):
            yield from texts_of(file)
    elif path.suffix == ".txt":
        for number, text in enumerate(paragraphs(path.read_text(encoding="utf8"))):
            yield f"{path}#{number}", text
    else:
        # Not splitlines: a text may hold other line separators.
        lines = path.read_text(encoding="utf8").split("\n")
        for line_number, line in enumerate(lines, 1):
            entry = json.loads(line or "{}")
            whole = path.is_relative_to(ROOT)  # fixtures are compared as they are
            for number, text in enumerate([entry["text"]] if whole and entry else paragraphs(entry.get("text", ""))):
                yield f"{path}:{line_number}#{number}", text


def default_paths():
    shared = ROOT.parent / "shared"
    found = [ROOT / "crates/syntax/tests/fixtures/parses.jsonl"]
    return found + [p for p in (shared / "gold", shared / "seeds", shared / "bench") if p.exists()]


def default_model():
    named = os.environ.get("TRUCEWATCH_MODEL")
    kept = sorted(p.parent for p in (ROOT / "models").glob("*/meta.json"))
    return Path(named) if named else kept[0] if kept else None


def python_with_spacy():
    """The interpreter of the virtual environment, which is made if it lacks spaCy."""
    python = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    if not python.exists() or subprocess.run([python, "-c", "import spacy"], capture_output=True).returncode:
        print(f"making {VENV} with {SPACY} …", flush=True)
        subprocess.run([sys.executable, "-m", "venv", VENV], check=True)
        subprocess.run([python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", SPACY], check=True)
    return python


def dump(command, lines):
    ran = subprocess.run(command, input=lines.encode(), stdout=subprocess.PIPE, cwd=ROOT, check=True)
    return [json.loads(line)["tokens"] for line in ran.stdout.decode().split("\n") if line]


def differences(theirs, ours):
    """Fields that differ in one text, as (token, field, theirs, ours)."""
    if [t[:2] for t in theirs] != [t[:2] for t in ours]:
        at = next((i for i, (a, b) in enumerate(zip(theirs, ours)) if a[:2] != b[:2]), min(len(theirs), len(ours)))
        return [(at, "text", theirs[at:at + 1], ours[at:at + 1])]
    pairs = enumerate(zip(theirs, ours))
    return [(i, FIELDS[f], a[f], b[f]) for i, (a, b) in pairs for f in range(len(FIELDS)) if a[f] != b[f]]


def is_near_tie(found):
    """One label of one token, with what follows from it by rule."""
    tokens, fields = {token for token, *_ in found}, {field for _, field, *_ in found}
    return len(tokens) == 1 and fields <= LABELS and len(fields & {"tag", "dep", "entity"}) <= 1


def compare(names, theirs, ours):
    counts, ties, failed = collections.Counter(), 0, 0
    for name, a, b in zip(names, theirs, ours):
        found = differences(a, b)
        if not found:
            continue
        tie = is_near_tie(found)
        ties, failed = ties + tie, failed + (not tie)
        counts.update(field for _, field, *_ in found)
        for token, field, expected, got in found[:5]:
            word = a[token][0] if token < len(a) else ""
            print(f"{'near tie' if tie else 'DIFFERS'}: {name} token {token} `{word}`: {field} {got!r}, spaCy {expected!r}")
    return counts, ties, failed


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--model", type=Path, default=default_model())
    parser.add_argument("paths", type=Path, nargs="*")
    args = parser.parse_args()
    if not args.model:
        print("no model in models/ and no TRUCEWATCH_MODEL; hint: `make model` fetches one", file=sys.stderr)
        return 2
    python = python_with_spacy()
    model = args.model.resolve()
    build = ["cargo", "build", "--quiet", "--release", "-p", "syntax", "--example", "dump"]
    subprocess.run(build, cwd=ROOT, check=True)
    failed = 0
    for path in args.paths or default_paths():
        texts = list(texts_of(path.resolve()))
        lines = "".join(json.dumps({"id": name, "text": text}) + "\n" for name, text in texts)
        theirs = dump([python, "-W", "ignore", ROOT / "scripts/spacy_dump.py", model], lines)
        target = Path(os.environ.get("CARGO_TARGET_DIR", ROOT / "target"))
        ours = dump([target / "release/examples/dump", model], lines)
        assert len(theirs) == len(ours) == len(texts), "a dump broke off"
        counts, ties, wrong = compare([name for name, _ in texts], theirs, ours)
        tokens = sum(map(len, theirs))
        fields = ", ".join(f"{field} {n}" for field, n in counts.most_common()) or "none"
        print(f"{path}: {len(texts)} texts, {tokens} tokens, differing fields: {fields}; near ties: {ties}", flush=True)
        failed += wrong > 0 or ties * 100_000 > max(tokens, 100_000)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
