"""What the words round a party's names tell of who issued a document: one weight a key, learned as a choice among the candidates
of each document (conditional logistic regression). A key counts by the logarithm of one more than how often it stands there.
Keys are made in crates/trucewatch/src/party/issuer/words.rs and hold no names.
"""
import struct

import numpy as np
from scipy.optimize import minimize
from scipy.sparse import csr_matrix

from choice import chances

SEEN, PARTIES = 6, 4  # documents and parties by which a key must have been seen
FARTHEST = 12.0  # as in words.rs
RIDGE = 6.0
LEAST = 0.01  # weights nearer to nothing are not kept


def vocabulary(docs):
    """Keys that stood beside the names of several parties in several documents, by number."""
    seen, parties = {}, {}
    for d in docs:
        for party, keys in zip(d["parties"], d["keys"]):
            for key in keys:
                seen[key] = seen.get(key, 0) + 1
                parties.setdefault(key, set()).add(party)
    kept = sorted(k for k, n in seen.items() if n >= SEEN and len(parties[k]) >= PARTIES)
    return {key: i for i, key in enumerate(kept)}


def matrix(docs, vocab):
    """One row a candidate, one column a key."""
    rows, columns, values, row = [], [], [], 0
    for d in docs:
        for keys in d["keys"]:
            for key, n in keys.items():
                if key in vocab:
                    rows.append(row); columns.append(vocab[key]); values.append(np.log1p(n))
            row += 1
    return csr_matrix((values, (rows, columns)), (row, len(vocab)), dtype=float)


def learn(docs, weight):
    """The weight of every key, from documents with the right party among their candidates."""
    docs = [d for d in docs if d["gold"] in d["parties"]]
    vocab = vocabulary(docs)
    X = matrix(docs, vocab)
    doc = np.repeat(np.arange(len(docs)), [len(d["parties"]) for d in docs])
    right = np.array([p == d["gold"] for d in docs for p in d["parties"]], float)
    heavy = np.array([weight[d["group"]] for d in docs])[doc]

    def loss(w):
        p = chances(X @ w, doc, none=False)
        value = -np.sum(heavy * right * np.log(np.maximum(p, 1e-12))) + RIDGE / 2 * w @ w
        return value, X.T @ (heavy * (p - right)) + RIDGE * w

    w = minimize(loss, np.zeros(len(vocab)), jac=True, method="L-BFGS-B", options={"maxiter": 150}).x
    return {key: float(np.float32(w[i])) for key, i in vocab.items() if abs(w[i]) >= LEAST}


def inputs(words, doc):
    """What the trees are told of each candidate of a document: the sum, its lead over the best other one, its share."""
    sums = np.array([sum(words[k] * np.log1p(n) for k, n in keys.items() if k in words) for keys in doc["keys"]])
    sums = np.clip(sums, -FARTHEST, FARTHEST)
    lead = [s - max(np.delete(sums, i), default=0.0) for i, s in enumerate(sums)]
    return np.array([sums, lead, chances(sums, np.zeros(len(sums), int), none=False)], np.float32).T


def packed(words):
    """The words as `issuer/words.rs` reads them."""
    out = bytearray(struct.pack("<I", len(words)))
    for key, weight in sorted(words.items()):
        raw = key.encode()[:255]
        out += bytes([len(raw)]) + raw + struct.pack("<f", weight)
    return bytes(out)
