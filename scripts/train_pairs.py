#!/usr/bin/env python3
"""Train what decides whether two claims tell of one happening (crates/trucewatch/src/incident/weights.bin, kinds.csv).

    train_pairs.py PAIRS.tsv GROUPS.json... --out FOLDER

PAIRS.tsv comes from `cargo run -p publish --example coded -- pairs FOLDER… --pack …`; GROUPS.json is
{"groups": [{"claims": ["<doc stem>#c1", …]}]}, claims alone in their group left out. With several GROUPS a pair counts
once for each that holds both its documents, so that documents grouped twice by hand count with both groupings.
Claims of one document and claims of two have a model each. Needs scikit-learn 1.9.
The same inputs give the same files: fixed seeds, one thread.
"""
import argparse
import collections
import itertools
import json
import math
import pathlib
import struct

import numpy as np
from sklearn.ensemble import GradientBoostingClassifier
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import average_precision_score
from sklearn.model_selection import GroupKFold

TREES = dict(n_estimators=60, max_depth=4, learning_rate=0.1, subsample=0.5, max_features=0.3, min_samples_leaf=8)
FORESTS = 2
PRIOR = 3  # pairs that count for the mean of all types


def read(path):
    with open(path, encoding="utf-8") as lines:
        names = next(lines).rstrip("\n").split("\t")[3:]
        rows = [line.rstrip("\n").split("\t") for line in lines]
    pairs = [(r[0], r[1], tuple(sorted(r[2].split()))) for r in rows]
    return names, pairs, np.array([[float(x) for x in r[3:]] for r in rows])


def document(claim):
    return claim.split("#")[0]


def labelled(pairs, inputs, paths):
    """Rows of all groupings one after another: pair, inputs, label."""
    kept, rows, wanted = [], [], []
    for path in paths:
        with open(path, encoding="utf-8") as file:
            groups = json.load(file)["groups"]
        together = {frozenset(p) for g in groups for p in itertools.combinations(g["claims"], 2)}
        seen = {document(c) for g in groups for c in g["claims"]}
        for pair, row in zip(pairs, inputs):
            if document(pair[0]) in seen and document(pair[1]) in seen:
                kept.append(pair), rows.append(row), wanted.append(frozenset(pair[:2]) in together)
    return kept, np.array(rows), np.array(wanted, dtype=int)


class Kinds:
    """Log odds that two claims of one document are of one happening, by their types."""

    def __init__(self, pairs, wanted):
        self.mean = wanted.mean()
        self.all = collections.defaultdict(lambda: [0, 0])
        self.one = collections.defaultdict(lambda: [0, 0])
        for (a, _, kinds), label in zip(pairs, wanted):
            for counts in (self.all[kinds], self.one[kinds, document(a)]):
                counts[0] += label
                counts[1] += 1

    def odds(self, kinds, without=None):
        hits, count = (x - y for x, y in zip(self.all[kinds], self.one[kinds, without]))
        share = (hits + PRIOR * self.mean) / (count + PRIOR)
        return math.log(share / (1 - share))


def fit(inputs, wanted):
    regression = LogisticRegression(C=0.1, max_iter=3000).fit(inputs, wanted)
    forests = [GradientBoostingClassifier(random_state=seed, **TREES).fit(inputs, wanted) for seed in range(FORESTS)]
    return regression, forests


def odds(model, inputs):
    regression, forests = model
    boosted = sum(f.decision_function(inputs) for f in forests) / len(forests)
    return (regression.decision_function(inputs) + boosted) / 2


def held_out(pairs, inputs, wanted):
    scores = np.zeros(len(wanted))
    for train, test in GroupKFold(6).split(inputs, wanted, [document(p[0]) for p in pairs]):
        scores[test] = odds(fit(inputs[train], wanted[train]), inputs[test])
    return round(average_precision_score(wanted, scores), 3)


def packed(model, count):
    regression, forests = model
    out = bytearray(struct.pack("<f", regression.intercept_[0]))
    out += struct.pack(f"<{count}f", *regression.coef_[0])
    prior = [f.init_.class_prior_[1] for f in forests]
    base = np.mean([np.log(p / (1 - p)) for p in prior])
    trees = [t for f in forests for t in f.estimators_[:, 0]]
    out += struct.pack("<fH", base, len(trees))
    for tree in trees:
        t, rate = tree.tree_, TREES["learning_rate"] / len(forests)
        out += struct.pack("<B", t.node_count)
        for n in range(t.node_count):
            leaf = t.children_left[n] < 0
            left, right = (0, 0) if leaf else (t.children_left[n], t.children_right[n])
            threshold = 0.0 if leaf else t.threshold[n]
            value = t.value[n][0][0] * rate if leaf else 0.0
            out += struct.pack("<BfBBf", 0 if leaf else t.feature[n], threshold, left, right, value)
    return out


def write_kinds(kinds, every, path):
    with open(path, "w", encoding="utf-8") as file:
        file.write("# log odds that two claims of these types in one document are of one happening (README.md)\n")
        for pair in itertools.combinations_with_replacement(sorted(every), 2):
            file.write(f"{pair[0]},{pair[1]},{kinds.odds(pair):.3f}\n")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("pairs")
    parser.add_argument("groups", nargs="+")
    parser.add_argument("--across", nargs="*", help="groupings that pairs of two documents are learned from; else all")
    parser.add_argument("--out", required=True, type=pathlib.Path)
    parser.add_argument("--check", action="store_true", help="measure with whole documents held out first")
    args = parser.parse_args()
    names, all_pairs, all_inputs = read(args.pairs)
    out = bytearray(b"TWP2" + struct.pack("<H", len(names)))
    for within in (True, False):
        paths = args.groups if within or not args.across else args.across
        pairs, inputs, wanted = labelled(all_pairs, all_inputs, paths)
        ours = np.array([(document(a) == document(b)) == within for a, b, _ in pairs])
        pairs, inputs, wanted = [p for p, o in zip(pairs, ours) if o], inputs[ours], wanted[ours]
        if within:
            kinds = Kinds(pairs, wanted)
            inputs[:, names.index("KindOdds")] = [kinds.odds(k, document(a)) for a, _, k in pairs]
            write_kinds(kinds, {k for _, _, both in all_pairs for k in both}, args.out / "kinds.csv")
        checked = f", average precision on whole documents held out {held_out(pairs, inputs, wanted)}" if args.check else ""
        print(f"{'within' if within else 'across'}: {len(pairs)} pairs, {wanted.sum()} of one happening{checked}")
        out += packed(fit(inputs, wanted), len(names))
    (args.out / "weights.bin").write_bytes(out)


if __name__ == "__main__":
    main()
