#!/usr/bin/env python3
"""pack_dist.py PROGRAM TO MODELS PACKS: the program with the model, the gazetteer and the packs appended to its file.

The form is told in crates/desk/src/world/inside.rs. Symbols are stripped where `strip` is there.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

MAGIC = b"TWINSIDE"
ALIGN = 64
#: What is read of a pack, and what has to go with it.
OF_PACKS = {".toml", ".csv", ".geojson", ".md", ".txt"}


def members(models, packs):
    """Names and files, in the order of names."""
    model = max(folder for folder in models.iterdir() if (folder / "meta.json").is_file())
    found = {f"models/{model.name}/{path.relative_to(model)}": path for path in model.rglob("*") if path.is_file()}
    if (models / "gazetteer.bin").is_file():
        found["models/gazetteer.bin"] = models / "gazetteer.bin"
    of_packs = (path for path in packs.rglob("*") if path.is_file() and path.suffix in OF_PACKS)
    found |= {f"packs/{path.relative_to(packs)}": path for path in of_packs}
    return sorted(found.items())


def main():
    if len(sys.argv) != 5:
        sys.exit(__doc__)
    program, to, models, packs = map(Path, sys.argv[1:])
    to.parent.mkdir(parents=True, exist_ok=True)
    part = to.with_suffix(".part")
    shutil.copy(program, part)
    if shutil.which("strip"):
        subprocess.run(["strip", str(part)], check=True)
    index, stripped = [], part.stat().st_size
    with part.open("ab") as out:
        for name, path in members(models, packs):
            out.write(b"\0" * (-out.tell() % ALIGN))
            content = path.read_bytes()
            index.append(f"{out.tell()} {len(content)} {name}\n")
            out.write(content)
        lines = "".join(index).encode()
        out.write(lines + len(lines).to_bytes(8, "little") + MAGIC)
    os.replace(part, to)
    print(f"{to}: {to.stat().st_size:,} bytes, {stripped:,} of them the program, {len(index)} members")


if __name__ == "__main__":
    main()
