#!/usr/bin/env python3
"""Train the weights by which clauses are given claim types, and write them as weights.bin and matter.tsv.

    train_weights.py EVIDENCE GOLD [EVIDENCE GOLD …] [--also EVIDENCE GOLD …] [--blind EVIDENCE GOLD …] --net SCORES --out FOLDER

EVIDENCE is a folder written by `cargo run --release --example evidence`, GOLD the folder with the coded claims of
the same documents. What stands behind --also (the invented reports of training/, made JSON by training_gold.py) is
learned from, but the figures are those of the other documents. Behind --blind stand the same documents once
more, read as if no pack knew their conflict (`evidence --blind`): without them, a report of a conflict that nobody has
listed is taken for one about nothing. SCORES is what train_net.py --scores wrote for the same folders. Never trained on: gold/dev. Needs scikit-learn 1.9 and numpy; the result is the
same on every run (fixed seeds, one thread). Layout of the file: crates/trucewatch/src/claim/weigh/table.rs.
"""
import argparse, json, pathlib, struct
from collections import Counter, defaultdict

import numpy as np
from scipy import sparse
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import average_precision_score

KINDS = ("clash shelling gunfire airstrike assault incursion seizure explosion buildup violation casualties detention "
         "damage displacement truce implementation withdrawal deployment verification exchange delimitation access "
         "talks mediation assistance threat position").split()
N = len(KINDS)
FOLDS = 6
REPEATED, POSITION = 6, 17 + 13  # columns of the inputs
HOPELESS = 0.02  # score by regression and net under which a type that no word speaks for is not judged
TREES, LEAVES = 250, 31
ALONE = 0.6  # weight of sentences taken as documents of their own (every other one), so that short texts are read too
SECOND = 0.6  # factor on a clause that is not its sentence's likeliest for a type
PRIOR = 2.0  # weight of the base rate in a word's share
CONSIDERED = 0.2  # from this probability on a clause may hold a type; claim/confidence.rs decides
BLIND = 0.5  # weight, for the trees, of documents whose conflict is not known
HAND = 3.0  # weight, for the trees, of documents coded by hand: who coded the others draws some lines elsewhere
LEAST = 3  # documents in which a word stands that tells what a report is about
LOST = 0.03  # share of claims that may stand in reports taken for reports about something else
TOUCHED = 3  # claims up to which a report only touches on a conflict
GENERAL = pathlib.Path(__file__).with_name("general_words.txt")


def overlap(a, b):
    both = min(a[1], b[1]) - max(a[0], b[0])
    return both > 0 and 2 * both >= min(a[1] - a[0], b[1] - b[0])


def quote_of(claim, text):
    """Where a coded claim's quote stands: at its offset where that holds it, else where the text first does."""
    at, quote = claim.get("start"), claim["quote"]
    if at is None or text[at:claim["end"]] != quote:
        at = text.find(quote)
    return at, at + len(quote)


