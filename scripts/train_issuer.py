#!/usr/bin/env python3
"""Train the trees by which it is settled who issued a document, and write them as party/issuer/weights.bin.

    train_issuer.py ISSUERS GOLD [ISSUERS GOLD …] [--real ISSUERS GOLD …] [--also ISSUERS GOLD …] [--out FILE] [--held FOLDER]

ISSUERS is a folder written by `cargo run --release --example evidence -- --issuers`, GOLD the folder with the coded claims
of the same documents. First stand the hand-coded documents, in view of which the rules were written; behind --real real
reports coded by us, behind --also the invented ones of training/. A document is in the voice of the party that the coders give its narrator in most
claims; documents without such claims are left out. --held writes what trees that have not seen the document decide, for
train_voice.py. Never trained on: gold/dev. Needs scikit-learn 1.9 and numpy; the result is the same on every run.
"""
import argparse, json, pathlib
from collections import Counter

import numpy as np
from sklearn.ensemble import HistGradientBoostingClassifier

from train_weights import packed

FOLDS = 6
WEIGHT = {"coded": 2.0, "real": 2.0, "also": 1.0}
LIKELY, BOUND, SHORTEST = 0.35, 0.35, 4  # as in party/issuer.rs


def voice(claims):
    """The narrator's party in most claims, None for an outlet's; False where no claim is the narrator's."""
    told = Counter(c["speaker_party"] for c in claims if (c["speaker"] or "").lower() == "narrator")
    most = told.most_common(1)[0][0] if told else False
    return None if most == "media" else most


def load(groups):
    docs = []
    for group, (issuers, gold) in groups:
        for path in sorted(pathlib.Path(issuers).glob("*.json")):
            record = json.loads((pathlib.Path(gold) / path.name).read_text())
            docs.append(dict(json.loads(path.read_text()), group=group, gold=voice(record["claims"]),
                             home=pathlib.Path(gold).name, name=path.name))
    return docs


def boost(X, y, weight):
    model = HistGradientBoostingClassifier(max_iter=TREES, max_leaf_nodes=8, learning_rate=0.06, l2_regularization=5.0,
                                           min_samples_leaf=8, early_stopping=False, random_state=0)
    return model.fit(X, y, sample_weight=weight)


def rows(docs):
    """Inputs, labels and weights of all candidates of the documents whose voice is known."""
    known = [d for d in docs if d["gold"] is not False]
    X = np.array([i for d in known for _, i in d["candidates"]], np.float32)
    y = np.array([party == d["gold"] for d in known for party, _ in d["candidates"]])
    return X, y, np.array([WEIGHT[d["group"]] for d in known for _ in d["candidates"]])


def decided(doc, p, likely, bound):
    """Whom rules and trees together take for the issuer."""
    if doc["candidates"][0][1][0] < SHORTEST:
        return doc["ruled"]
    scored = {party: q for (party, _), q in zip(doc["candidates"], p)}
    best = max(scored, key=scored.get)
    least = scored[doc["ruled"]] + bound if doc["ruled"] in scored else likely
    return best if scored[best] > least else doc["ruled"]


def main():
    global TREES
    ap = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    ap.add_argument("folders", nargs="+"); ap.add_argument("--real", nargs="*", default=[]); ap.add_argument("--also", nargs="*", default=[])
    ap.add_argument("--out"); ap.add_argument("--held"); ap.add_argument("--trees", type=int, default=100)
    ap.add_argument("--bounds", nargs="*", default=[f"{LIKELY}/{BOUND}"])
    a = ap.parse_args()
    TREES = a.trees
    docs = load([(g, pair) for g, f in (("coded", a.folders), ("real", a.real), ("also", a.also)) for pair in zip(f[::2], f[1::2])])
    fold = np.random.RandomState(0).permutation(len(docs)) % FOLDS
    for f in range(FOLDS):
        model = boost(*rows([d for d, n in zip(docs, fold) if n != f]))
        for d, n in zip(docs, fold):
            if n == f:
                d["p"] = model.predict_proba(np.array([i for _, i in d["candidates"]], np.float32))[:, 1]
    for bounds in a.bounds:
        likely, bound = map(float, bounds.split("/"))
        for group in WEIGHT:
            known = [d for d in docs if d["group"] == group and d["gold"] is not False]
            if known:
                before = [d["ruled"] == d["gold"] for d in known]
                after = [decided(d, d["p"], likely, bound) == d["gold"] for d in known]
                issued = [d["gold"] is not None for d in known]
                print(f"{bounds} {group} ({len(known)} documents, {sum(issued)} issued by a party): right {np.mean(before):.3f} -> {np.mean(after):.3f} "
                      f"({sum(b < x for b, x in zip(before, after))} better, {sum(b > x for b, x in zip(before, after))} worse)")
    if a.held:
        for d in docs:
            mine = decided(d, d["p"], LIKELY, BOUND)
            out = pathlib.Path(a.held) / d["home"]; out.mkdir(parents=True, exist_ok=True)
            (out / d["name"]).write_text(json.dumps({"issuer": mine if mine != d["ruled"] else None}))
    if a.out:
        out = b"TWI1" + packed(boost(*rows(docs)))
        pathlib.Path(a.out).write_bytes(out)
        print(f"{a.out}: {len(out)} bytes")


if __name__ == "__main__":
    main()
