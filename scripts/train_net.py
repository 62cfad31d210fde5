#!/usr/bin/env python3
"""Train the small net by which clauses are given scores for claim types, beside the regression over words.

    train_net.py VECTORS EVIDENCE GOLD [EVIDENCE GOLD …] [--also …] [--blind …] --scores FILE [--out FOLDER]

VECTORS is the model's file `vocab/vectors`, the folders are those of train_weights.py, in the same order. FILE gets the
scores of every clause and type by nets that have not seen its document (three thirds; train_weights.py takes them as
inputs of its trees), FOLDER the net made from all documents, as net.bin. --check EVIDENCE FILE writes that net's scores for the clauses of
one more report, against which tests/net.rs tries the program. Needs torch; the result is the same on every run (fixed seeds, one thread). What the net sees and
computes: crates/trucewatch/src/claim/weigh/net.rs; the file: weigh/net/layers.rs.
"""
import argparse, json, pathlib, struct
from collections import defaultdict
from types import SimpleNamespace

import numpy as np
import torch
import torch.nn.functional as F
from sklearn.metrics import average_precision_score

from train_weights import KINDS, Corpus, N

THIRDS = 3
VECTOR, LENGTH = 300, 5.7735026
DEPS, TAGS, MASKS = 46, 51, 5  # labels of crates/syntax/src/labels.rs; kinds of words without a vector
WORD, DEP, TAG, HIDDEN, ROUNDS = 56, 12, 8, 88, 2
HAND, REAL_OR_INVENTED = 4.0, 1.0  # weight of hand-coded documents and of the others
POSITIVE = 2.0  # weight of a claim against a clause without
EPOCHS, BATCH, RATE, DECAY = 8, 64, 3e-3, 0.02
UNSEEN = 0.05  # share of words whose vector is held back
UNLISTED = 0.33  # share of batches in which parties are only names, as where no pack knows the conflict


class Sentences:
    """The tokens of all sentences as flat arrays: word, relation, tag, head in the sentence, clause."""

    def __init__(self, c):
        by_sentence = defaultdict(list)
        for row, sentence in enumerate(c.sent):
            by_sentence[sentence] += [(t[2], row, t) for t in c.tokens[row]]
        words, self.doc, ends = [], [], [0]
        for sentence in sorted(by_sentence):
            tokens = sorted(by_sentence[sentence])
            place = {index: at for at, (index, _, _) in enumerate(tokens)}
            words += [(t[3], t[4], t[5], place.get(t[6], at), row) for at, (_, row, t) in enumerate(tokens)]
            ends.append(len(words)); self.doc.append(sentence[0])
        self.ends, self.doc = np.array(ends), np.array(self.doc)
        self.word, self.dep, self.tag, self.head, self.clause = np.array(words).T

    def batch(self, which):
        """Some sentences as tensors, and the clauses in them."""
        lengths = np.diff(self.ends)[which]
        starts = np.concatenate([[0], np.cumsum(lengths)[:-1]])
        at = np.concatenate([np.arange(self.ends[i], self.ends[i + 1]) for i in which])
        head = self.head[at] + np.repeat(starts, lengths)
        under = (head != np.arange(len(at))).astype(np.float32)
        follows, leads = np.ones((2, len(at), 1), np.float32)
        follows[starts], leads[starts + lengths - 1] = 0, 0
        children = np.maximum(np.bincount(head, weights=under, minlength=len(at)), 1).astype(np.float32)
        rows, clause = np.unique(self.clause[at], return_inverse=True)
        tensors = [self.word[at], self.dep[at], self.tag[at], head, clause, follows, leads, under[:, None], children[:, None]]
        return [torch.from_numpy(np.ascontiguousarray(t)) for t in tensors], rows


class Net(torch.nn.Module):
    def __init__(self, vectors):
        super().__init__()
        self.vectors = torch.from_numpy(vectors)
        self.words = torch.nn.Linear(VECTOR, WORD)
        self.masks, self.deps, self.tags = (torch.nn.Embedding(*s) for s in ((MASKS, WORD), (DEPS, DEP), (TAGS, TAG)))
        for table in (self.masks, self.deps, self.tags):
            torch.nn.init.normal_(table.weight, 0, 0.5)
        widths = [WORD + DEP + TAG] + [HIDDEN] * ROUNDS
        self.rounds = torch.nn.ModuleList(torch.nn.Linear(5 * w, HIDDEN) for w in widths[:-1])
        self.norms = torch.nn.ModuleList(torch.nn.LayerNorm(HIDDEN) for _ in range(ROUNDS))
        self.token, self.clause = torch.nn.Linear(HIDDEN, N), torch.nn.Linear(2 * HIDDEN, N)
        torch.nn.init.constant_(self.token.bias, -5.0)
        torch.nn.init.zeros_(self.clause.weight)
        torch.nn.init.zeros_(self.clause.bias)
        self.drop, self.drop_words = torch.nn.Dropout(DROP), torch.nn.Dropout(DROP_WORDS)

    def forward(self, word, dep, tag, head, clause, follows, leads, under, children):
        if self.training:
            word = torch.where((word == -2) & (torch.rand(()) < UNLISTED), torch.full_like(word, -4), word)
        known = word >= 0
        if self.training:
            known &= torch.rand(word.shape) > UNSEEN / 2
        seen = self.words(self.drop_words(self.vectors[word.clamp(min=0)]))
        x = torch.where(known[:, None], seen, self.masks((-word).clamp(min=0)))
        x = torch.cat([F.relu(x), self.deps(dep), self.tags(tag)], 1)
        for number, (linear, norm) in enumerate(zip(self.rounds, self.norms)):
            none = torch.zeros_like(x[:1])
            before, behind = torch.cat([none, x[:-1]]) * follows, torch.cat([x[1:], none]) * leads
            below = torch.zeros_like(x).index_add(0, head, x * under) / children
            new = self.drop(F.relu(norm(linear(torch.cat([x, before, behind, x[head], below], 1)))))
            x = new if number == 0 else x + new
        z, count = self.token(x), int(clause.max()) + 1
        top = torch.full((count, N), -1e9).index_reduce(0, clause, z.detach(), "amax")
        said = top + torch.log(torch.zeros_like(top).index_add(0, clause, torch.exp(z - top[clause])))
        mean = torch.zeros(count, HIDDEN).index_add(0, clause, x) / torch.bincount(clause, minlength=count)[:, None]
        most = torch.full((count, HIDDEN), -1e9).index_reduce(0, clause, x, "amax")
        return said + self.clause(self.drop(torch.cat([mean, most], 1)))


