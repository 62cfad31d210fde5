#!/usr/bin/env python3
"""check_exports.py PROGRAM: write every export of the sample reports and open each with the programs that people use.

Checks whose library or program is missing are left out by name; with TRUCEWATCH_REQUIRE_EXPORTS=1 that is a failure.
"""

import csv
import hashlib
import html.parser
import importlib.util
import io
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import urllib.request
import zipfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FORMS = {
    "csv": "incidents.csv", "claims-csv": "claims.csv", "jsonl": "claims.jsonl", "geojson": "incidents.geojson",
    "gpkg": "trucewatch.gpkg", "parquet": "incidents.parquet", "claims-parquet": "claims.parquet",
    "ftm": "entities.ftm.json", "acled": "acled.csv", "ged": "ged.csv", "markdown": "brief.md", "html": "brief.html",
    "docx": "brief.docx", "zip": "bundle.zip",
}
FILTER = "from=2031-03-01"
UNREVIEWED = "read by machine, not reviewed"
CHECKS = []


class Books:
    """The sample reports in a ledger, and every export of it."""

    def __init__(self, program, folder):
        self.program, self.folder = program, Path(folder)
        self.ledger = self.folder / "books.ledger"
        self.run("add", ROOT / "samples/reports")
        for form, name in FORMS.items():
            self.run("publish", form, "--from", "2031-03-01", "--out", self.folder / name)

    def run(self, *args, ledger=None):
        command = [self.program, "--ledger", str(ledger or self.ledger), *map(str, args)]
        done = subprocess.run(command, capture_output=True, text=True, cwd=ROOT)
        assert done.returncode == 0, f"{' '.join(command)}: {done.stderr}"
        return done.stdout

    def path(self, form):
        return self.folder / FORMS[form]

    def text(self, form):
        return self.path(form).read_text(encoding="utf-8")

    def rows(self, form):
        return list(csv.DictReader(io.StringIO(self.text(form), newline="")))[1:]


def check(needs=()):
    """Marks a check, with the modules or programs that it needs."""

    def keep(function):
        CHECKS.append((function, needs))
        return function

    return keep


def is_there(need):
    return shutil.which(need) is not None if need in ("ogrinfo", "soffice") else importlib.util.find_spec(need) is not None


@check()
def csv_has_tags_and_no_formulas(books):
    for form in ["csv", "claims-csv", "acled", "ged"]:
        head, tags, *rows = csv.reader(io.StringIO(books.text(form), newline=""))
        assert rows and all(len(row) == len(head) for row in rows), form
        assert all(re.fullmatch(r"#[a-z][a-z0-9_]*(\+[a-z][a-z0-9_]*)*", tag) for tag in tags), tags
        for cell in (cell for row in rows for cell in row):
            assert not re.match(r"[=@\t\r]|[+-](?![0-9.]+$)", cell), cell
        assert all(FILTER in row for row in rows), form
        assert all(any(UNREVIEWED in cell for cell in row) for row in rows), form


@check()
def html_has_no_script_and_loads_nothing(books):
    ids, targets, names = set(), set(), []

    class Page(html.parser.HTMLParser):
        def handle_starttag(self, tag, attrs):
            attrs = dict(attrs)
            names.append(tag)
            assert not any(name.startswith("on") or name in ("src", "srcset") for name in attrs), attrs
            ids.update({attrs["id"]} if "id" in attrs else set())
            if tag == "a":
                assert attrs["href"].startswith("#"), attrs
                targets.add(attrs["href"][1:])

    Page().feed(books.text("html"))
    assert not {"script", "link", "iframe", "img", "object", "embed", "form"} & set(names)
    assert targets and targets <= ids, targets - ids
    assert FILTER in books.text("html") and UNREVIEWED in books.text("html").lower()


@check()
def jsonl_comes_back_the_same(books):
    whole = books.run("publish", "jsonl")
    (books.folder / "whole.jsonl").write_text(whole, encoding="utf-8")
    back = books.run("publish", "jsonl", "--claims", books.folder / "whole.jsonl")
    assert back.splitlines()[1:] == whole.splitlines()[1:]
    lines = [json.loads(line) for line in books.text("jsonl").splitlines()[1:]]
    texts = {line["document"]["id"]: line["document"]["text"] for line in lines if "document" in line}
    claims = [line["claim"] for line in lines if "claim" in line]
    assert claims
    assert all(texts[c["document"]][c["start"]:c["end"]] == c["quote"] for c in claims)


