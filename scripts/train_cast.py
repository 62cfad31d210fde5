#!/usr/bin/env python3
"""Train the trees by which it is settled who takes part in a claim, and write them as cast/weights.bin.

    train_cast.py CASTS GOLD [CASTS GOLD …] [--real CASTS GOLD …] [--also CASTS GOLD …] [--blind CASTS GOLD …] --out FILE

CASTS is a folder written by `cargo run --release --example evidence -- --casts`, GOLD the folder with the coded claims of
the same documents. Behind --real stand real reports coded by us, behind --also the invented reports of training/ (made JSON
by training_gold.py); behind --blind documents once more, read as if no pack knew their conflict. A claim that was read is
compared with the coded claim of its type and words. First trees judge each candidate alone, then others choose between sets
of candidates, from probabilities that the first give of documents they have not seen. Never trained on: gold/dev. Needs
scikit-learn 1.9 and numpy; the result is the same on every run (fixed seeds, one thread). Layout of the file and order of the
inputs: crates/trucewatch/src/claim/cast.rs and cast/inputs.rs, around.rs, sets.rs, words.rs.
"""
import argparse, itertools, json, pathlib, struct

import numpy as np
from sklearn.ensemble import HistGradientBoostingClassifier

from choice import choose
from train_weights import overlap, packed, quote_of

FOLDS = 5
TWO_SIDED = {"clash", "truce", "talks", "exchange", "delimitation"}
WEIGHT = {"coded": 3.0, "real": 1.0, "also": 1.0, "blind": 0.3}  # blind: as read without their conflict
LIKELY, TOGETHER, POSSIBLE = 0.5, 0.6, 0.25  # as in claim/cast/sets.rs
SHARED, NEAR, THREE = 40, 4, 3  # as in claim/cast/sets.rs
RATE, SET_RATE = 0.12, 0.1
SET_TREES, SET_LEAVES = 90, 16
SEEN, PRIOR, WHOLE = 8, 6.0, 250  # keys seen more rarely are not kept; weight of the mean share; parts of a share in the file


def roles(claim):
    """Actors and targets as they are judged: in two-sided types everybody is an actor."""
    actor, target = set(claim.get("actor") or []), set(claim.get("target") or [])
    return (actor | target, set()) if claim["type"] in TWO_SIDED else (actor, target)


def pairs(coded, read, text):
    """Pairs of a coded claim and a read one of the same type and words, those that agree on mode and speaker first."""
    edges = []
    for i, g in enumerate(coded):
        for j, p in enumerate(read):
            if g["type"] == p["type"] and overlap(quote_of(g, text), (p["start"], p["end"])):
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
        self.keys, self.key = [], {"": 0}  # of each row its keys by number
        home = {}
        for group, _, doc, g, p in coded_and_read(groups, home):
            self.add(group, doc, g, p)
        self.X, self.y, self.claim = np.array(self.X, np.float32), np.array(self.y), np.array(self.claim)
        ends = np.cumsum([len(i["parties"]) for i in self.info])
        self.rows = [slice(end - len(i["parties"]), end) for i, end in zip(self.info, ends)]
        fold = np.random.RandomState(0).permutation(len(home)) % FOLDS
        self.fold = np.array([fold[i["doc"]] for i in self.info])
        self.group = np.array([i["group"] for i in self.info])
        self.keys = np.array(self.keys)

    def add(self, group, doc, g, p):
        actor, target = roles(g)
        for party, inputs, keys in p["candidates"]:
            self.X.append(inputs); self.claim.append(len(self.info))
            self.keys.append([self.key.setdefault(k, len(self.key)) for k in keys])
            self.y.append((party in actor, party in target))
        self.info.append(dict(group=group, doc=doc, kind=g["type"], gold=(actor, target), ruled=roles(p),
                              parties=[party for party, *_ in p["candidates"]]))

    def shares(self, rows):
        """Of every key how often whoever stands so has each role, in some of the rows; -1 where it is seen too seldom."""
        rows = rows & (self.group[self.claim] != "blind")
        keys = self.keys[rows].ravel()
        seen = np.bincount(keys, minlength=len(self.key))
        table = np.full((len(self.key), 2), -1.0, np.float32)
        for role in (0, 1):
            y = self.y[rows, role]
            told = np.bincount(keys, np.repeat(y, self.keys.shape[1]), len(self.key))
            share = np.round((told + PRIOR * y.mean()) / (seen + PRIOR) * WHOLE) / WHOLE
            table[:, role] = np.where(seen >= SEEN, share, -1)
        table[0] = -1
        return table

    def inputs(self, learn):
        """The inputs of all rows with what the rows to learn from tell of keys; those themselves are told what other folds tell."""
        told, fold = self.shares(learn)[self.keys], self.fold[self.claim]
        for f in range(FOLDS):
            here = learn & (fold == f)
            if here.any():
                told[here] = self.shares(learn & (fold != f))[self.keys[here]]
        return np.hstack([self.X, told.reshape(len(self.X), -1)])

    def words(self):
        """The shares of all keys as bytes, in the layout of claim/cast/words.rs."""
        table = self.shares(np.ones(len(self.y), bool))
        kept = sorted((key.encode(), table[k]) for key, k in self.key.items() if table[k, 0] >= 0)
        out = struct.pack("<I", len(kept))
        for key, share in kept:
            out += struct.pack("<B", len(key)) + key + bytes(int(round(s * WHOLE)) for s in share)
        return out

    def weight(self):
        return np.array([WEIGHT[self.group[c]] for c in self.claim])


