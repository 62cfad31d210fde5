#!/usr/bin/env python3
"""Train the trees by which it is settled who takes part in a claim, and write them as cast/weights.bin.

    train_cast.py CASTS GOLD [CASTS GOLD …] [--also CASTS GOLD …] [--blind CASTS GOLD …] --out FILE

CASTS is a folder written by `cargo run --release --example evidence -- --casts`, GOLD the folder with the coded claims of
the same documents. What stands behind --also (the invented reports of training/, made JSON by training_gold.py) is
learned from and judged apart; behind --blind stand documents once more, read as if no pack knew their conflict. A claim
that was read is compared with the coded claim of its type and words. Never trained on: gold/dev. Needs scikit-learn 1.9
and numpy; the result is the same on every run (fixed seeds, one thread). Layout of the file and order of the inputs:
crates/trucewatch/src/claim/cast.rs and cast/inputs.rs.
"""
import argparse, json, pathlib

import numpy as np
from sklearn.ensemble import HistGradientBoostingClassifier

from train_weights import overlap, packed

FOLDS = 6
TWO_SIDED = {"clash", "truce", "talks", "exchange", "delimitation"}
BLIND = 0.3  # weight of documents whose conflict is not known
CODED = 3.0  # weight of the hand-coded documents
LIKELY, TOGETHER, POSSIBLE = 0.5, 0.6, 0.25  # as in claim/cast.rs


def roles(claim):
    """Actors and targets as they are judged: in two-sided types everybody is an actor."""
    actor, target = set(claim.get("actor") or []), set(claim.get("target") or [])
    return (actor | target, set()) if claim["type"] in TWO_SIDED else (actor, target)


def pairs(coded, read, text):
    """Pairs of a coded claim and a read one of the same type and words, those that agree on mode and speaker first."""
    def span(c):
        if c.get("start") is not None and text[c["start"]:c["end"]] == c["quote"]:
            return c["start"], c["end"]
        at = text.find(c["quote"])
        return at, at + len(c["quote"])
    edges = []
    for i, g in enumerate(coded):
        for j, p in enumerate(read):
            if g["type"] == p["type"] and overlap(span(g), (p["start"], p["end"])):
                edges.append((-4 * (g["mode"] == p["mode"]) - 4 * (g["speaker_party"] == p["speaker_party"]), i, j))
    left, right, out = set(), set(), []
    for _, i, j in sorted(edges):
        if i not in left and j not in right:
            left.add(i); right.add(j); out.append((coded[i], read[j]))
    return out


def coded_and_read(groups, home):
    """Of every document its group, the folder of what was read, its number (kept in `home`), and each pair of claims."""
    for group, (folder, gold) in groups:
        for path in sorted(pathlib.Path(folder).glob("*.json")):
            record = json.loads((pathlib.Path(gold) / path.name).read_text())
            text = (pathlib.Path(gold) / record["doc"]).read_text()
            doc = home.setdefault((str(gold), path.stem), len(home))
            for g, p in pairs(record["claims"], json.loads(path.read_text())["claims"], text):
                yield group, pathlib.Path(folder).name, doc, g, p


class Claims:
    """Found claims with the inputs of their candidates and what the coders say of each."""

    def __init__(self, groups):
        self.X, self.y, self.claim, self.info = [], [], [], []  # one row a candidate; info one a claim
        home = {}
        for group, _, doc, g, p in coded_and_read(groups, home):
            self.add(group, doc, g, p)
        self.X, self.y, self.claim = np.array(self.X, np.float32), np.array(self.y), np.array(self.claim)
        fold = np.random.RandomState(0).permutation(len(home)) % FOLDS
        self.fold = np.array([fold[i["doc"]] for i in self.info])
        self.group = np.array([i["group"] for i in self.info])

    def add(self, group, doc, g, p):
        actor, target = roles(g)
        for party, inputs in p["candidates"]:
            self.X.append(inputs); self.claim.append(len(self.info))
            self.y.append((party in actor, party in target))
        self.info.append(dict(group=group, doc=doc, kind=g["type"], gold=(actor, target), ruled=roles(p),
                              parties=[party for party, _ in p["candidates"]]))

    def weight(self):
        each = {"coded": CODED, "also": 1.0, "blind": BLIND}
        return np.array([each[self.group[c]] for c in self.claim])


