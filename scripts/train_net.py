#!/usr/bin/env python3
"""Train the small nets by which clauses are given scores for claim types, beside the regression over words.

    train_net.py VECTORS EVIDENCE GOLD [EVIDENCE GOLD …] [--also …] [--blind …] --scores FILE --told FOLDER [--out FOLDER]

VECTORS is the model's file `vocab/vectors`, the folders are those of train_weights.py, in the same order. FILE gets the
mean scores of every clause and type by nets that have not seen its document (three thirds; train_weights.py takes them as
inputs of its trees). While learning, a net must also tell in which mode a claim is and who speaks; what nets that have not seen the
document make of that goes into the folder of --told, a file a document, for `evidence --voices`. --out gets the nets made from all
documents, as net.bin. --check EVIDENCE FILE writes what they give the clauses of one more report, against which tests/net.rs tries the program. Needs torch; the result is the same on every run (fixed seeds, one thread). What the net sees and
computes: crates/trucewatch/src/claim/weigh/net.rs; the file: weigh/net/layers.rs.
"""
import argparse, json, pathlib, struct
from collections import defaultdict
from itertools import groupby
from types import SimpleNamespace

import numpy as np
import torch
import torch.nn.functional as F
from sklearn.metrics import average_precision_score

from train_weights import MODES, Corpus, N

THIRDS = 3
NETS = 2  # that differ in their seeds alone
VECTOR, LENGTH = 300, 5.7735026
DEPS, TAGS, MASKS = 46, 51, 5  # labels of crates/syntax/src/labels.rs; kinds of words without a vector
WORD, DEP, TAG, HIDDEN, ROUNDS = 56, 12, 8, 88, 2
CLAUSE, CONTEXT = 64, 64  # widths of a clause before it hears of the others, and of what each direction carries on
HAND, REAL_OR_INVENTED = 3.0, 1.0  # weight of hand-coded documents and of the others
POSITIVE = 2.0  # weight of a claim against a clause without
SPEAKERS = 5  # numbers on who speaks in train_weights.told, beside the mode
TOLD = SPEAKERS + len(MODES)
ASIDE, HAND_ASIDE = 0.5, 2.0  # weight of that, and of hand-coded documents in it
EPOCHS, BATCH, RATE, DECAY = 24, 5, 3e-3, 0.02  # a batch is so many documents
STEEPEST = 5.0  # length to which a gradient is cut
UNSEEN = 0.05  # share of words whose vector is held back
UNLISTED = 0.33  # share of batches in which parties are only names, as where no pack knows the conflict
CODERS = 64  # who coded a document draws lines in a way of his own: a row a folder, that of the hand-coded ones is kept
CUT, MOVED = 0.15, 0.25  # share of documents cut to pieces, as short texts are; in which a paragraph is moved