class Corpus:
    """All clauses of some folders, with a label per type: 1 claim, 0 none, -1 not to be learned from."""

    def __init__(self, pairs, also, blind):
        self.doc, self.sent, self.words, self.form, self.dense, self.label, self.docs = [], [], [], [], [], [], []
        self.span, self.quotes, self.tokens = [], [], []
        self.told = []  # of every clause what its claim says of mode and speaker, -1 where it holds none
        self.home, self.coder, self.folder, first = [], [], [], {}
        for number, (evidence, gold) in enumerate(pairs + also + blind):
            if number == len(pairs):
                self.judged = len(self.docs)
            if number == len(pairs) + len(also):
                self.seen = len(self.docs)
            for path in sorted(pathlib.Path(evidence).glob("*.json")):
                record = json.loads((pathlib.Path(gold) / path.name).read_text())
                text = (pathlib.Path(gold) / record["doc"]).read_text()
                self.home.append(first.setdefault((gold, path.stem), len(self.docs)))
                self.coder.append(max(0, number - len(pairs) + 1))
                self.folder.append(pathlib.Path(evidence).name)
                self.add(path.stem, json.loads(path.read_text()), record, text)
        self.judged, self.seen = getattr(self, "judged", len(self.docs)), getattr(self, "seen", len(self.docs))
        self.doc, self.label, self.home = np.array(self.doc), np.array(self.label), np.array(self.home)
        self.coder = np.array(self.coder)[self.home]  # 0 for the judged documents, then a number a folder
        self.told = np.array(self.told, np.int8)
        self.form, self.dense = np.array(self.form, np.float32), np.array(self.dense, np.float32)
        self.blind = self.doc >= self.seen

    def add(self, name, clauses, record, text):
        number, first = len(self.docs), len(self.doc)
        self.docs.append(name)
        for c in clauses:
            self.doc.append(number); self.sent.append((number, c["p"], c["s"])); self.words.append(c["w"])
            self.form.append(c["f"]); self.dense.append(c["d"]); self.label.append([0] * N)
            self.tokens.append(c["t"])
        spans = [(c["start"], c["end"]) for c in clauses]
        self.span += spans
        self.quotes.append([])
        for claim in record["claims"]:
            quote, k = quote_of(claim, text), KINDS.index(claim["type"])
            self.quotes[-1].append((quote, k))
            hits = [i for i, s in enumerate(spans) if overlap(s, quote)]
            # of several clauses in one quote the one with a trigger of the type carries it, the rest is not judged
            best = max(hits, key=lambda i: (clauses[i]["d"][k][0], clauses[i]["d"][k][2], -i), default=None)
            for i in hits:
                row = self.label[first + i]
                row[k] = 1 if i == best else (row[k] or -1)
        self.told += told(clauses, self.label[first:], record["claims"], self.quotes[-1], text)

    def folds(self):
        """Each document's fold; the invented ones are dealt out by themselves, the blind ones go with their twins."""
        deal = lambda n, seed: np.random.RandomState(seed).permutation(n) % FOLDS
        return np.concatenate([deal(self.judged, 0), deal(self.seen - self.judged, 1)])[self.home]

    def found(self, p, threshold, blind=False):
        """F1 of claims found in the judged documents, or in their blind twins, as score.py counts them; p by clause
        and type."""
        hits = guesses = 0
        judged = [d for d in range(len(self.docs)) if self.home[d] < self.judged and (d >= self.seen) == blind]
        for d in judged:
            rows = np.flatnonzero(self.doc == d)
            guessed = [(self.span[r], k) for r in rows for k in np.flatnonzero(p[r] >= threshold)]
            guesses += len(guessed)
            hits += paired(self.quotes[d], guessed)
        return 2 * hits / max(1, guesses + sum(len(self.quotes[d]) for d in judged))


MODES = "asserted denied planned called_for rejected conditional".split()


def told(clauses, labels, claims, quotes, text):
    """Of every clause the mode of its claim (the last of several) and whether that claim's speaker is the outlet, is of no
    known party, is named in the sentence, takes part in it, is its target."""
    out = [[-1] * 6 for _ in clauses]
    sentences = {}
    for c in clauses:
        low, high = sentences.get((c["p"], c["s"]), (c["start"], c["end"]))
        sentences[c["p"], c["s"]] = min(low, c["start"]), max(high, c["end"])
    for claim, (quote, k) in zip(claims, quotes):
        party, name = claim["speaker_party"], (claim.get("speaker") or "").split()[-1:]
        for i, c in enumerate(clauses):
            if labels[i][k] == 1 and overlap((c["start"], c["end"]), quote):
                low, high = sentences[c["p"], c["s"]]
                named = bool(name) and name[0] in text[low:high]
                takes_part, is_hit = (party in (claim.get(role) or []) for role in ("actor", "target"))
                out[i] = [MODES.index(claim["mode"]), party == "media", party == "other", named, takes_part, is_hit]
    return out


