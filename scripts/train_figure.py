#!/usr/bin/env python3
"""Train the trees by which it is settled which numbers are figures of a claim, and write them as numbers/weights.bin.

    train_figure.py FIGURES GOLD [FIGURES GOLD …] [--real FIGURES GOLD …] [--also FIGURES GOLD …] --out FILE

FIGURES is a folder written by `cargo run --release --example evidence -- --figures`, GOLD the folder with the coded claims of
the same documents. First stand the hand-coded documents, in view of which the rules were written; behind --real real
reports coded by us, behind --also the invented ones of training/. A claim that was read is compared with the coded claim
of its type and words; a number is right where the coded claim has a figure with its bounds. Never trained on: gold/dev.
Three sets of trees: whether a number is a figure of the claim, what it counts, who they are. Needs scikit-learn 1.9 and
numpy; the result is the same on every run (fixed seeds, one thread). Layout of the file and order of the inputs:
crates/trucewatch/src/claim/numbers/weigh.rs and numbers/inputs.rs.
"""
import pathlib, tomllib
from collections import Counter

import numpy as np
from sklearn.ensemble import HistGradientBoostingClassifier

from choice import chances, choose, settled
from train_cast import coded_and_read, folders, options
from train_weights import packed

FOLDS = 6
WEIGHT = {"coded": 3.0, "real": 2.0, "also": 1.0}
WHOS = ("any", "civilian", "military")  # as in numbers/readings.rs
KEPT, TAKEN, BOUND_WHAT, BOUND_WHO = 0.1, 0.4, 0.2, 0.2  # as in numbers/weigh.rs
LISTS = tomllib.loads((pathlib.Path(__file__).parent.parent / "crates/trucewatch/src/claim/numbers/counts.toml").read_text())
WHAT_TREES, WHO_TREES, SMALL = 100, 200, 16  # what and who are learned from figures alone, which are few


def key(figure):
    """What score.py compares of a figure."""
    return figure["what"], figure.get("who") or "any", figure.get("min"), figure.get("max")


class Numbers:
    """Numbers that may be figures of found claims, and what the coders make of them."""

    def __init__(self, groups):
        self.rows, self.info = [], []  # one row a number; info one a claim
        home = {}
        for group, _, doc, g, p in coded_and_read(groups, home):
            gold = [key(f) for f in g.get("figures") or []]
            figures = matched(gold, p["candidates"])
            for candidate, (figure, near) in zip(p["candidates"], figures):
                self.rows.append(dict(candidate, claim=len(self.info), gold=figure, near=near))
            self.info.append(dict(group=group, doc=doc, kind=g["type"], gold=gold))
        fold = np.random.RandomState(0).permutation(len(home)) % FOLDS
        of = [self.info[r["claim"]] for r in self.rows]
        self.fold = np.array([fold[i["doc"]] for i in of])
        self.weight = np.array([WEIGHT[i["group"]] for i in of])
        self.X = np.array([r["shared"] for r in self.rows], np.float32)
        self.y = np.array([r["gold"] is not None for r in self.rows])
        self.near = np.array([r["near"] for r in self.rows])

    def whats(self, rows):
        """Inputs of all that some numbers may count, which is right, and whose number each is."""
        X, y, of = [], [], []
        for r in rows:
            row = self.rows[r]
            for what, own, _ in row["whats"]:
                X.append(row["shared"] + own); y.append(row["gold"] is not None and row["gold"][0] == what); of.append(r)
        return np.array(X, np.float32), np.array(y), np.array(of)

    def whos(self, rows, whats):
        """Inputs of all who may be counted by some numbers of something, who is right, and whose number each is."""
        X, y, of = [], [], []
        for r, what in zip(rows, whats):
            row = self.rows[r]
            for who, own in zip(WHOS, option(row, what)[2]):
                X.append(row["shared"] + row["round"] + own); of.append(r)
                y.append(row["gold"] is not None and row["gold"][1] == who)
        return np.array(X, np.float32), np.array(y), np.array(of)

    def coded_as(self, rows):
        """Those of some rows that are figures whose thing is among the candidates, with it."""
        kept = [r for r in rows if self.y[r] and option(self.rows[r], self.rows[r]["gold"][0])]
        return kept, [self.rows[r]["gold"][0] for r in kept]


def option(row, what):
    return next((o for o in row["whats"] if o[0] == what), None)


def matched(gold, candidates):
    """Of every candidate the coded figure that it is, and whether it may be one with other bounds."""
    out = [(None, False)] * len(candidates)
    bounds = lambda c: (c["min"], c["max"])
    fits = lambda c, f: (option(c, f[0]) is None, (c["ruled"] or [None])[0] != f[0], (c["ruled"] or [None, None])[1] != f[1], c["ruled"] is None)
    edges = sorted((fits(c, f), i, j) for i, c in enumerate(candidates) for j, f in enumerate(gold) if bounds(c) == f[2:])
    taken = set()
    for _, i, j in edges:
        if out[i][0] is None and j not in taken:
            out[i] = gold[j], False; taken.add(j)
    left = [f for j, f in enumerate(gold) if j not in taken]
    for i, c in enumerate(candidates):
        near = any(b is not None and b in f[2:] for b in bounds(c) for f in left if option(c, f[0]))
        if out[i][0] is None and near:
            out[i] = None, True
    return out