@check()
def zip_comes_back_with_the_same_root(books):
    with zipfile.ZipFile(books.path("zip")) as bundle:
        manifest = json.loads(bundle.read("manifest.json"))
        named = {member["name"]: member["sha256"] for member in manifest["members"]}
        assert set(named) | {"manifest.json"} == set(bundle.namelist())
        for name, sha256 in named.items():
            assert hashlib.sha256(bundle.read(name)).hexdigest() == sha256, name
        for form, name in FORMS.items():
            assert form == "zip" or bundle.read(name) == books.path(form).read_bytes(), name
        proofs = [name for name in named if name.endswith(".tlog-proof")]
        (books.folder / "keys.txt").write_bytes(bundle.read("history/keys.txt"))
        (books.folder / "proof").write_bytes(bundle.read(proofs[0]))
    again = books.folder / "again.ledger"
    books.run("import", books.path("zip"), ledger=again)
    roots = [books.run("verify", ledger=ledger).splitlines()[-1] for ledger in (books.ledger, again)]
    assert roots[0] == roots[1] == f"root {manifest['root']}", roots
    assert proofs
    books.run("verify-proof", books.folder / "proof", "--key", books.folder / "keys.txt")


@check(needs=["ogrinfo"])
def geopackage_opens_with_gdal(books):
    rows = books.rows("csv")
    placed = [row for row in rows if row["lat"]]
    counts = {"incidents": len(rows), "areas": len(placed), "claims": len(books.rows("claims-csv"))}
    for layer, count in counts.items():
        says = ogrinfo(books.path("gpkg"), layer)
        assert f"Feature Count: {count}\n" in says, says
    assert "Geometry: Point" in ogrinfo(books.path("gpkg"), "incidents")
    assert "date_from: Date" in ogrinfo(books.path("gpkg"), "incidents")
    assert "Geometry: Polygon" in ogrinfo(books.path("gpkg"), "areas")
    found = ogrinfo(books.path("gpkg"), "incidents", "-spat", "-180", "-90", "180", "90")
    assert f"Feature Count: {len(placed)}\n" in found, found
    assert FILTER in ogrinfo(books.path("gpkg"), "about", full=True)


@check(needs=["ogrinfo"])
def geojson_opens_with_gdal(books):
    says = ogrinfo(books.path("geojson"), "incidents", "-oo", "NATIVE_DATA=NO")
    assert f"Feature Count: {len(books.rows('csv'))}\n" in says, says
    about = json.loads(books.text("geojson"))["about"]
    assert ["from", "2031-03-01"] in about["filter"] and about["packs"] and about["cut_off"]


def ogrinfo(path, layer, *more, full=False):
    command = ["ogrinfo", "-ro", *([] if full else ["-so"]), *more, str(path), layer]
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.returncode == 0 and not done.stderr.strip(), done.stderr
    return done.stdout


@check(needs=["pyarrow"])
def parquet_opens_with_pyarrow(books):
    import pyarrow
    import pyarrow.parquet

    for form, table_form in [("parquet", "csv"), ("claims-parquet", "claims-csv")]:
        table, rows = pyarrow.parquet.read_table(books.path(form)), books.rows(table_form)
        assert table.num_rows == len(rows)
        assert table.schema.field("date_from").type == pyarrow.date32()
        assert table.schema.field("lat").type == pyarrow.float64()
        assert table.schema.metadata[b"filter"].decode() == FILTER
        assert UNREVIEWED in table.schema.metadata[b"review"].decode()
        days = ["" if day is None else day.isoformat() for day in table["date_from"].to_pylist()]
        assert days == [row["date_from"] for row in rows]