def boost(X, y, weight):
    model = HistGradientBoostingClassifier(max_iter=TREES, max_leaf_nodes=LEAVES, learning_rate=0.06, l2_regularization=5.0,
                                           min_samples_leaf=25, early_stopping=False, random_state=0)
    return model.fit(X, y, sample_weight=weight)


def judge(c, which, chosen, role):
    """Share of claims whose set is right, and F1 of the sets."""
    right = hits = said = coded = 0
    for n in which:
        gold = c.info[n]["gold"][role]
        if role == 1 and c.info[n]["kind"] in TWO_SIDED:
            continue
        mine = chosen[n]
        right += mine == gold; hits += len(mine & gold); said += len(mine); coded += len(gold)
    asked = sum(1 for n in which if role == 0 or c.info[n]["kind"] not in TWO_SIDED)
    return right / asked, 2 * hits / max(1, said + coded)


def sets(c, q):
    """Who takes part: everybody from LIKELY on, or else the likeliest of several between which it is only open who it is."""
    chosen, rows = [], [[] for _ in c.info]
    for row, n in enumerate(c.claim):
        rows[n].append(row)
    for n, info in enumerate(c.info):
        p = q[rows[n]]
        sure = {party for party, x in zip(info["parties"], p) if x >= LIKELY}
        open_ = not sure and len(p) and p.sum() >= TOGETHER and p.max() >= POSSIBLE
        chosen.append({info["parties"][int(p.argmax())]} if open_ else sure)
    return chosen


def options(doc, groups, trees, leaves):
    """What trainers of trees over candidates are asked: folders by group, where to write, how many trees of how many leaves."""
    ap = argparse.ArgumentParser(description=doc.split("\n")[0])
    ap.add_argument("folders", nargs="+")
    for group in groups:
        ap.add_argument(f"--{group}", nargs="*", default=[])
    ap.add_argument("--out"); ap.add_argument("--no-cv", action="store_true")
    ap.add_argument("--trees", type=int, default=trees); ap.add_argument("--leaves", type=int, default=leaves)
    return ap


def folders(a, groups):
    """Pairs of folders with their group; the hand-coded ones stand first."""
    named = [("coded", a.folders)] + [(group, getattr(a, group)) for group in groups]
    return [(group, pair) for group, f in named for pair in zip(f[::2], f[1::2])]


def main():
    global TREES, LEAVES
    a = options(__doc__, ("also", "blind"), 250, 31).parse_args()
    TREES, LEAVES = a.trees, a.leaves
    c = Claims(folders(a, ("also", "blind")))
    print(f"{len(c.info)} claims, {len(c.y)} candidates, {c.X.shape[1]} inputs")
    weight, row_fold = c.weight(), c.fold[c.claim]
    for role, name in enumerate(("actors", "targets")) if not a.no_cv else ():
        q = np.zeros(len(c.y))
        for f in range(FOLDS):
            learn = row_fold != f
            q[~learn] = boost(c.X[learn], c.y[learn, role], weight[learn]).predict_proba(c.X[~learn])[:, 1]
        mine = sets(c, q)
        for group in ("coded", "also", "blind"):
            which = np.flatnonzero(c.group == group)
            if len(which):
                before = judge(c, which, [i["ruled"][role] for i in c.info], role)
                after = judge(c, which, mine, role)
                print(f"{name}, {group} ({len(which)} claims): right {before[0]:.3f} -> {after[0]:.3f}, "
                      f"F1 {before[1]:.3f} -> {after[1]:.3f}")
    if a.out:
        out = b"TWR1" + b"".join(packed(boost(c.X, c.y[:, role], weight)) for role in (0, 1))
        pathlib.Path(a.out).write_bytes(out)
        print(f"{a.out}: {len(out)} bytes")


if __name__ == "__main__":
    main()
