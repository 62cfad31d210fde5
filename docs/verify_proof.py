#!/usr/bin/env python3
"""verify_proof.py PROOF KEY: check a proof of `trucewatch prove` with the log's key, as `trucewatch key` prints it."""
import base64, hashlib, json, sys
sha = lambda *parts: hashlib.sha256(b"".join(parts)).digest()
decode = lambda text: base64.b64decode(text, validate=True)
def root_of(leaf, index, size, path):  # RFC 9162, section 2.1.3.2
    node, last = sha(b"\0", leaf), size - 1
    for beside in path:
        if last == 0: return None
        if index & 1 or index == last:
            node = sha(b"\1", beside, node)
            while not index & 1 and index: index, last = index >> 1, last >> 1
        else: node = sha(b"\1", node, beside)
        index, last = index >> 1, last >> 1
    return node if last == 0 else None
if len(sys.argv) != 3: sys.exit(__doc__)
proof = open(sys.argv[1], encoding="utf-8").read()
if not proof.startswith("c2sp.org/tlog-proof@v1\n"): sys.exit("this is no proof")
head, note = proof.split("\n\n", 1)
_, extra, index, *path = head.split("\n")
text, signatures = note.rsplit("\n\n", 1)
name, size, root = text.split("\n")[:3]
leaf, index, size = decode(extra.removeprefix("extra ")), int(index.removeprefix("index ")), int(size)
if index >= size or root_of(leaf, index, size, map(decode, path)) != decode(root):
    sys.exit("the proof does not lead to the checkpoint's root")
key_name, key = sys.argv[2].split("+")[0], decode(sys.argv[2].split("+", 2)[2].strip())
signed = [decode(s.split(" ")[2]) for s in signatures.splitlines() if s.startswith(f"— {key_name} ")]
signed = [s[4:] for s in signed if s[:4] == sha(key_name.encode(), b"\n", key)[:4]]
if name != key_name or not signed: sys.exit("the checkpoint is not signed by this key")
try: from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
except ImportError: sys.exit("the path holds; the signature was not checked: pip install cryptography")
Ed25519PublicKey.from_public_bytes(key[1:]).verify(signed[0], (text + "\n").encode())  # raises where it is not so
print("holds under the checkpoint of", name, "with", size, "entries:", json.loads(leaf))