def paired(quotes, guessed):
    """Size of the greatest matching of quotes and guesses that overlap and have one type."""
    beside = [[j for j, (s, k) in enumerate(guessed) if k == kind and overlap(s, quote)] for quote, kind in quotes]
    taken = {}

    def place(i, tried):
        for j in beside[i]:
            if j not in tried:
                tried.add(j)
                if j not in taken or place(taken[j], tried):
                    taken[j] = i
                    return True
        return False

    return sum(place(i, set()) for i in range(len(quotes)))


def vocabulary(words, least=2):
    counts = Counter(w for ws in words for w in ws)
    return {w: i for i, w in enumerate(sorted(w for w, c in counts.items() if c >= least))}


def matrix(words, vocab):
    rows, cols = [], []
    for r, ws in enumerate(words):
        for w in ws:
            if w in vocab:
                rows.append(r); cols.append(vocab[w])
    return sparse.csr_matrix((np.ones(len(rows), np.float32), (rows, cols)), shape=(len(words), len(vocab)))


def regress(X, y):
    """One regression a type: weights (N, words) and bias (N)."""
    W, B = np.zeros((N, X.shape[1]), np.float32), np.full(N, -8.0, np.float32)
    for k in range(N):
        keep = y[:, k] >= 0
        if (y[keep, k] == 1).sum() >= 3:
            lr = LogisticRegression(C=REG, class_weight={0: 1.0, 1: 3.0}, solver="liblinear", random_state=0)
            lr.fit(X[keep], y[keep, k] == 1)
            W[k], B[k] = lr.coef_[0], lr.intercept_[0]
    return W, B


def shares(words, y, vocab):
    """Smoothed share of each word's clauses that carry each type."""
    base = (y == 1).mean(0)
    count, hit = np.zeros(len(vocab)), np.zeros((len(vocab), N))
    for ws, row in zip(words, y):
        for w in ws:
            i = vocab.get(w)
            if i is not None and w[0] in "lp":
                count[i] += 1; hit[i] += row == 1
    return (hit + PRIOR * base) / (count[:, None] + PRIOR)


def best_share(words, vocab, share, letter):
    out = np.zeros((len(words), N), np.float32)
    for r, ws in enumerate(words):
        rows = [vocab[w] for w in ws if w[0] == letter and w in vocab]
        if rows:
            out[r] = share[rows].max(0)
    return out


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


def score(c, rows, test):
    train_words, train_y, words = [c.words[i] for i in rows], c.label[rows], [c.words[i] for i in test]
    vocab = vocabulary([c.words[i] for i in rows if not c.blind[i]])
    W, B = regress(matrix(train_words, vocab), train_y)
    share = shares(train_words, train_y, vocab)
    return sigmoid(matrix(words, vocab) @ W.T + B), best_share(words, vocab, share, "l"), best_share(words, vocab, share, "p")


def inputs(c, p, net, lemma_share, pair_share, rows, alone=False):
    """The trees' inputs for every clause in rows and every type, in the order of weigh/score.rs; `alone` as if every
    sentence were a document of its own."""
    forms = c.form.shape[1]
    out = np.zeros((len(rows), N, 17 + forms + 8 + N), np.float32)
    out[:, :, 0] = np.arange(N)
    out[:, :, 1:7] = c.dense[rows]
    own, beside = around(c, p, rows, alone)
    out[:, :, 7:10], out[:, :, 12:17] = own, beside
    out[:, :, 10], out[:, :, 11] = lemma_share[rows], pair_share[rows]
    out[:, :, 17:17 + forms] = c.form[rows][:, None, :]
    out[:, :, 17 + forms:20 + forms], out[:, :, 20 + forms:25 + forms] = around(c, net, rows, alone)
    out[:, :, 25 + forms:] = net[rows][:, None, :]
    if alone:
        out[:, :, REPEATED], out[:, :, POSITION] = 0, 0
    return out.reshape(len(rows) * N, -1)