@check(needs=["followthemoney"])
def entities_are_valid_for_followthemoney(books):
    from followthemoney import model

    all_of_them = [json.loads(line) for line in books.text("ftm").splitlines()]
    ids = {entity["id"] for entity in all_of_them}
    assert len(ids) == len(all_of_them)
    assert {"Document", "Event", "Note", "PublicBody"} <= {entity["schema"] for entity in all_of_them}
    for entity in all_of_them:
        schema = model.get(entity["schema"])
        schema.validate(entity)
        for name, values in entity["properties"].items():
            prop = schema.get(name)
            assert prop is not None and not prop.stub, (entity["schema"], name)
            cleaned = [prop.type.clean(value) for value in values]
            assert None not in cleaned, (name, values)
            if prop.range is not None:
                assert set(values) <= ids, (name, values)


@check(needs=["docx"])
def docx_opens_with_python_docx(books):
    import docx
    from docx.opc.constants import RELATIONSHIP_TYPE

    document = docx.Document(str(books.path("docx")))
    words = "\n".join(paragraph.text for paragraph in document.paragraphs)
    assert FILTER in words and UNREVIEWED in words
    assert document.core_properties.title and FILTER in document.core_properties.comments
    styles = {paragraph.style.name for paragraph in document.paragraphs}
    assert {"Title", "Heading 1"} <= {style[:1].upper() + style[1:] for style in styles}, styles
    body = document.part.blob.decode()
    notes = document.part.part_related_by(RELATIONSHIP_TYPE.FOOTNOTES).blob.decode()
    references = re.findall(r'<w:footnoteReference w:id="(\d+)"/>', body)
    held = re.findall(r'<w:footnote w:id="(\d+)">', notes)
    cited = dict(re.findall(r'<li id="note-(\d+)".*?<q dir="auto">(.*?)</q></li>', books.text("html")))
    assert references == [str(n) for n in range(1, len(references) + 1)], references
    assert set(references) == set(held) and held, (references, held)
    assert set(held) == set(cited), (held, set(cited))
    said = html.unescape(re.sub(r"<[^>]+>", "", notes))
    assert all(html.unescape(words) in said for words in cited.values())


@check(needs=["soffice"])
def docx_opens_in_libreoffice(books):
    profile = f"-env:UserInstallation=file://{books.folder}/office"
    command = ["soffice", profile, "--headless", "--convert-to", "txt:Text", "--outdir", str(books.folder / "read")]
    subprocess.run([*command, str(books.path("docx"))], check=True, capture_output=True, timeout=180)
    words = (books.folder / "read" / "brief.txt").read_text(encoding="utf-8-sig")
    assert FILTER in words and UNREVIEWED in words


@check(needs=["feedparser"])
def feeds_are_sound_atom(books):
    import feedparser

    command = [books.program, "--ledger", str(books.ledger), "serve", "--listen", "127.0.0.1:0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=ROOT) as room:
        try:
            address = next(found[0] for line in room.stdout if (found := re.findall(r"http://127\.0\.0\.1:\d+", line)))
            for path in ["/feeds/incidents?days=all", "/feeds/briefs"]:
                feed = feedparser.parse(urllib.request.urlopen(address + path).read())
                assert not feed.bozo and feed.version == "atom10", (path, feed.get("bozo_exception"))
                assert feed.feed.id and feed.feed.title and feed.feed.updated_parsed
                assert len({entry.id for entry in feed.entries}) == len(feed.entries)
                assert all(e.title and e.updated_parsed and e.link for e in feed.entries)
            for form, name in FORMS.items():
                if form != "zip":
                    answer = urllib.request.urlopen(f"{address}/export/{form}?days=all")
                    assert name in answer.headers["content-disposition"] and answer.read()
        finally:
            room.terminate()


def main():
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    required = os.environ.get("TRUCEWATCH_REQUIRE_EXPORTS") == "1"
    bad = 0
    with tempfile.TemporaryDirectory() as folder:
        books = Books(str(Path(sys.argv[1]).resolve()), folder)
        for function, needs in CHECKS:
            name = function.__name__.replace("_", " ")
            missing = [need for need in needs if not is_there(need)]
            if missing:
                print(f"exports: skipped: {name}: {', '.join(missing)} is not there", file=sys.stderr)
                bad += required
                continue
            try:
                function(books)
                print(f"exports: {name}")
            except Exception as error:  # each check is told of, whatever goes wrong in it
                print(f"exports: FAILED: {name}: {type(error).__name__}: {error}", file=sys.stderr)
                bad += 1
    sys.exit(1 if bad else 0)


if __name__ == "__main__":
    main()