def boost(X, y, weight):
    model = HistGradientBoostingClassifier(max_iter=TREES, max_leaf_nodes=LEAVES, learning_rate=0.06, l2_regularization=5.0,
                                           min_samples_leaf=20, early_stopping=False, random_state=0)
    return model.fit(X, y, sample_weight=weight)


def learn(c, rows):
    """The three sets of trees, from some of the numbers."""
    told = rows[~c.near[rows]]
    given = boost(c.X[told], c.y[told], c.weight[told])
    kept, things = c.coded_as(rows)
    X, y, of = c.whats(kept)
    what = choose(X, y, of, c.weight[of], WHAT_TREES, SMALL, none=False)
    X, y, of = c.whos(kept, things)
    return given, what, choose(X, y, of, c.weight[of], WHO_TREES, SMALL, none=False)


class Told:
    """What trees say of some numbers: whether they are figures, and shares of what and who."""

    def __init__(self, c, rows, trees):
        given, what, who = trees
        self.p = dict(zip(rows, given.predict_proba(c.X[rows])[:, 1]))
        asked = [r for r in rows if c.rows[r]["whats"] and (self.p[r] > 0.1 or c.rows[r]["ruled"])]
        X, _, of = c.whats(asked)
        self.what = split(of, chances(what.predict(X), index(of), none=False))
        pairs = [(r, o[0]) for r in asked for o in c.rows[r]["whats"]]
        X, _, of = c.whos([r for r, _ in pairs], [w for _, w in pairs])
        n = np.repeat(np.arange(len(pairs)), len(WHOS))
        p = chances(who.predict(X), n, none=False).reshape(-1, len(WHOS))
        self.who = dict(zip(pairs, p))


def index(of):
    return np.unique(of, return_inverse=True)[1]


def split(of, p):
    """Of every row its own probabilities; `of` says whose each is, in order."""
    own, first = np.unique(of, return_index=True)
    return dict(zip(own, np.split(p, first[1:])))


def figures(c, told, kept, taken, bound_what, bound_who):
    """The figures of every claim, as numbers/weigh.rs settles them."""
    out = [[] for _ in c.info]
    number = lambda row: (c.info[row["claim"]]["doc"], c.info[row["claim"]]["kind"], row["at"])
    given = {number(row) for row in c.rows if row["ruled"]}
    for r, row in enumerate(c.rows):
        ruled = row["ruled"]
        if r not in told.what or told.p[r] < (kept if ruled else taken) or (not ruled and number(row) in given):
            continue
        names = [o[0] for o in row["whats"]]
        best = settled(told.what[r], names.index(ruled[0]) if ruled else None, bound_what)
        by_rule = [own[2] for own in option(row, names[best])[2]].index(1.0)  # the third value says whom the rules take
        who = settled(told.who[r, names[best]], by_rule if ruled else None, bound_who)
        may = names[best] in LISTS["counts"].get(c.info[row["claim"]]["kind"], []) + LISTS["anywhere"]["counts"]
        if ruled or may and told.p[r] * told.what[r][best] * told.who[r, names[best]][who] >= taken:
            out[row["claim"]].append((names[best], WHOS[who], row["min"], row["max"]))
    return out


def ruled(c):
    out = [[] for _ in c.info]
    for row in c.rows:
        if row["ruled"]:
            out[row["claim"]].append((*row["ruled"], row["min"], row["max"]))
    return out


def judge(info, said):
    """Right, said, coded and F1 of figures."""
    right = sum(sum((Counter(i["gold"]) & Counter(f)).values()) for i, f in zip(info, said))
    given, coded = sum(map(len, said)), sum(len(i["gold"]) for i in info)
    return right, given, coded, 2 * right / max(1, given + coded)


def report(c, name, said):
    before = ruled(c)
    for group in dict.fromkeys(i["group"] for i in c.info):
        which = [n for n, i in enumerate(c.info) if i["group"] == group]
        info = [c.info[n] for n in which]
        a, b = judge(info, [before[n] for n in which]), judge(info, [said[n] for n in which])
        print(f"{name}, {group} ({len(which)} claims, {a[2]} figures): right {a[0]} -> {b[0]}, said {a[1]} -> {b[1]}, "
              f"F1 {a[3]:.3f} -> {b[3]:.3f}", flush=True)


def held_out(c):
    """What trees say that have not seen the document."""
    all_of = None
    for f in range(FOLDS):
        told = Told(c, np.flatnonzero(c.fold == f), learn(c, np.flatnonzero(c.fold != f)))
        if all_of is None:
            all_of = told
        else:
            all_of.p.update(told.p); all_of.what.update(told.what); all_of.who.update(told.who)
    return all_of


def main():
    global TREES, LEAVES
    a = options(__doc__, ("real", "also"), 250, 24).parse_args()
    TREES, LEAVES = a.trees, a.leaves
    c = Numbers(folders(a, ("real", "also")))
    reached = sum(c.y); coded = sum(len(i["gold"]) for i in c.info)
    print(f"{len(c.info)} claims, {len(c.rows)} numbers, {coded} figures coded, {reached} of them read, {c.X.shape[1]} inputs", flush=True)
    if not a.no_cv:
        report(c, "trees", figures(c, held_out(c), KEPT, TAKEN, BOUND_WHAT, BOUND_WHO))
    if a.out:
        out = b"TWF1" + b"".join(bytes(packed(m)) for m in learn(c, np.arange(len(c.rows))))
        pathlib.Path(a.out).write_bytes(out)
        print(f"{a.out}: {len(out)} bytes")


if __name__ == "__main__":
    main()