class Sentences:
    """The tokens of all sentences as flat arrays: word, relation, tag, head in the sentence, clause."""

    def __init__(self, c):
        by_sentence = defaultdict(list)
        for row, sentence in enumerate(c.sent):
            by_sentence[sentence] += [(t[2], row, t) for t in c.tokens[row]]
        words, ends, self.clauses, self.paragraph, self.documents = [], [], [], [], defaultdict(list)
        for sentence in sorted(by_sentence):
            tokens = sorted(by_sentence[sentence])
            place = {index: at for at, (index, _, _) in enumerate(tokens)}
            self.documents[sentence[0]].append(len(ends))
            ends.append(len(words))
            words += [(t[3], t[4], t[5], place.get(t[6], at), row) for at, (_, row, t) in enumerate(tokens)]
            self.clauses.append(np.unique([row for _, row, _ in tokens]))
            self.paragraph.append(sentence[1])
        self.ends = np.array(ends + [len(words)])
        self.word, self.dep, self.tag, self.head, self.clause = np.array(words).T

    def batch(self, passages):
        """Some passages (sentences in order) as tensors, and the clauses in them."""
        which = np.concatenate(passages)
        lengths = np.diff(self.ends)[which]
        starts = np.concatenate([[0], np.cumsum(lengths)[:-1]])
        at = np.concatenate([np.arange(self.ends[i], self.ends[i + 1]) for i in which])
        head = self.head[at] + np.repeat(starts, lengths)
        under = (head != np.arange(len(at))).astype(np.float32)
        follows, leads = np.ones((2, len(at), 1), np.float32)
        follows[starts], leads[starts + lengths - 1] = 0, 0
        children = np.maximum(np.bincount(head, weights=under, minlength=len(at)), 1).astype(np.float32)
        rows = np.concatenate([self.clauses[i] for i in which])
        number = {row: n for n, row in enumerate(rows)}
        clause = np.array([number[row] for row in self.clause[at]])
        tensors = [self.word[at], self.dep[at], self.tag[at], head, clause, follows, leads, under[:, None], children[:, None]]
        sizes = [sum(len(self.clauses[i]) for i in passage) for passage in passages]
        return [torch.from_numpy(np.ascontiguousarray(t)) for t in tensors] + [sizes], rows

    def passages(self, document, chance):
        """A document's sentences; now and then cut to pieces, or with a paragraph elsewhere."""
        all_of_it = np.array(self.documents[document])
        if chance.rand() < CUT and len(all_of_it) > 2:
            return np.split(all_of_it, np.unique(chance.randint(1, len(all_of_it), size=chance.randint(1, len(all_of_it)))))
        paragraphs = [list(g) for _, g in groupby(all_of_it, key=lambda i: self.paragraph[i])]
        if chance.rand() < MOVED and len(paragraphs) > 2:
            paragraphs.insert(chance.randint(len(paragraphs)), paragraphs.pop(chance.randint(1, len(paragraphs))))
        return [np.concatenate(paragraphs)]


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
        self.small = torch.nn.Linear(2 * HIDDEN, CLAUSE)
        self.carry = torch.nn.GRU(CLAUSE + 1, CONTEXT, bidirectional=True, batch_first=True)
        self.mixed, self.context = torch.nn.Linear(2 * CONTEXT + CLAUSE, CLAUSE), torch.nn.Linear(CLAUSE, N)
        torch.nn.init.constant_(self.token.bias, -5.0)
        self.coder, self.coder_says = torch.nn.Embedding(CODERS, CLAUSE), torch.nn.Embedding(CODERS, N)
        for table in (self.coder, self.coder_says):
            torch.nn.init.zeros_(table.weight)
        for added in (self.clause, self.context):
            torch.nn.init.zeros_(added.weight)
            torch.nn.init.zeros_(added.bias)
        self.drop, self.drop_words = torch.nn.Dropout(DROP), torch.nn.Dropout(DROP_WORDS)
        self.aside, self.aside_context = torch.nn.Linear(2 * HIDDEN, TOLD), torch.nn.Linear(CLAUSE, TOLD)

    def forward(self, word, dep, tag, head, clause, follows, leads, under, children, sizes, coder=None):
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
        whole = self.drop(torch.cat([mean, most], 1))
        coder = torch.zeros(count, dtype=torch.long) if coder is None else coder
        passage = self.passage(F.relu(self.small(whole) + self.coder(coder)), sizes)
        scores = said + self.clause(whole) + self.context(passage) + self.coder_says(coder)
        return scores, self.aside(whole) + self.aside_context(passage)

    def passage(self, clauses, sizes):
        """What each clause hears of the passage round it."""
        far = torch.cat([torch.log1p(torch.arange(n, dtype=torch.float32)) / 4 for n in sizes])
        rows = torch.split(torch.cat([clauses, far[:, None]], 1), sizes)
        packed = torch.nn.utils.rnn.pack_sequence(rows, enforce_sorted=False)
        carried = torch.nn.utils.rnn.unpack_sequence(self.carry(packed)[0])
        return self.drop(F.relu(self.mixed(torch.cat([self.drop(torch.cat(carried)), clauses], 1))))


