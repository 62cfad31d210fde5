#!/usr/bin/env python3
"""Dump what spaCy says of texts, in the form of crates/syntax/examples/dump.rs.

    spacy_dump.py MODEL_FOLDER < texts.jsonl > expected.jsonl

Each input line is {"id": …, "text": …}. Each output line adds "tokens", one list a token: word, offset in code points,
tag, pos, morph, lemma, dep, head, whether it starts a sentence, IOB, entity. Needs spaCy 3.8 (scripts/parity.py makes a
virtual environment with it).
"""

import json
import sys

import spacy


def rows(doc):
    for t in doc:
        yield [t.text, t.idx, t.tag_, t.pos_, str(t.morph), t.lemma_, t.dep_, t.head.i, int(bool(t.is_sent_start)),
               t.ent_iob_, t.ent_type_]


def main():
    nlp = spacy.load(sys.argv[1])
    lines = [json.loads(line) for line in sys.stdin]
    for line, doc in zip(lines, nlp.pipe((line["text"] for line in lines), batch_size=64)):
        print(json.dumps({"id": line["id"], "text": line["text"], "tokens": list(rows(doc))}, ensure_ascii=False,
                         separators=(",", ":")))


if __name__ == "__main__":
    main()
