#!/usr/bin/env python3
"""Train the weights by which the mode of a claim is settled, and write them as mode/weights.bin.

    train_mode.py MODES GOLD [MODES GOLD …] [--real MODES GOLD …] [--also MODES GOLD …] --out FILE

MODES is a folder written by `cargo run --release --example evidence -- --modes`, GOLD the folder with the coded claims of
the same documents. What stands behind --real (reports coded later) and --also (the invented reports of training/, made
JSON by training_gold.py) is learned from and judged apart. Never trained on: gold/dev. Needs scikit-learn 1.9 and numpy;
the result is the same on every run (fixed seeds, one thread). Layout of the file: crates/trucewatch/src/claim/mode/weights.rs,
order of the inputs: mode/inputs.rs.
"""
import argparse, json, pathlib, struct
from collections import Counter

import numpy as np
from scipy import sparse
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.linear_model import LogisticRegression



MODES = "asserted denied planned called_for rejected conditional".split()
FOLDS = 6
SAME = {"threat": {"asserted", "planned", "conditional"}, "position": {"asserted", "rejected"}}  # as score.py forgives
LEAST = 3  # documents in which a word stands
WEIGHT = {"coded": 2.0, "real": 1.0, "also": 0.5}


def same(kind, a, b):
    return a == b or {a, b} <= SAME.get(kind, set())


class Claims:
    """Coded claims with what the rules make of their modes; stands are always asserted and not among them."""

    def __init__(self, groups):
        self.words, self.form, self.y, self.ruled, self.info = [], [], [], [], []
        docs = 0
        for group, (modes, gold) in groups:
            for path in sorted(pathlib.Path(modes).glob("*.json")):
                record = json.loads((pathlib.Path(gold) / path.name).read_text())
                docs += 1
                for row in json.loads(path.read_text()):
                    claim = record["claims"][row["i"]]
                    if claim["type"] != "position":
                        self.add(group, docs - 1, claim, row)
        self.form, self.y, self.ruled = np.array(self.form, np.float32), np.array(self.y), np.array(self.ruled)
        fold = np.random.RandomState(0).permutation(docs) % FOLDS
        self.doc = np.array([i[1] for i in self.info])
        self.fold = fold[self.doc]
        self.group = np.array([i[0] for i in self.info])
        self.found = np.array([i[3] for i in self.info])
        self.weight = np.array([WEIGHT[g] for g in self.group])

    def add(self, group, doc, claim, row):
        self.words.append(row["w"]); self.form.append(row["f"])
        # what the scorer forgives is no error of the rule
        coded = row["mode"] if same(claim["type"], row["mode"], claim["mode"]) else claim["mode"]
        self.y.append(MODES.index(coded)); self.ruled.append(MODES.index(row["mode"]))
        self.info.append((group, doc, claim["type"], row["found"]))

    def vocabulary(self):
        docs = Counter(w for w, _ in {(w, d) for ws, d in zip(self.words, self.doc) for w in ws})
        return {w: i for i, w in enumerate(sorted(w for w, n in docs.items() if n >= LEAST))}

    def matrix(self, vocab):
        rows, cols = [], []
        for r, ws in enumerate(self.words):
            here = [vocab[w] for w in ws if w in vocab]
            rows += [r] * len(here); cols += here
        return sparse.csr_matrix((np.ones(len(rows), np.float32), (rows, cols)), shape=(len(self.words), len(vocab)))


def regress(X, y, weight):
    return LogisticRegression(C=REG, solver="lbfgs", max_iter=300).fit(X, y, sample_weight=weight)


def boost(X, y, weight):
    model = HistGradientBoostingClassifier(max_iter=TREES, max_leaf_nodes=LEAVES, learning_rate=0.06, l2_regularization=5.0,
                                           min_samples_leaf=25, early_stopping=False, random_state=0)
    return model.fit(X, y, sample_weight=weight)


def settled(p, ruled, margin):
    """The likeliest mode where it is surer than the rule's by the margin."""
    best, own = p.argmax(1), p[np.arange(len(p)), ruled]
    return np.where(p.max(1) - own > margin, best, ruled)


def report(c, name, p, margins):
    print(name)
    for group in ("coded", "real", "also"):
        for label, which in (("all", c.group == group), ("found", (c.group == group) & c.found)):
            if which.any():
                rows = " ".join(f"{m:.2f}:{(settled(p, c.ruled, m) == c.y)[which].mean():.4f}" for m in margins)
                print(f"  {group} {label} ({which.sum()}): rules {(c.ruled == c.y)[which].mean():.4f}; {rows}")


def main():
    global REG, TREES, LEAVES
    ap = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    ap.add_argument("folders", nargs="+"); ap.add_argument("--real", nargs="*", default=[]); ap.add_argument("--also", nargs="*", default=[])
    ap.add_argument("--out"); ap.add_argument("--reg", type=float, default=0.03); ap.add_argument("--trees", type=int, default=120)
    ap.add_argument("--leaves", type=int, default=12); ap.add_argument("--margin", type=float, default=0.2)
    ap.add_argument("--drop", default="")
    a = ap.parse_args()
    REG, TREES, LEAVES = a.reg, a.trees, a.leaves
    named = (("coded", a.folders), ("real", a.real), ("also", a.also))
    c = Claims([(group, pair) for group, f in named for pair in zip(f[::2], f[1::2])])
    if a.drop:
        gone = tuple(p + ":" for p in a.drop.split(","))
        c.words = [[w for w in ws if not w.startswith(gone)] for ws in c.words]
    vocab = c.vocabulary()
    X = c.matrix(vocab)
    print(f"{len(c.y)} claims, {len(vocab)} words, {c.form.shape[1]} inputs")
    margins = (0.0, 0.1, 0.2, 0.3, 0.4, 0.5)
    p = np.zeros((len(c.y), len(MODES)))
    for f in range(FOLDS):
        learn = c.fold != f
        p[~learn] = regress(X[learn], c.y[learn], c.weight[learn]).predict_proba(X[~learn])
    report(c, "regression", p, margins)
    logit = np.log(np.clip(p, 1e-4, 1))
    Z = np.hstack([logit, c.form]).astype(np.float32)
    q = np.zeros_like(p)
    for f in range(FOLDS):
        learn = c.fold != f
        q[~learn] = boost(Z[learn], c.y[learn], c.weight[learn]).predict_proba(Z[~learn])
    report(c, "trees", q, margins)
    report(c, "mean", (p + q) / 2, margins)


if __name__ == "__main__":
    main()
