#!/usr/bin/env python3
"""Train the trees by which it is settled who issued a document, and write them as party/issuer/weights.bin.

    train_issuer.py ISSUERS GOLD [ISSUERS GOLD …] [--real ISSUERS GOLD …] [--also ISSUERS GOLD …] [--said ISSUERS GOLD …] [--out FILE] [--held FOLDER]

ISSUERS is a folder written by `cargo run --release --example evidence -- --issuers`, GOLD the folder with the coded claims
of the same documents. First stand the hand-coded documents, in view of which the rules were written; behind --real real
reports coded by us, behind --also the invented ones of training/, behind --said speeches of which nothing is known but whose they
are: their GOLD holds one claim of the narrator each. A document is in the voice of the party that the coders give its narrator in
most claims; a speech whose claims all go under its speaker's name is in the voice of the speaker's party, other documents without
such claims are left out. Two sets of trees are made: whether a party issued the document, each document by itself, and which of the
candidates did, one choice among all candidates of a document; before them, weights of the words round a party's names (issuer_words.py). Speeches behind --said are for the second. --held writes what
trees that have not seen the document decide, for train_voice.py. Never trained on: gold/dev. Needs scikit-learn 1.9 and numpy; the result is the same on every run.
"""
import argparse, json, pathlib
from collections import Counter

import numpy as np
from sklearn.ensemble import HistGradientBoostingClassifier

import choice
import issuer_words
from train_weights import packed

FOLDS = 6
INNER = 4  # folds by which trees are told what words tell of documents that those words have not seen
WEIGHT = {"coded": 2.0, "real": 2.0, "also": 1.0, "said": 0.6}
ISSUED, LIKELY, PLAIN, BOUND, SHORTEST = 0.6, 0.3, 0.8, 0.35, 4  # as in party/issuer.rs
SHARED = 34  # inputs that all candidates of a document share, as in party/issuer/inputs.rs
RULED = [28, 29, SHARED + 3]  # those that say whom the rules name
SAYING, I, WE, BYSTANDER = 10, 4, 5, SHARED


def voice(claims, style):
    """The narrator's party in most claims, None for an outlet's; False where it is not known. `style` are the shared inputs."""
    told = Counter(c["speaker_party"] for c in claims if (c["speaker"] or "").lower() == "narrator")
    if not told and style[SAYING] < 0.2 and style[I] + style[WE] > 0.3:
        party, n = Counter(c["speaker_party"] for c in claims).most_common(1)[0] if claims else (None, 0)
        return party if n and n >= 0.8 * len(claims) and party not in ("media", None) else False
    most = told.most_common(1)[0][0] if told else False
    return None if most == "media" else most


def load(groups):
    docs = []
    for group, (issuers, gold) in groups:
        for path in sorted(pathlib.Path(issuers).glob("*.json")):
            record, read = (json.loads((pathlib.Path(folder) / path.name).read_text()) for folder in (gold, issuers))
            parties, inputs, keys = zip(*read["candidates"])
            inputs = np.array(inputs, np.float32)
            docs.append(dict(group=group, ruled=read["ruled"], gold=voice(record["claims"], inputs[0]), own=inputs, keys=keys,
                             parties=list(parties), home=pathlib.Path(gold).name, name=path.name))
    return docs


def boost(X, y, weight):
    model = HistGradientBoostingClassifier(max_iter=TREES, max_leaf_nodes=8, learning_rate=0.06, l2_regularization=5.0,
                                           min_samples_leaf=8, early_stopping=False, random_state=0)
    return model.fit(X, y, sample_weight=weight)


def choose(X, y, doc, weight):
    """Trees for one choice among the candidates of each document; `doc` numbers the documents from 0 on, in order."""
    return choice.choose(X, y, doc, weight, 400, 6, rate=0.03, share=0.3, least=20)


def whole(doc):
    """Inputs of a document as a whole: the shared ones, and of the rest the most of any party."""
    own = doc["inputs"][doc["inputs"][:, BYSTANDER] == 0][:, SHARED:]
    most = own.max(0) if len(own) else np.zeros(doc["inputs"].shape[1] - SHARED, np.float32)
    return np.concatenate([doc["inputs"][0, :SHARED], most])


def unruled(inputs):
    """Inputs as they would be if the rules named nobody."""
    inputs = inputs.copy()
    inputs[:, RULED] = 0
    return inputs


def tell(docs, words):
    """Gives the candidates of documents, beside their own inputs, what words tell."""
    for d in docs:
        d["inputs"] = np.hstack([d["own"], issuer_words.inputs(words, d)])


