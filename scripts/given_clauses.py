#!/usr/bin/env python3
"""Write what `evidence --voices` is given: the coded claims' clauses, who issued each document, and what nets tell of speakers.

    given_clauses.py EVIDENCE GOLD HELD TOLD GIVEN FOUND

EVIDENCE is a folder written by `evidence`, GOLD the coded claims of the same documents, HELD what train_issuer.py --held
wrote for them, TOLD what train_net.py --told wrote. GIVEN gets the clause of every coded claim with its type, the issuer and what
is told; FOUND the issuer and that, so that the claims are those that are found.
"""
import json, pathlib, sys

from train_weights import KINDS, overlap, quote_of


def clause_of(claim, clauses, text):
    """Index of the clause that carries a coded claim: of those that its quote meets the one with a trigger of its type."""
    quote, kind = quote_of(claim, text), KINDS.index(claim["type"])
    hits = [i for i, c in enumerate(clauses) if overlap((c["start"], c["end"]), quote)]
    return max(hits, key=lambda i: (clauses[i]["d"][kind][0], clauses[i]["d"][kind][2], -i), default=None)


def main():
    if len(sys.argv) != 7:
        sys.exit(__doc__)
    evidence, gold, held, told, given, found = map(pathlib.Path, sys.argv[1:])
    for folder in (given, found):
        folder.mkdir(parents=True, exist_ok=True)
    for path in sorted(evidence.glob("*.json")):
        record, clauses = json.loads((gold / path.name).read_text()), json.loads(path.read_text())
        text = (gold / record["doc"]).read_text()
        placed = [(clause_of(c, clauses, text), c["type"], 0.9) for c in record["claims"]]
        known = {"issuer": json.loads((held / path.name).read_text())["issuer"], "told": json.loads((told / path.name).read_text())}
        (given / path.name).write_text(json.dumps({"scores": [p for p in placed if p[0] is not None], **known}))
        (found / path.name).write_text(json.dumps(known))


if __name__ == "__main__":
    main()
