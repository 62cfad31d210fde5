#!/usr/bin/env python3
"""Train the trees that say how sure the reader is of a claim as a whole, and write them as confidence/weights.bin.

    train_confidence.py VOICES GOLD [VOICES GOLD …] [--real VOICES GOLD …] [--also VOICES GOLD …] --out FILE

VOICES is a folder written by `cargo run --release --example evidence -- --voices` with what `train_weights.py --held` wrote:
claims as trees find them that have not seen the document. GOLD is the folder with the coded claims of the same documents.
First stand the hand-coded documents; behind --real real reports coded by us, behind --also the invented ones of training/.
Who is on record and in which mode is settled here by trees and a regression that have not seen the document either. A claim
counts as half right if a coder has it, as right if mode and speaker are the coder's too, as score.py pairs them. Never trained on: gold/dev.
Needs scikit-learn 1.9 and numpy; the result is the same on every run (fixed seeds, one thread). Order of the inputs:
crates/trucewatch/src/claim/confidence.rs.
"""
import json, pathlib

import numpy as np
from sklearn.ensemble import HistGradientBoostingClassifier

import train_mode, train_voice
from train_cast import folders, options
from train_mode import same
from train_weights import MODES, matrix, overlap, packed, quote_of

FOLDS = train_voice.FOLDS
SCORE, SPEAKER, MODE, PRODUCT, WHICH_MODE, OUTLET, OTHER = 0, 1, 2, 3, 5, 6, 7  # columns of the inputs
TOGETHER = 0.8  # as in claim/voice/weigh.rs
LEAST, BEFORE = 0.26, 0.3  # as in claim/confidence.rs; the least score that was asked before
WEIGHT = {"coded": 3.0, "real": 1.0, "also": 1.0}


class Reports:
    """All claims that were read, with mode and speaker settled by what has not seen the document."""

    def __init__(self, groups):
        self.claims, self.doc, self.group, self.coded, self.fold = [], [], [], [], []
        self.voices = train_voice.Claims(groups)
        for (group, (folder, gold)) in groups:
            for path in sorted(pathlib.Path(folder).glob("*.json")):
                record = json.loads((pathlib.Path(gold) / path.name).read_text())
                text = (pathlib.Path(gold) / record["doc"]).read_text()
                self.coded.append([(quote_of(c, text), c) for c in record["claims"]])
                self.group.append(group)
                self.fold.append(self.voices.folds[str(gold), path.stem])
                for claim in json.loads(path.read_text())["claims"]:
                    self.claims.append(claim); self.doc.append(len(self.group) - 1)
        self.doc, self.fold, self.group = np.array(self.doc), np.array(self.fold), np.array(self.group)
        self.own = [[] for _ in self.coded]
        for row, doc in enumerate(self.doc):
            self.own[doc].append(row)

    def settle(self):
        """Speakers and modes, with their chances."""
        trees = train_voice.fold_trees(self.voices, self.voices.weight())
        modes = self.mode_chances()
        for claim, doc, likely in zip(self.claims, self.doc, modes):
            settle_speaker(claim, trees[self.fold[doc]])
            settle_mode(claim, likely)

    def mode_chances(self):
        words = [c["weighed"][1] if c["weighed"] else [] for c in self.claims]
        X = matrix(words, train_mode.vocabulary(words, self.doc))
        y = np.full(len(words), -1)
        for doc, rows in enumerate(self.own):
            for (_, coded), row in self.pairs(doc, rows):
                ruled = self.claims[row]["weighed"]
                if ruled:
                    y[row] = MODES.index(ruled[0] if same(coded["type"], ruled[0], coded["mode"]) else coded["mode"])
        weight = np.array([train_mode.WEIGHT[self.group[d]] for d in self.doc])
        out = np.zeros((len(words), len(MODES)))
        for f in range(FOLDS):
            held = self.fold[self.doc] == f
            learn = ~held & (y >= 0)
            out[held] = train_mode.regress(X[learn], y[learn], weight[learn]).predict_proba(X[held])
        return out

    def pairs(self, doc, rows):
        """Coded claims with the rows that are of their words and type, those that agree on most first, then the surest."""
        edges = []
        for i, (at, coded) in enumerate(self.coded[doc]):
            for row in rows:
                read = self.claims[row]
                if coded["type"] == read["type"] and overlap(at, (read["start"], read["end"])):
                    edges.append((-agreement(coded, read), -read["whole"][SCORE], i, row))
        left, right = set(), set()
        for _, _, i, row in sorted(edges):
            if i not in left and row not in right:
                left.add(i); right.add(row)
                yield self.coded[doc][i], row

    def rightness(self):
        """Of every claim whether a coder has it, and whether mode and speaker are the coder's too."""
        out = np.zeros((len(self.claims), 2), bool)
        for doc, rows in enumerate(self.own):
            for (_, coded), row in self.pairs(doc, rows):
                out[row] = True, agreement(coded, self.claims[row]) == 2
        return out

    def scores(self, kept, group):
        """F1 of claims found, and of claims with mode and speaker, of one group."""
        found = right = read = coded = 0
        for doc in np.flatnonzero(self.group == group):
            pairs = list(self.pairs(doc, [r for r in self.own[doc] if kept[r]]))
            found += len(pairs); right += sum(agreement(c, self.claims[r]) == 2 for (_, c), r in pairs)
            read += sum(kept[r] for r in self.own[doc]); coded += len(self.coded[doc])
        return 2 * found / (read + coded), 2 * right / (read + coded)