def boost(X, y, weight):
    model = HistGradientBoostingClassifier(max_iter=TREES, max_leaf_nodes=LEAVES, learning_rate=RATE, l2_regularization=5.0,
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


def likely(p):
    """Who takes part, each judged alone: from LIKELY on, or else the likeliest of several between which it is only open who it is."""
    sure = p >= LIKELY
    if not sure.any() and len(p) and p.sum() >= TOGETHER and p.max() >= POSSIBLE:
        sure = np.arange(len(p)) == p.argmax()
    return sure


def alone(c, q):
    """Who takes part if each candidate is judged alone."""
    return [{party for party, is_in in zip(i["parties"], likely(q[rows])) if is_in} for i, rows in zip(c.info, c.rows)]


class Sets:
    """Of every claim the sets of candidates that may take part in one role, with the inputs of the trees that choose one.

    `q` holds of every candidate the probabilities in both roles, from trees that have not seen the document."""

    def __init__(self, c, q, role):
        self.role, self.members = role, []  # the candidates of each set
        X, y, self.claim = [], [], []
        for n, (info, rows) in enumerate(zip(c.info, c.rows)):
            if not info["parties"] or (role == 1 and info["kind"] in TWO_SIDED):
                continue
            right = c.y[rows, role]
            for members, inputs in sets(c.X[rows], q[role][rows], q[1 - role][rows], role, info["kind"] in TWO_SIDED):
                X.append(inputs); self.claim.append(n); self.members.append(members)
                y.append(len(members) == right.sum() and right[members].all())
        self.X, self.y, self.claim = np.array(X, np.float32), np.array(y), np.array(self.claim)

    def fit(self, rows, weight):
        """Trees that learn from some of the sets; `weight` one a claim."""
        claim = self.claim[rows]
        return choose(self.X[rows], self.y[rows], claim, weight[claim], SET_TREES, SET_LEAVES, rate=SET_RATE)

    def chosen(self, c, score):
        """Of every claim the parties of its best set, nobody where none is better than that."""
        best = {}
        for n, members, s in zip(self.claim, self.members, score):
            if s > best.get(n, (0.0,))[0]:
                best[n] = s, {c.info[n]["parties"][k] for k in members}
        return [best.get(n, (0.0, set()))[1] for n in range(len(c.info))]


def is_fair(X, own, members):
    """Whether whoever cannot be told from a member is a member too."""
    rest = [k for k in range(len(own)) if k not in members]
    return not any(own[m] == own[k] and (X[m] == X[k]).all() for m in members for k in rest)


def sets(X, own, other, role, two_sided):
    """The sets of a claim's candidates, each with its inputs: those near the top alone and together, those that the rules
    name, those that are likely each by itself. Order of the inputs: claim/cast/sets.rs."""
    order = np.argsort(-own, kind="stable")
    ruled, sure = X[:, SHARED + role] > 0, likely(own)
    found = []
    for size in range(1, 4 if two_sided else 3):
        found += itertools.combinations(order[:NEAR if size < 3 else THREE].tolist(), size)
    for extra in (ruled, sure):
        extra = tuple(k for k in order.tolist() if extra[k])
        if extra and extra not in found:
            found.append(extra)
    lone, together = np.log(np.clip(1 - own, 1e-4, 1)), np.log(np.clip(own, 1e-4, 1))
    nobody = lone.sum()
    found = [s for s in found if is_fair(X, own, s)]
    joint = [nobody + sum(together[k] - lone[k] for k in s) for s in found]
    best = max([nobody] + joint)
    for members, j in zip(found, joint):
        rest = [k for k in order if k not in members]
        members = list(members)
        is_in = np.isin(np.arange(len(own)), members)
        rival = lambda at: own[rest[at]] if len(rest) > at else 0.0
        of_set = [len(members), two_sided, j, j - best, j - nobody, own[members[0]], own[members[-1]],
                  other[members].max(), other[members].min(), rival(0), rival(1), other[rest].max() if rest else 0.0,
                  own.sum(), (is_in == ruled).all(), (is_in & ruled).sum(), (is_in == sure).all()]
        second = X[members[1], SHARED:] if len(members) > 1 else np.zeros(X.shape[1] - SHARED)
        yield members, np.concatenate([X[0, :SHARED], of_set, X[members[0], SHARED:], second])


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


def held_out(c, role):
    """Probabilities of candidates from trees that have not seen the document."""
    q, weight, fold = np.zeros(len(c.y), np.float32), c.weight(), c.fold[c.claim]
    for f in range(FOLDS):
        learn = fold != f
        X = c.inputs(learn)
        q[~learn] = boost(X[learn], c.y[learn, role], weight[learn]).predict_proba(X[~learn])[:, 1]
    return q


def held_out_sets(c, s, each):
    """The parties chosen by trees that have not seen the document."""
    fold, score = c.fold[s.claim], np.zeros(len(s.y))
    for f in range(FOLDS):
        learn = fold != f
        score[~learn] = s.fit(learn, each).predict(s.X[~learn])
    return s.chosen(c, score)


def report(c, role, name, chosen):
    for group in dict.fromkeys(c.group):
        which = np.flatnonzero(c.group == group)
        before = judge(c, which, [i["ruled"][role] for i in c.info], role)
        after = judge(c, which, chosen, role)
        print(f"{name}, {group} ({len(which)} claims): right {before[0]:.3f} -> {after[0]:.3f}, "
              f"F1 {before[1]:.3f} -> {after[1]:.3f}", flush=True)


def main():
    global TREES, LEAVES
    groups = ("real", "also", "blind")
    a = options(__doc__, groups, 125, 31).parse_args()
    TREES, LEAVES = a.trees, a.leaves
    c = Claims(folders(a, groups))
    print(f"{len(c.info)} claims, {len(c.y)} candidates, {c.X.shape[1]} inputs", flush=True)
    q = [held_out(c, role) for role in (0, 1)]
    each, out = np.array([WEIGHT[g] for g in c.group]), b"TWR3" + c.words()
    c.X = c.inputs(np.ones(len(c.y), bool))
    for role, name in enumerate(("actors", "targets")):
        s = Sets(c, q, role)
        if not a.no_cv:
            report(c, role, f"{name}, each alone", alone(c, q[role]))
            report(c, role, f"{name}, sets", held_out_sets(c, s, each))
        if a.out:
            out += packed(boost(c.X, c.y[:, role], c.weight())) + packed(s.fit(np.arange(len(s.y)), each))
    if a.out:
        pathlib.Path(a.out).write_bytes(out)
        print(f"{a.out}: {len(out)} bytes")


if __name__ == "__main__":
    main()