def around(c, p, rows, alone):
    """Of some scores for every clause in rows and every type: own, best of the other types, how many are better; then
    those of the rest of the sentence, of the sentences before and after, mean and best of the document."""
    by_sent, docs = defaultdict(list), defaultdict(list)
    for r in rows:
        by_sent[c.sent[r]].append(r)
        docs[c.doc[r]].append(r)
    order, zero = list(by_sent), np.zeros(N)
    top = [p[by_sent[s]].max(0) for s in order]
    whole = {d: (p[rs].mean(0), p[rs].max(0)) for d, rs in docs.items()}
    q = p[rows]
    best, next_best = np.sort(q, 1)[:, -1:], np.sort(q, 1)[:, -2:-1]
    own = np.stack([q, np.where(q == best, next_best, best), (q[:, None, :] > q[:, :, None]).sum(2)], 2)
    beside, at = np.zeros((len(rows), N, 5), np.float32), {r: n for n, r in enumerate(rows)}
    for i, s in enumerate(order):
        near = lambda j: not alone and 0 <= j < len(order) and order[j][0] == s[0]
        before, after = (top[j] if near(j) else zero for j in (i - 1, i + 1))
        mean, peak = (p[by_sent[s]].mean(0), top[i]) if alone else whole[s[0]]
        for r in by_sent[s]:
            rest = [x for x in by_sent[s] if x != r]
            beside[at[r]] = np.stack([p[rest].max(0) if rest else zero, before, after, mean, peak], 1)
    return own, beside


def boost(X, y, weight, trees):
    keep = y >= 0
    model = HistGradientBoostingClassifier(max_iter=trees, max_leaf_nodes=LEAVES, learning_rate=0.05, l2_regularization=5.0,
                                           min_samples_leaf=30, early_stopping=False, random_state=0)
    return model.fit(X[keep], y[keep] == 1, sample_weight=weight[keep])


def second(c, q):
    """Scores after weighing down what is not its sentence's likeliest clause for a type."""
    rows = defaultdict(list)
    for r, s in enumerate(c.sent):
        rows[s].append(r)
    out = q.copy()
    for r in rows.values():
        out[r] = np.where(q[r] < q[r].max(0), q[r] * SECOND, q[r])
    return out


def out_of_fold(c, fold, rows):
    p, ls, ps = (np.zeros((len(c.doc), N)) for _ in range(3))
    rows = np.array(rows)
    for f in range(FOLDS):
        a, b = rows[fold[rows] != f], rows[fold[rows] == f]
        p[b], ls[b], ps[b] = score(c, a, b)
    return p, ls, ps


class Matter:
    """What a report is about, by the words in it: a regression over documents with and without claims."""

    def __init__(self, c):
        general = set(GENERAL.read_text().split())
        self.words = [set() for _ in c.docs]
        for d, ws in zip(c.doc, c.words):
            self.words[d] |= {w[2:] for w in ws if w.startswith("l:") and w[2:].isalpha() and w[2:] not in general}
        counts = Counter(w for ws in self.words[:c.seen] for w in ws)
        self.vocab = {w: i for i, w in enumerate(sorted(w for w, n in counts.items() if n >= LEAST))}
        self.holds = np.array([bool(q) for q in c.quotes])
        # a report about something else that touches on a conflict is no example of either
        self.told = np.array([not 0 < len(q) <= TOUCHED for q in c.quotes])
        # documents without claims are few, those that were not invented fewest
        self.weight = np.where(self.holds, 1.0, np.where(c.home < c.judged, 15.0, 3.0))

    def matrix(self):
        out = sparse.lil_matrix((len(self.words), len(self.vocab)), dtype=np.float32)
        for d, ws in enumerate(self.words):
            known = [self.vocab[w] for w in ws if w in self.vocab]
            out[d, known] = 1 / np.sqrt(max(20, len(known)))
        return out.tocsr()

    def fit(self, X, rows):
        model = LogisticRegression(C=5.0, solver="liblinear", random_state=0)
        rows = rows[self.told[rows]]
        return model.fit(X[rows], self.holds[rows], sample_weight=self.weight[rows])

    def write(self, path, fold, c):
        """Writes the weights, less a bound under which LOST of the claims of held-out reports lie."""
        X, out, everywhere = self.matrix(), np.zeros(len(self.words)), np.arange(len(self.words))
        for f in range(FOLDS):
            out[fold == f] = self.fit(X, everywhere[fold != f]).decision_function(X[fold == f])
        known = everywhere < c.seen
        held = np.flatnonzero(known & self.told & self.holds)
        held = held[np.argsort(out[held], kind="stable")]
        lost = np.cumsum([len(c.quotes[d]) for d in held])
        bound = out[held[np.searchsorted(lost, LOST * lost[-1])]]
        print(f"matter: bound {bound:.2f} keeps {(out[held] >= bound).mean():.3f} of {len(held)} reports with claims and "
              f"leaves out {(out[known & ~self.holds] < bound).mean():.3f} of {(known & ~self.holds).sum()} without")
        model = self.fit(X, everywhere)
        rows = [("<bias>", model.intercept_[0] - bound)] + [(w, model.coef_[0][i]) for w, i in self.vocab.items()]
        pathlib.Path(path).write_text("".join(f"{w}\t{x:.3f}\n" for w, x in rows))