def told(docs):
    """The weights of words; the documents themselves are told by words from other folds, as any new one is."""
    issued = [d["gold"] not in (None, False) for d in docs]
    fold = np.random.RandomState(1).permutation(len(docs)) % INNER
    for f in range(INNER):
        words = issuer_words.learn([d for d, i, n in zip(docs, issued, fold) if i and n != f], WEIGHT)
        tell([d for d, n in zip(docs, fold) if n == f], words)
    return issuer_words.learn([d for d, i in zip(docs, issued) if i], WEIGHT)


def train(docs):
    """Words, and trees for whether a party issued a document, and which. The latter see every document with and without the rules' word."""
    words = told(docs)
    known = [d for d in docs if d["gold"] is not False]
    coded = [d for d in known if d["group"] != "said"]
    issued = boost(np.array([whole(d) for d in coded]), np.array([d["gold"] is not None for d in coded]),
                   np.array([WEIGHT[d["group"]] for d in coded]))
    known = [d for d in known if d["gold"] is not None]
    rows = [(d, make(d["inputs"])) for make in (np.copy, unruled) for d in known
            if make is np.copy or d["group"] != "said" or d["ruled"] is not None]
    sizes = [len(d["parties"]) for d, _ in rows]
    y = np.array([party == d["gold"] for d, _ in rows for party in d["parties"]], float)
    weight = np.repeat([WEIGHT[d["group"]] for d, _ in rows], sizes)
    return words, issued, choose(np.concatenate([x for _, x in rows]), y, np.repeat(np.arange(len(rows)), sizes), weight)


def decided(doc, issued, bound):
    """Whom rules and trees together take for the issuer."""
    if doc["inputs"][0][0] < SHORTEST:
        return doc["ruled"]
    scored = dict(zip(doc["parties"], doc["q"]))
    best = max(scored, key=scored.get)
    if doc["ruled"] is None:
        return best if doc["p"] > issued or (doc["p"] > LIKELY and scored[best] > PLAIN) else None
    return best if scored[best] > scored.get(doc["ruled"], 0.0) + bound else doc["ruled"]


def main():
    global TREES
    ap = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    ap.add_argument("folders", nargs="+"); ap.add_argument("--real", nargs="*", default=[]); ap.add_argument("--also", nargs="*", default=[])
    ap.add_argument("--said", nargs="*", default=[]); ap.add_argument("--out"); ap.add_argument("--held"); ap.add_argument("--trees", type=int, default=150)
    ap.add_argument("--bounds", nargs="*", default=[f"{ISSUED}/{BOUND}"])
    a = ap.parse_args()
    TREES = a.trees
    docs = load([(g, pair) for g, f in (("coded", a.folders), ("real", a.real), ("also", a.also), ("said", a.said)) for pair in zip(f[::2], f[1::2])])
    judged = [d for d in docs if d["group"] != "said"]
    fold = np.random.RandomState(0).permutation(len(judged)) % FOLDS
    fold = np.concatenate([fold, np.full(len(docs) - len(judged), -1)])
    for f in range(FOLDS):
        words, issued, which = train([d for d, n in zip(docs, fold) if n != f])
        held = [d for d, n in zip(docs, fold) if n == f]
        tell(held, words)
        for d in held:
            d["p"] = issued.predict_proba([whole(d)])[0, 1]
            d["q"] = choice.chances(which.predict(d["inputs"]), np.zeros(len(d["parties"]), int))
    for bounds in a.bounds:
        chosen = list(map(float, bounds.split("/")))
        for group in WEIGHT:
            known = [d for d in judged if d["group"] == group and d["gold"] is not False]
            if known:
                before = [d["ruled"] == d["gold"] for d in known]
                after = [decided(d, *chosen) == d["gold"] for d in known]
                issued = [d["gold"] is not None for d in known]
                print(f"{bounds} {group} ({len(known)} documents, {sum(issued)} issued by a party): right {np.mean(before):.3f} -> {np.mean(after):.3f} "
                      f"({sum(b < x for b, x in zip(before, after))} better, {sum(b > x for b, x in zip(before, after))} worse, "
                      f"{sum(decided(d, *chosen) is not None and d['gold'] is None for d in known)} falsely a party's)")
    if a.held:
        for d in judged:
            mine = decided(d, ISSUED, BOUND)
            out = pathlib.Path(a.held) / d["home"]; out.mkdir(parents=True, exist_ok=True)
            (out / d["name"]).write_text(json.dumps({"issuer": mine if mine != d["ruled"] else None}))
    if a.out:
        words, *trees = train(docs)
        out = b"TWI4" + issuer_words.packed(words) + b"".join(map(packed, trees))
        pathlib.Path(a.out).write_bytes(out)
        print(f"{a.out}: {len(out)} bytes")


if __name__ == "__main__":
    main()
