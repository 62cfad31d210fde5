#!/usr/bin/env python3
"""Read coded documents with the program and score what it read, set by set.

    measure.py PROGRAM FOLDER [FOLDER …] [--pack NAME_OR_FOLDER …] [--keep OUT]

FOLDER holds `<name>.json` (claims, `doc`, `published`) beside the documents, as ../shared/gold/train or what
training_gold.py writes. Scored by ../shared/score/score.py. Packs: world and armenia-azerbaijan where none is named.
With --keep the claims stay in OUT/<folder's name>/, one file a document.
"""
import argparse, json, pathlib, subprocess, sys, tempfile

SCORE = pathlib.Path(__file__).resolve().parents[2] / "shared" / "score" / "score.py"


def documents(folder):
    """A line of JSON a document, with the day of publication where it is known."""
    for path in sorted(folder.glob("*.json")):
        record = json.loads(path.read_text(encoding="utf-8"))
        text = (folder / record["doc"]).read_text(encoding="utf-8")
        yield json.dumps({"id": path.stem, "text": text} | ({"dct": record["published"]} if record.get("published") else {}))


def read(program, folder, packs, out):
    out.mkdir(parents=True, exist_ok=True)
    command = [program, "read", "-", "--input", "jsonl", "--format", "jsonl"]
    command += [word for pack in packs for word in ("--pack", pack)]
    lines = "\n".join(documents(folder)) + "\n"
    for line in subprocess.run(command, input=lines, capture_output=True, text=True, check=True).stdout.splitlines():
        record = json.loads(line)
        (out / f"{pathlib.Path(record['id']).name}.json").write_text(line)


def main():
    ap = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    ap.add_argument("program"); ap.add_argument("folders", nargs="+", type=pathlib.Path)
    ap.add_argument("--pack", action="append"); ap.add_argument("--keep", type=pathlib.Path)
    a = ap.parse_args()
    if not SCORE.exists():
        sys.exit(f"measure: {SCORE} is not there, and the coded documents with it; nothing was measured")
    with tempfile.TemporaryDirectory() as scratch:
        for folder in a.folders:
            out = (a.keep or pathlib.Path(scratch)) / folder.name
            read(a.program, folder, a.pack or ["world", "armenia-azerbaijan"], out)
            print(f"== {folder}", flush=True)
            subprocess.run([sys.executable, SCORE, folder, out], check=False)


if __name__ == "__main__":
    main()
