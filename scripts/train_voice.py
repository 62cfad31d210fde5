#!/usr/bin/env python3
"""Train the trees by which it is settled who is on record for a claim, and write them as voice/weights.bin.

    train_voice.py VOICES GOLD [VOICES GOLD …] [--real VOICES GOLD …] [--also VOICES GOLD …] --out FILE

VOICES is a folder written by `cargo run --release --example evidence -- --voices`, GOLD the folder with the coded claims of
the same documents; the same GOLD may come twice, with the claims that are found and with those of the coded clauses. First
stand the hand-coded documents, in view of which the rules were written; behind --real real reports coded by us, behind
--also the invented ones of training/. A claim that was read is compared with the coded claim of its type and words. Never trained
on: gold/dev. Needs scikit-learn 1.9 and numpy; the result is the same on every run (fixed seeds, one thread). Layout of
the file and order of the inputs: crates/trucewatch/src/claim/voice/weigh.rs and voice/inputs.rs.
"""
import json, pathlib

import numpy as np

from choice import chances, choose, settled
from train_cast import coded_and_read, folders, options
from train_weights import packed

FOLDS = 6
WEIGHT = {"coded": 2.0, "real": 2.0, "also": 1.0}
BOUND = 0.06  # as in claim/voice/weigh.rs
TREES, LEAVES = 300, 40


class Claims:
    """Claims with the inputs of their candidates and who is on record by the coders."""

    def __init__(self, groups):
        self.X, self.y, self.claim, self.info = [], [], [], []  # one row a candidate; info one a claim
        home = {}
        for group, folder, doc, g, p in coded_and_read(groups, home):
            self.add((group, folder), doc, g, p)
        self.X, self.y, self.claim = np.array(self.X, np.float32), np.array(self.y), np.array(self.claim)
        fold = np.random.RandomState(0).permutation(len(home)) % FOLDS
        self.folds = {key: fold[number] for key, number in home.items()}
        self.fold = np.array([fold[i["doc"]] for i in self.info])
        self.rows = [[] for _ in self.info]
        for row, n in enumerate(self.claim):
            self.rows[n].append(row)

    def add(self, group, doc, g, p):
        gold = g["speaker_party"]
        for party, inputs in p["candidates"]:
            self.X.append(inputs); self.y.append(party == gold); self.claim.append(len(self.info))
        self.info.append(dict(group=group, doc=doc, gold=gold, ruled=p["speaker_party"], rule=p.get("rule"),
                              parties=[party for party, _ in p["candidates"]]))

    def weight(self):
        return np.array([WEIGHT[self.info[n]["group"][0]] for n in self.claim])

    def chosen(self, q, bound):
        """Who is on record: the likeliest candidate if it is likelier by the bound than the rules' own, else that one."""
        return [speaker(info["parties"], q[rows], info["ruled"], bound) for info, rows in zip(self.info, self.rows)]


def speaker(parties, p, ruled, bound):
    """Who is on record for one claim, given the probabilities of its candidates."""
    if not len(parties):
        return ruled
    own = parties.index(ruled) if ruled in parties else None
    best = settled(p, own, bound)
    return parties[best] if best != own and p[best] > bound else ruled


def fold_trees(c, weight):
    """Of every fold the trees that have not seen its documents."""
    fold = c.fold[c.claim]
    learned = (fold != f for f in range(FOLDS))
    return [choose(c.X[l], c.y[l], c.claim[l], weight[l], TREES, LEAVES, none=False) for l in learned]


def held_out(c, trees):
    """Probabilities from trees that have not seen the document."""
    score, fold = np.zeros(len(c.y)), c.fold[c.claim]
    for f in range(FOLDS):
        score[fold == f] = trees[f].predict(c.X[fold == f])
    return chances(score, c.claim, none=False)


def speakers(c, trees, groups, out):
    """Who is on record for every claim that was read, coded or not, by trees that have not seen the document: what
    `evidence --casts` is given, a file a document in OUT/<last two parts of its folder>."""
    for _, (folder, gold) in groups:
        to = pathlib.Path(out, *pathlib.Path(folder).parts[-2:])
        to.mkdir(parents=True, exist_ok=True)
        for path in sorted(pathlib.Path(folder).glob("*.json")):
            read = json.loads(path.read_text())
            own = trees[c.folds[str(gold), path.stem]]
            spoken = [[p["start"], p["end"], p["type"], judged(own, p)[0]] for p in read["claims"] if p["candidates"]]
            (to / path.name).write_text(json.dumps({"issuer": read["issuer"], "spoken": spoken}))


def judged(trees, read):
    """Who is on record for one claim that was read, by some trees, and how likely that is; 0 for nobody of the candidates."""
    parties, inputs = zip(*read["candidates"])
    p = chances(trees.predict(np.array(inputs, np.float32)), np.zeros(len(parties), int), none=False)
    chosen = speaker(parties, p, read["speaker_party"], BOUND)
    return chosen, float(p[parties.index(chosen)]) if chosen in parties else 0.0


def report(c, q, bound):
    """Shares right before and after, by group, and how many claims changed for the better and the worse."""
    chosen = c.chosen(q, bound)
    for group in dict.fromkeys(i["group"] for i in c.info):
        which = [n for n, i in enumerate(c.info) if i["group"] == group]
        before = [c.info[n]["ruled"] == c.info[n]["gold"] for n in which]
        after = [chosen[n] == c.info[n]["gold"] for n in which]
        better = sum(b < a for b, a in zip(before, after)); worse = sum(b > a for b, a in zip(before, after))
        print(f"bound {bound:.2f} {'/'.join(group)} ({len(which)} claims): right {np.mean(before):.3f} -> {np.mean(after):.3f} "
              f"({better} better, {worse} worse)")


def main():
    global TREES, LEAVES
    ap = options(__doc__, ("real", "also"), TREES, LEAVES)
    ap.add_argument("--bounds", nargs="*", type=float, default=[BOUND])
    ap.add_argument("--held", help="folder that gets who is on record by trees that have not seen the document; not with --no-cv")
    a = ap.parse_args()
    TREES, LEAVES = a.trees, a.leaves
    groups = folders(a, ("real", "also"))
    c = Claims(groups)
    print(f"{len(c.info)} claims, {len(c.y)} candidates, {c.X.shape[1]} inputs")
    weight = c.weight()
    if not a.no_cv:
        trees = fold_trees(c, weight)
        q = held_out(c, trees)
        for bound in a.bounds:
            report(c, q, bound)
        if a.held:
            speakers(c, trees, groups, a.held)
    if a.out:
        out = b"TWV1" + packed(choose(c.X, c.y, c.claim, weight, TREES, LEAVES, none=False))
        pathlib.Path(a.out).write_bytes(out)
        print(f"{a.out}: {len(out)} bytes")


if __name__ == "__main__":
    main()
