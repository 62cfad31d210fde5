#!/usr/bin/env python3
"""Turn the invented training reports into the JSON that score.py and train_weights.py read, and check them.

    training_gold.py training/CONFLICT OUT    writes OUT/<name>.json and OUT/<name>.txt for each report
    training_gold.py training/CONFLICT        checks only

A report is `<name>.txt` with `<name>.claims` beside it; the form of both is in training/README.md. Every error is
named with file and line; the exit code is 1 where there is one.
"""
import json, pathlib, re, sys

TYPES = set("clash shelling gunfire airstrike assault incursion seizure explosion buildup violation casualties detention "
            "damage displacement truce implementation withdrawal deployment verification exchange delimitation access "
            "talks mediation assistance threat position".split())
MODES = set("asserted denied planned called_for rejected conditional".split())
WHAT = set("killed wounded casualties captured missing displaced returned bodies personnel posts vehicles aircraft weapons "
           "munitions violations settlements area_km2 distance_km".split())
KEYS = {"speaker", "by", "via", "actor", "target", "place", "date", "fig", "agreement", "aspect", "garbled"}
FIGURE = re.compile(r"(\w+):(\w+):([\w-]*):(~?)(\d+(?:\.\d+)?)?(\.\.)?(\d+(?:\.\d+)?)?$")
ASPECTS = {None, "begun", "ended"}


def number(text):
    return None if text is None else float(text) if "." in text else int(text)


def figure(text):
    """`what:who:side:n`, `n..`, `..n`, `n..m`, `~n`."""
    found = FIGURE.match(text.strip())
    if not found or found[1] not in WHAT or found[2] not in ("military", "civilian", "any"):
        raise ValueError(f"bad figure {text!r}")
    low, high = number(found[5]), number(found[7])
    if not found[6]:
        high = low
    if low is None and high is None:
        raise ValueError(f"figure without a number {text!r}")
    out = {"what": found[1], "who": found[2], "side": found[3] or None, "min": low, "max": high}
    return out | {"approx": True} if found[4] else out


def listed(text):
    return [part.strip() for part in text.split(",") if part.strip()]


def verbatim(quote, text):
    """The quote as the text has it: a space of the quote may stand for the line break of a hard-wrapped report."""
    found = quote in text or re.search(r"\s+".join(map(re.escape, quote.split())), text)
    return quote if found is True or not found else found[0]


def claim(line, number):
    parts = [p.strip() for p in line.split(" | ")]
    if len(parts) < 3 or parts[1] not in TYPES or parts[2] not in MODES:
        raise ValueError("needs quote | type | mode | key=value | …")
    fields = dict(p.split("=", 1) for p in parts[3:])
    if set(fields) - KEYS or fields.get("aspect") not in ASPECTS:
        raise ValueError(f"unknown field {sorted(set(fields) - KEYS)} or aspect")
    return {
        "id": f"c{number}", "quote": parts[0], "type": parts[1], "mode": parts[2], "aspect": fields.get("aspect"),
        "speaker": fields.get("speaker", "narrator"), "speaker_party": fields.get("by", "media") or None,
        "via": listed(fields.get("via", "")), "actor": listed(fields.get("actor", "")),
        "target": listed(fields.get("target", "")), "place": fields.get("place"), "date": fields.get("date"),
        "figures": [figure(f) for f in listed(fields.get("fig", ""))],
        "agreement": fields.get("agreement"), "garbled": fields.get("garbled") == "yes",
    }


def report(path):
    """The record of one report and what is wrong with it."""
    text, errors, claims = path.read_text(encoding="utf-8"), [], []
    lines = path.with_suffix(".claims").read_text(encoding="utf-8").splitlines()
    published = None
    for at, line in enumerate(lines, 1):
        if line.startswith("published ") :
            published = line.split(None, 1)[1].strip()
        elif line.strip() and not line.startswith("#"):
            try:
                made = claim(line, len(claims) + 1)
                made["quote"] = verbatim(made["quote"], text)
                claims.append(made)
                if made["quote"] not in text:
                    errors.append(f"{path.with_suffix('.claims')}:{at}: quote is not in the text: {made['quote'][:80]}")
                if made["place"] and made["place"] not in text:
                    errors.append(f"{path.with_suffix('.claims')}:{at}: place is not in the text: {made['place']}")
            except ValueError as error:
                errors.append(f"{path.with_suffix('.claims')}:{at}: {error}")
    if not published:
        errors.append(f"{path.with_suffix('.claims')}: no line `published YYYY-MM-DD`")
    return {"doc": path.name, "published": published, "claims": claims}, errors


def main():
    if len(sys.argv) not in (2, 3):
        sys.exit(__doc__)
    folder, out = pathlib.Path(sys.argv[1]), sys.argv[2] if len(sys.argv) == 3 else None
    failed, claims, paths = False, 0, sorted(folder.glob("*.txt"))
    for path in paths:
        record, errors = report(path)
        claims += len(record["claims"])
        for error in errors:
            failed = True
            print(error, file=sys.stderr)
        if out:
            pathlib.Path(out).mkdir(parents=True, exist_ok=True)
            (pathlib.Path(out) / path.name).write_text(path.read_text(encoding="utf-8"), encoding="utf-8")
            (pathlib.Path(out) / f"{path.stem}.json").write_text(json.dumps(record, ensure_ascii=False, indent=1) + "\n")
    print(f"{folder}: {len(paths)} reports, {claims} claims")
    sys.exit(failed)


if __name__ == "__main__":
    main()