def hold(c, table, issuers, told, out):
    """Writes the scores of all documents as read, a file a document in OUT/<last part of its folder>."""
    starts = np.searchsorted(c.doc, np.arange(len(c.docs) + 1))
    for d in range(c.seen):
        own = table[starts[d]:starts[d + 1]]
        scores = [(int(r), KINDS[k], float(own[r, k])) for r, k in zip(*np.nonzero(own >= CONSIDERED))]
        of_document = lambda folder: json.loads(pathlib.Path(folder, c.folder[d], c.docs[d] + ".json").read_text())
        to = pathlib.Path(out, c.folder[d])
        to.mkdir(parents=True, exist_ok=True)
        (to / (c.docs[d] + ".json")).write_text(json.dumps({"scores": scores, "issuer": of_document(issuers)["issuer"], "told": of_document(told)}))


def packed(model):
    """Boosted trees as `weigh/table.rs` reads them."""
    trees = [t[0].nodes for t in model._predictors]
    out = bytearray(struct.pack("<fH", float(np.ravel(model._baseline_prediction)[0]), len(trees)))
    for nodes in trees:
        out += struct.pack("<H", len(nodes))
        for n in nodes:
            leaf = bool(n["is_leaf"])
            out += struct.pack("<HfHHf", 0 if leaf else int(n["feature_idx"]), 0.0 if leaf else float(n["num_threshold"]),
                               0 if leaf else int(n["left"]), 0 if leaf else int(n["right"]), float(n["value"]) if leaf else 0.0)
    return out


def write(path, vocab, W, B, share, model):
    scale = np.maximum(np.abs(W).max(1), 1e-6) / 127
    keep = [w for w, i in vocab.items() if np.abs(W[:, i]).max() > 0.02 or w[0] in "lp"]
    out = bytearray(b"TWW1") + struct.pack(f"<{N}f", *B) + struct.pack(f"<{N}f", *scale)
    out += struct.pack("<I", len(keep))
    for w in keep:
        raw = w.encode()[:255]
        out += bytes([len(raw)]) + raw
        out += np.round(W[:, vocab[w]] / scale).astype(np.int8).tobytes()
        out += (np.round(np.clip(share[vocab[w]], 0, 1) * 255).astype(np.uint8).tobytes() if w[0] in "lp" else bytes(N))
    out += struct.pack("<f", CONSIDERED) + packed(model)
    pathlib.Path(path).write_bytes(out)
    print(f"{path}: {len(keep)} words, {len(model._predictors)} trees, {len(out)} bytes")


