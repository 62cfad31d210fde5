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
from sklearn.linear_model import LogisticRegression

from train_weights import MODES, matrix

FOLDS = 6
SAME = {"threat": {"asserted", "planned", "conditional"}, "position": {"asserted", "rejected"}}  # as score.py forgives
LEAST = 3  # documents in which a word stands
WEIGHT = {"coded": 3.0, "real": 1.0, "also": 0.4}
SMALL = 0.02  # weights under this are left out
REG, MARGIN = 0.4, 0.3  # strength of the penalty; by how much the weights must be surer than of the rule's mode


def same(kind, a, b):
    return a == b or {a, b} <= SAME.get(kind, set())


class Claims:
    """Coded claims with what the rules make of their modes; stands are always asserted and not among them."""

    def __init__(self, groups):
        self.words, self.y, self.ruled, self.info = [], [], [], []
        docs = 0
        for group, (modes, gold) in groups:
            for path in sorted(pathlib.Path(modes).glob("*.json")):
                record = json.loads((pathlib.Path(gold) / path.name).read_text())
                docs += 1
                for row in json.loads(path.read_text()):
                    claim = record["claims"][row["i"]]
                    if claim["type"] != "position":
                        self.add(group, docs - 1, claim, row)
        self.y, self.ruled = np.array(self.y), np.array(self.ruled)
        fold = np.random.RandomState(0).permutation(docs) % FOLDS
        self.doc = np.array([i[1] for i in self.info])
        self.fold = fold[self.doc]
        self.group = np.array([i[0] for i in self.info])
        self.found = np.array([i[3] for i in self.info])
        self.weight = np.array([WEIGHT[g] for g in self.group])

    def add(self, group, doc, claim, row):
        self.words.append(row["w"])
        # what the scorer forgives is no error of the rule
        coded = row["mode"] if same(claim["type"], row["mode"], claim["mode"]) else claim["mode"]
        self.y.append(MODES.index(coded)); self.ruled.append(MODES.index(row["mode"]))
        self.info.append((group, doc, claim["type"], row["found"]))

    def right(self, modes):
        """Which claims have the coded mode, as the scorer forgives."""
        return np.array([same(i[2], MODES[a], MODES[b]) for i, a, b in zip(self.info, modes, self.y)])


def vocabulary(words, docs):
    """Words that stand in enough documents, numbered; of every claim its words and its document."""
    seen = Counter(w for w, _ in {(w, d) for ws, d in zip(words, docs) for w in ws})
    return {w: i for i, w in enumerate(sorted(w for w, n in seen.items() if n >= LEAST))}


def regress(X, y, weight):
    return LogisticRegression(C=REG, solver="lbfgs", max_iter=300).fit(X, y, sample_weight=weight)


def settled(p, ruled, margin):
    """The likeliest mode where it is surer than the rule's by the margin."""
    own = p[np.arange(len(p)), ruled]
    return np.where(p.max(1) - own > margin, p.argmax(1), ruled)


def report(c, p):
    for group in ("coded", "real", "also"):
        for label, which in (("coded claims", c.group == group), ("found claims", (c.group == group) & c.found)):
            if which.any():
                rules, kept = c.right(c.ruled)[which], c.right(settled(p, c.ruled, MARGIN))[which]
                others = " ".join(f"{m:.1f}:{c.right(settled(p, c.ruled, m))[which].mean():.4f}" for m in (0.0, 0.2, 0.3, 0.4))
                print(f"{group}, {label} ({which.sum()}): {rules.mean():.4f} -> {kept.mean():.4f} "
                      f"({(kept & ~rules).sum()} mended, {(rules & ~kept).sum()} spoilt); with other margins {others}")


def write(path, vocab, model):
    assert list(model.classes_) == list(range(len(MODES)))
    W, B = model.coef_.T, model.intercept_  # features by modes
    scale = np.maximum(np.abs(W).max(0), 1e-6) / 127
    keep = [w for w, i in vocab.items() if np.abs(W[i]).max() > SMALL]
    out = bytearray(b"TWM1") + struct.pack("<f", MARGIN) + struct.pack(f"<{len(B)}f", *B) + struct.pack(f"<{len(B)}f", *scale)
    out += struct.pack("<I", len(keep))
    for w in keep:
        raw = w.encode()[:255]
        out += bytes([len(raw)]) + raw + np.round(W[vocab[w]] / scale).astype(np.int8).tobytes()
    pathlib.Path(path).write_bytes(out)
    print(f"{path}: {len(keep)} features, {len(out)} bytes")


def main():
    global REG, MARGIN
    ap = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    ap.add_argument("folders", nargs="+"); ap.add_argument("--real", nargs="*", default=[]); ap.add_argument("--also", nargs="*", default=[])
    ap.add_argument("--out"); ap.add_argument("--reg", type=float, default=REG); ap.add_argument("--margin", type=float, default=MARGIN)
    ap.add_argument("--no-cv", action="store_true")
    a = ap.parse_args()
    REG, MARGIN = a.reg, a.margin
    named = (("coded", a.folders), ("real", a.real), ("also", a.also))
    c = Claims([(group, pair) for group, f in named for pair in zip(f[::2], f[1::2])])
    vocab = vocabulary(c.words, c.doc)
    X = matrix(c.words, vocab)
    print(f"{len(c.y)} claims, {len(vocab)} features")
    if not a.no_cv:
        p = np.zeros((len(c.y), len(MODES)))
        for f in range(FOLDS):
            learn = c.fold != f
            p[~learn] = regress(X[learn], c.y[learn], c.weight[learn]).predict_proba(X[~learn])
        report(c, p)
    if a.out:
        write(a.out, vocab, regress(X, c.y, c.weight))


if __name__ == "__main__":
    main()