def agreement(coded, read):
    return same(coded["type"], read["mode"], coded["mode"]) + (coded["speaker_party"] == read["speaker_party"])


def settle_speaker(claim, trees):
    """Who is on record by some trees, as voice/weigh.rs has it."""
    chance = TOGETHER
    if claim["candidates"]:
        claim["speaker_party"], chance = train_voice.judged(trees, claim)
    claim["whole"][SPEAKER] = chance
    claim["whole"][OUTLET] = claim["speaker_party"] == "media"
    claim["whole"][OTHER] = claim["speaker_party"] == "other"


def settle_mode(claim, likely):
    """The mode by some probabilities, as mode/weights.rs has it; a stand is asserted."""
    whole = claim["whole"]
    if claim["weighed"]:
        ruled = MODES.index(claim["weighed"][0])
        mode = int(train_mode.settled(likely[None], np.array([ruled]), train_mode.MARGIN)[0])
        claim["mode"], whole[WHICH_MODE] = MODES[mode], mode
        threat = claim["type"] == "threat"
        whole[MODE] = float(sum(likely[m] for m in range(len(MODES)) if m == mode or threat and same("threat", MODES[m], MODES[mode])))
    whole[PRODUCT] = whole[SCORE] * whole[SPEAKER] * whole[MODE]


def learn(X, right, weight, trees, leaves):
    """Trees that give the mean of both chances: every claim stands twice, as found and as right. What is likelier is never
    less sure."""
    model = HistGradientBoostingClassifier(max_iter=trees, max_leaf_nodes=leaves, learning_rate=0.05, l2_regularization=5.0,
                                           min_samples_leaf=40, monotonic_cst=[1, 1, 1, 1, 0, 0, 0, 0], early_stopping=False, random_state=0)
    return model.fit(np.concatenate([X, X]), right.T.ravel(), sample_weight=np.concatenate([weight, weight]))


def main():
    ap = options(__doc__, ("real", "also"), 100, 8)
    a = ap.parse_args()
    c = Reports(folders(a, ("real", "also")))
    c.settle()
    X, right = np.array([r["whole"] for r in c.claims], np.float32), c.rightness()
    weight = np.array([WEIGHT[c.group[d]] for d in c.doc])
    print(f"{len(X)} claims of {len(c.coded)} documents, {right[:, 0].sum()} found, {right[:, 1].sum()} right")
    if not a.no_cv:
        fold, p = c.fold[c.doc], np.zeros(len(X))
        for f in range(FOLDS):
            l = fold != f
            p[~l] = learn(X[l], right[l], weight[l], a.trees, a.leaves).predict_proba(X[~l])[:, 1]
        for group in WEIGHT:
            print(group, f"score {BEFORE}: found %.4f claim %.4f" % c.scores(X[:, SCORE] >= BEFORE, group))
            for least in (0.24, 0.26, 0.28, 0.3):
                print(group, f"confidence {least}: found %.4f claim %.4f" % c.scores(p >= least, group))
        for low in np.arange(0.2, 1.0, 0.1):
            of = (p >= low) & (p < low + 0.1)
            print(f"confidence {low:.1f} to {low + 0.1:.1f}: {of.sum()} claims, found {right[of, 0].mean():.2f}, right {right[of, 1].mean():.2f}")
    if a.out:
        out = b"TWC1" + packed(learn(X, right, weight, a.trees, a.leaves))
        pathlib.Path(a.out).write_bytes(out)
        print(f"{a.out}: {len(out)} bytes")


if __name__ == "__main__":
    main()