DROP, DROP_WORDS = 0.25, 0.15


def fit(c, s, vectors, which, seed):
    torch.manual_seed(seed)
    order, net = np.random.RandomState(seed), Net(vectors)
    label, judged = (c.label == 1).astype(np.float32), (c.label >= 0).astype(np.float32)
    weight = judged * np.where(c.home[c.doc] < c.judged, HAND, REAL_OR_INVENTED).astype(np.float32)[:, None]
    steps, step = -(-len(which) // BATCH) * EPOCHS, 0
    optimiser = torch.optim.AdamW(net.parameters(), lr=RATE, weight_decay=DECAY)
    net.train()
    for _ in range(EPOCHS):
        shuffled = order.permutation(which)
        for start in range(0, len(shuffled), BATCH):
            rate, step = RATE * min(1, (step + 1) / 100) * max(0.01, 1 - step / steps), step + 1
            for group in optimiser.param_groups:
                group["lr"] = rate
            tensors, rows = s.batch(shuffled[start:start + BATCH])
            loss = F.binary_cross_entropy_with_logits(net(*tensors), torch.from_numpy(label[rows]), reduction="none",
                                                      weight=torch.from_numpy(weight[rows]), pos_weight=torch.tensor(POSITIVE))
            optimiser.zero_grad()
            (loss.sum() / len(rows)).backward()
            optimiser.step()
    with torch.no_grad():
        for p in net.parameters():
            p.copy_(p.bfloat16().float())  # as the file has them
    return net.eval()


def scores(net, s, which, out):
    with torch.no_grad():
        for start in range(0, len(which), 256):
            tensors, rows = s.batch(which[start:start + 256])
            out[rows] = torch.sigmoid(net(*tensors)).numpy()


def write(net, path):
    def half(*tensors):
        bits = (t.detach().numpy().astype("<f4").view("<u4") >> 16 for t in tensors)
        return b"".join(b.astype("<u2").tobytes() for b in bits)
    out = b"TWN1" + struct.pack("<4H", WORD, DEP, TAG, HIDDEN) + half(net.words.weight, net.words.bias)
    out += half(net.masks.weight, net.deps.weight, net.tags.weight)
    for linear, norm in zip(net.rounds, net.norms):
        out += half(linear.weight, linear.bias, norm.weight, norm.bias)
    out += half(net.token.weight, net.token.bias, net.clause.weight, net.clause.bias)
    path.write_bytes(out)
    print(f"{path}: {sum(p.numel() for p in net.parameters())} weights, {len(out)} bytes")


def check(net, evidence, path):
    clauses = json.loads(pathlib.Path(evidence).read_text())
    s = Sentences(SimpleNamespace(sent=[(0, c["p"], c["s"]) for c in clauses], tokens=[c["t"] for c in clauses]))
    out = np.zeros((len(clauses), N))
    scores(net, s, np.arange(len(s.doc)), out)
    pathlib.Path(path).write_text("[\n" + ",\n".join(json.dumps(r) for r in out.round(5).tolist()) + "\n]\n")


def main():
    ap = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    ap.add_argument("vectors"); ap.add_argument("folders", nargs="+"); ap.add_argument("--scores", required=True); ap.add_argument("--out"); ap.add_argument("--check", nargs=2)
    ap.add_argument("--also", nargs="*", default=[]); ap.add_argument("--blind", nargs="*", default=[])
    a = ap.parse_args()
    torch.set_num_threads(1)
    vectors = np.load(a.vectors).astype(np.float32)
    vectors *= LENGTH / (np.linalg.norm(vectors, axis=1, keepdims=True) + 1e-6)
    c = Corpus(*(list(zip(f[::2], f[1::2])) for f in (a.folders, a.also, a.blind)))
    s, third, out = Sentences(c), c.folds() % THIRDS, np.zeros((len(c.doc), N), np.float32)
    for f in range(THIRDS):
        scores(fit(c, s, vectors, np.flatnonzero((third[s.doc] != f) & (s.doc < c.seen)), f), s, np.flatnonzero(third[s.doc] == f), out)
    np.save(a.scores, out)
    keep = (c.home[c.doc] < c.judged) & ~c.blind
    kept = c.label[keep].reshape(-1)
    print(f"held out: AP {average_precision_score(kept[kept >= 0] == 1, out[keep].reshape(-1)[kept >= 0]):.3f}")
    if a.out:
        net = fit(c, s, vectors, np.flatnonzero(s.doc < c.seen), THIRDS)
        write(net, pathlib.Path(a.out) / "net.bin")
        if a.check:
            check(net, *a.check)


if __name__ == "__main__":
    main()