DROP, DROP_WORDS = 0.25, 0.15


def fit(c, s, vectors, documents, seed):
    torch.manual_seed(seed)
    chance, net = np.random.RandomState(seed), Net(vectors)
    documents = [d for d in documents if d in s.documents]  # some have no clause
    label, judged = (c.label == 1).astype(np.float32), (c.label >= 0).astype(np.float32)
    weight = judged * np.where(c.home[c.doc] < c.judged, HAND, REAL_OR_INVENTED).astype(np.float32)[:, None]
    weight_aside = np.where(c.home[c.doc] < c.judged, HAND_ASIDE, 1.0).astype(np.float32)
    coder = torch.from_numpy(c.coder[c.doc])
    steps, step = -(-len(documents) // BATCH) * EPOCHS, 0
    optimiser = torch.optim.AdamW(net.parameters(), lr=RATE, weight_decay=DECAY)
    net.train()
    for _ in range(EPOCHS):
        shuffled = [s.passages(d, chance) for d in chance.permutation(documents)]
        for start in range(0, len(shuffled), BATCH):
            rate, step = RATE * min(1, (step + 1) / 100) * max(0.01, 1 - step / steps), step + 1
            for group in optimiser.param_groups:
                group["lr"] = rate
            tensors, rows = s.batch([passage for passages in shuffled[start:start + BATCH] for passage in passages])
            kinds, aside = net(*tensors, coder[rows])
            loss = F.binary_cross_entropy_with_logits(kinds, torch.from_numpy(label[rows]), reduction="none",
                                                      weight=torch.from_numpy(weight[rows]), pos_weight=torch.tensor(POSITIVE))
            beside = of_claims(aside, torch.from_numpy(c.told[rows]), torch.from_numpy(weight_aside[rows]))
            optimiser.zero_grad()
            ((loss.sum() + ASIDE * beside) / len(rows)).backward()
            torch.nn.utils.clip_grad_norm_(net.parameters(), STEEPEST)
            optimiser.step()
    with torch.no_grad():
        for p in net.parameters():
            p.copy_(p.bfloat16().float())  # as the file has them
    return net.eval()


def of_claims(aside, told, weight):
    """How far off the mode and the speaker of the clauses that hold a claim are told, added up."""
    held = told[:, 0] >= 0
    aside, told, weight = aside[held], told[held], weight[held]
    speakers = F.binary_cross_entropy_with_logits(aside[:, :SPEAKERS], told[:, 1:].float(), reduction="none").sum(1)
    modes = F.cross_entropy(aside[:, SPEAKERS:], told[:, 0].long(), reduction="none")
    return ((speakers + modes) * weight).sum()


def scores(nets, s, documents, out, told):
    """What some nets give in the mean for the clauses of some documents: scores, and what they tell of speaker and mode."""
    documents = [d for d in documents if d in s.documents]
    with torch.no_grad():
        for start in range(0, len(documents), 8):
            tensors, rows = s.batch([np.array(s.documents[d]) for d in documents[start:start + 8]])
            said = [net(*tensors) for net in nets]
            out[rows] = sum(torch.sigmoid(kinds) for kinds, _ in said).numpy() / len(nets)
            told[rows] = sum(map(beside, (aside for _, aside in said))).numpy() / len(nets)


def beside(aside):
    """What a net tells of speaker and mode, as probabilities."""
    return torch.cat([torch.sigmoid(aside[:, :SPEAKERS]), torch.softmax(aside[:, SPEAKERS:], 1)], 1)


def write_told(c, told, folder):
    """What is told of all documents as read, a file a document in FOLDER/<last part of its folder>."""
    starts = np.searchsorted(c.doc, np.arange(c.seen + 1))
    for d in range(c.seen):
        to = pathlib.Path(folder, c.folder[d])
        to.mkdir(parents=True, exist_ok=True)
        (to / (c.docs[d] + ".json")).write_text(json.dumps(told[starts[d]:starts[d + 1]].round(4).tolist()))


def write(nets, path):
    path.write_bytes(b"TWN4" + b"".join(map(packed, nets)))
    print(f"{path}: {len(nets)} nets, {path.stat().st_size} bytes")


def packed(net):
    def half(*tensors):
        bits = (t.detach().numpy().astype("<f4").view("<u4") >> 16 for t in tensors)
        return b"".join(b.astype("<u2").tobytes() for b in bits)
    out = struct.pack("<6H", WORD, DEP, TAG, HIDDEN, CLAUSE, CONTEXT) + half(net.words.weight, net.words.bias)
    out += half(net.masks.weight, net.deps.weight, net.tags.weight)
    for linear, norm in zip(net.rounds, net.norms):
        out += half(linear.weight, linear.bias, norm.weight, norm.bias)
    out += half(net.token.weight, net.token.bias, net.clause.weight, net.clause.bias, net.small.weight, net.small.bias + net.coder.weight[0])
    for way in ("", "_reverse"):
        out += half(*(getattr(net.carry, f"{what}_l0{way}") for what in ("weight_ih", "bias_ih", "weight_hh", "bias_hh")))
    out += half(net.mixed.weight, net.mixed.bias, net.context.weight, net.context.bias + net.coder_says.weight[0])
    return out + half(net.aside.weight, net.aside.bias, net.aside_context.weight, net.aside_context.bias)


def check(nets, evidence, path):
    clauses = json.loads(pathlib.Path(evidence).read_text())
    s = Sentences(SimpleNamespace(sent=[(0, c["p"], c["s"]) for c in clauses], tokens=[c["t"] for c in clauses]))
    out, told = np.zeros((len(clauses), N)), np.zeros((len(clauses), TOLD))
    scores(nets, s, [0], out, told)
    rows = np.concatenate([out, told], 1).round(5).tolist()
    pathlib.Path(path).write_text("[\n" + ",\n".join(map(json.dumps, rows)) + "\n]\n")


def main():
    ap = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    ap.add_argument("vectors"); ap.add_argument("folders", nargs="+"); ap.add_argument("--scores", required=True); ap.add_argument("--told"); ap.add_argument("--out"); ap.add_argument("--check", nargs=2)
    ap.add_argument("--also", nargs="*", default=[]); ap.add_argument("--blind", nargs="*", default=[])
    a = ap.parse_args()
    torch.set_num_threads(1)
    vectors = np.load(a.vectors).astype(np.float32)
    vectors *= LENGTH / (np.linalg.norm(vectors, axis=1, keepdims=True) + 1e-6)
    c = Corpus(*(list(zip(f[::2], f[1::2])) for f in (a.folders, a.also, a.blind)))
    s, third = Sentences(c), c.folds() % THIRDS
    out, told = (np.zeros((len(c.doc), width), np.float32) for width in (N, TOLD))
    for f in range(THIRDS):
        learned, held = (np.flatnonzero((third != f) & (np.arange(len(third)) < c.seen)), np.flatnonzero(third == f))
        scores([fit(c, s, vectors, learned, 100 * (n + 1) + f) for n in range(NETS)], s, held, out, told)
    np.save(a.scores, out)
    if a.told:
        write_told(c, told, a.told)
    keep = (c.home[c.doc] < c.judged) & ~c.blind
    kept = c.label[keep].reshape(-1)
    print(f"held out: AP {average_precision_score(kept[kept >= 0] == 1, out[keep].reshape(-1)[kept >= 0]):.3f}")
    if a.out:
        nets = [fit(c, s, vectors, np.arange(c.seen), 100 * (n + 1) + THIRDS) for n in range(NETS)]
        write(nets, pathlib.Path(a.out) / "net.bin")
        if a.check:
            check(nets, *a.check)


if __name__ == "__main__":
    main()
