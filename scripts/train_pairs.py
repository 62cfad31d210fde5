#!/usr/bin/env python3
"""Train what decides whether two claims tell of one happening (crates/trucewatch/src/incident/weights.bin).

    train_pairs.py PAIRS.tsv GROUPS.json --out weights.bin

PAIRS.tsv comes from `cargo run -p publish --example coded -- pairs FOLDER… --pack …`; GROUPS.json is
{"groups": [{"claims": ["<doc stem>#c1", …]}]}, claims alone in their group left out. Needs scikit-learn 1.9.
The same inputs give the same file: fixed seeds, one thread.
"""
import argparse
import itertools
import json
import struct

import numpy as np
from sklearn.ensemble import GradientBoostingClassifier
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import average_precision_score
from sklearn.model_selection import GroupKFold

TREES = dict(n_estimators=60, max_depth=4, learning_rate=0.1, subsample=0.5, max_features=0.3, min_samples_leaf=8)
FORESTS = 2


def read(path):
    with open(path, encoding="utf-8") as lines:
        names = next(lines).rstrip("\n").split("\t")[2:]
        rows = [line.rstrip("\n").split("\t") for line in lines]
    return names, [(r[0], r[1]) for r in rows], np.array([[float(x) for x in r[2:]] for r in rows])


def labels(pairs, path):
    with open(path, encoding="utf-8") as file:
        groups = json.load(file)["groups"]
    together = {frozenset(p) for g in groups for p in itertools.combinations(g["claims"], 2)}
    return np.array([frozenset(p) in together for p in pairs], dtype=int)


def fit(inputs, wanted):
    regression = LogisticRegression(C=0.1, max_iter=3000).fit(inputs, wanted)
    forests = [GradientBoostingClassifier(random_state=seed, **TREES).fit(inputs, wanted) for seed in range(FORESTS)]
    return regression, forests


def odds(model, inputs):
    regression, forests = model
    boosted = sum(f.decision_function(inputs) for f in forests) / len(forests)
    return (regression.decision_function(inputs) + boosted) / 2


def write(model, path, count):
    regression, forests = model
    out = bytearray(b"TWP1" + struct.pack("<Hf", count, regression.intercept_[0]))
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
    with open(path, "wb") as file:
        file.write(out)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("pairs")
    parser.add_argument("groups")
    parser.add_argument("--out", required=True)
    args = parser.parse_args()
    names, pairs, inputs = read(args.pairs)
    wanted = labels(pairs, args.groups)
    documents = [a.split("#")[0] for a, _ in pairs]
    held_out = np.zeros(len(wanted))
    for train, test in GroupKFold(6).split(inputs, wanted, documents):
        held_out[test] = odds(fit(inputs[train], wanted[train]), inputs[test])
    print(f"{len(pairs)} pairs, {wanted.sum()} of one happening; average precision on whole documents held out:",
          round(average_precision_score(wanted, held_out), 3))
    write(fit(inputs, wanted), args.out, len(names))


if __name__ == "__main__":
    main()