def main():
    global REG
    ap = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    ap.add_argument("folders", nargs="+"); ap.add_argument("--also", nargs="*", default=[]); ap.add_argument("--blind", nargs="*", default=[]); ap.add_argument("--out"); ap.add_argument("--reg", type=float, default=0.3)
    ap.add_argument("--held", nargs=3, metavar=("ISSUERS", "TOLD", "OUT"), help="OUT gets what `evidence --voices` is given: all scores from trees that have not seen "
                    "the document, with its issuer as train_issuer.py --held wrote it into ISSUERS, and what train_net.py --told wrote into TOLD")
    ap.add_argument("--trees", type=int, default=TREES); ap.add_argument("--net", required=True); ap.add_argument("--alone", type=float, default=ALONE); ap.add_argument("--no-cv", action="store_true")
    a = ap.parse_args()
    REG = a.reg
    c = Corpus(*(list(zip(f[::2], f[1::2])) for f in (a.folders, a.also, a.blind)))
    fold = c.folds()[c.doc]
    rows = list(range(len(c.doc)))
    y = c.label[rows].reshape(-1)
    print(f"{len(c.docs)} documents, {len(rows)} clauses, {(y == 1).sum()} labels")
    p, ls, ps = out_of_fold(c, fold, rows)
    net = np.load(a.net)
    X = inputs(c, p, net, ls, ps, rows)
    live = np.flatnonzero((X[:, 1] + X[:, 3] > 0) | (p.reshape(-1) >= HOPELESS) | (net.reshape(-1) >= HOPELESS))
    lexicon, X = X[:, 1].reshape(-1, N), np.concatenate([X[live], inputs(c, p, net, ls, ps, rows, alone=True)[live[::2]]])
    # in a text of one sentence, what a longer text only repeats or remembers would be a claim: not judged
    lapsed = (y == 0) & (lexicon.reshape(-1) > 0) & np.repeat(np.array([bool(q) for q in c.quotes])[c.doc], N)
    both = np.concatenate([live, live[::2]])
    flat, twice = np.repeat(fold, N)[both], np.concatenate([y[live], np.where(lapsed, -1, y)[live[::2]]])
    by_hand = np.repeat(c.home[c.doc] < c.judged, N)
    weight = np.where(np.arange(len(both)) < len(live), 1.0, a.alone) * np.where(np.repeat(c.blind, N)[both], BLIND, 1.0)
    weight *= np.where(by_hand[both], HAND, 1.0)
    if not a.no_cv:
        # trees of each fold see scores made without their own documents; a little optimistic, not circular
        q = np.zeros(len(y))
        for f in range(FOLDS):
            learn, test = flat != f, (by_hand[live] | bool(a.held)) & (flat[:len(live)] == f)
            q[live[test]] = boost(X[learn], twice[learn], weight[learn], a.trees).predict_proba(X[:len(live)][test])[:, 1]
        table = second(c, q.reshape(-1, N))
        best = max(np.arange(0.1, 0.6, 0.02), key=lambda t: c.found(table, t) + c.found(table, t, blind=True))
        keep = (y >= 0) & by_hand & ~np.repeat(c.blind, N)
        held = lambda scores: average_precision_score(y[keep] == 1, scores.reshape(-1)[keep])
        print(f"{c.judged} documents judged; regression alone: AP {held(p):.3f}; net alone: AP {held(net):.3f}; "
              f"with trees: AP {held(q):.3f}; found F1 {c.found(table, best):.3f} from {best:.2f} on, "
              f"{c.found(table, best, blind=True):.3f} where no pack knows the conflict; "
              f"lexicon alone {c.found(lexicon, 0.5):.3f}")
        if a.held:
            hold(c, table, *a.held)
    if a.out:
        out = pathlib.Path(a.out)
        Matter(c).write(out / "matter.tsv", c.folds(), c)
        vocab = vocabulary([w for w, blind in zip(c.words, c.blind) if not blind])
        W, B = regress(matrix(c.words, vocab), c.label)
        write(out / "weights.bin", vocab, W, B, shares(c.words, c.label, vocab), boost(X, twice, weight, a.trees))


if __name__ == "__main__":
    main()
