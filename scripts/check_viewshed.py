"""Sets what crates/line sees over generated terrain against gdal_viewshed, cell by cell.

usage: check_viewshed.py PROGRAM     PROGRAM: the built example `viewshed`

Terrains are made here: rolling, steep with ridges, and rough (noise in every cell), with the eye in the middle, near an
edge and on a height, with and without refraction. gdal_viewshed lets the ground under the eye hide what lies below it (as if
it stood one cell away, in all directions but along the row); we do not, because nobody's view ends at their feet. So cells
are compared twice: as we see, and with that ground hiding too, which must leave no cell unexplained.

The same heights are given to us once more as GeoTIFF in degrees, in the forms in which GDAL writes them (packed by DEFLATE or
LZW with predictors, in tiles or strips, of either byte order); what is seen must be the same to the cell.
"""

import math
import pathlib
import random
import subprocess
import sys
import tempfile

WITHIN = 0.99
EXPLAINED = 0.9999
CELL = 30.0
SIDE = 301


def terrain(kind, rnd):
    waves = [(rnd.uniform(0.01, 0.12), rnd.uniform(0.01, 0.12), rnd.uniform(0, 6.28), rnd.uniform(5, 60)) for _ in range(8)]
    rough = {"rolling": 0.0, "ridges": 0.5, "rough": 12.0}[kind]
    ridge = 180.0 if kind == "ridges" else 0.0

    def height(c, r):
        h = 400.0 + sum(a * math.sin(u * c + v * r + p) for u, v, p, a in waves)
        h += ridge * max(0.0, 1.0 - abs((c + 0.4 * r) % 90 - 45) / 12.0)
        return h + rough * rnd.random()

    return [[round(height(c, r), 2) for c in range(SIDE)] for r in range(SIDE)]


def write(path, rows):
    head = f"ncols {SIDE}\nnrows {SIDE}\nxllcorner 500000\nyllcorner 4400000\ncellsize {CELL}\nNODATA_value -9999\n"
    path.write_text(head + "\n".join(" ".join(f"{h:.2f}" for h in row) for row in rows) + "\n")


FORMS = [
    ["COMPRESS=DEFLATE", "TILED=YES", "PREDICTOR=3"],
    ["COMPRESS=LZW", "PREDICTOR=1"],
    ["COMPRESS=NONE", "ENDIANNESS=BIG"],
]


def degrees(grid, form):
    """The heights of a grid as GeoTIFF in degrees."""
    tif = grid.with_suffix(".degrees.tif")
    options = [word for option in form for word in ("-co", option)]
    run("gdal_translate", "-q", "-ot", "Float32", "-a_srs", "EPSG:4326", "-a_ullr", 10, 45, 10.301, 44.699, *options, grid, tif)
    return tif


def run(*args):
    return subprocess.run([str(a) for a in args], check=True, capture_output=True, text=True).stdout


def theirs(folder, grid, column, row, eye, target, reach, refraction):
    """gdal_viewshed's cells by (column, row): it writes only the square round the eye."""
    tif, out, asc = folder / "in.tif", folder / "out.tif", folder / "out.asc"
    run("gdal_translate", "-q", "-a_srs", "EPSG:32638", grid, tif)
    east, north = 500000 + (column + 0.5) * CELL, 4400000 + (SIDE - row - 0.5) * CELL
    run("gdal_viewshed", "-q", "-md", reach, "-ox", east, "-oy", north, "-oz", eye, "-tz", target, "-cc", 1 - refraction,
        "-vv", 255, "-iv", 0, "-ov", 128, tif, out)
    run("gdal_translate", "-q", "-of", "AAIGrid", out, asc)
    lines = asc.read_text().split("\n")
    head = dict(l.split() for l in lines[:5])
    rows = [l.split() for l in lines[5:] if l and not l[0].isalpha()]
    left = round((float(head["xllcorner"]) - 500000) / CELL)
    bottom = round((float(head["yllcorner"]) - 4400000) / CELL)
    top = SIDE - bottom - len(rows)
    return {(left + c, top + r): v for r, line in enumerate(rows) for c, v in enumerate(line)}


def main():
    if len(sys.argv) != 2 or sys.argv[1].startswith("-"):
        sys.exit(__doc__)
    program = sys.argv[1]
    rnd = random.Random(20310507)
    cells, ours, like_theirs, worst = 0, 0, 0, 1.0
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        for kind, form in zip(["rolling", "ridges", "rough"], FORMS):
            grid = folder / f"{kind}.asc"
            write(grid, terrain(kind, rnd))
            tif = degrees(grid, form)
            for view in [
                (150, 150, 4, 2, 4000, 1 / 7),
                (20, 280, 10, 0, 9000, 1 / 7),
                (200, 40, 30, 2, 20000, 0.0),
            ]:
                told = theirs(folder, grid, *view)
                agree = []
                for ground in ["own", "gdal"]:
                    told_by_us = run(program, grid, *view, ground)
                    if run(program, f"{tif}@{CELL:g}", *view, ground) != told_by_us:
                        sys.exit(f"check_viewshed: {kind}: over GeoTIFF ({' '.join(form)}) another view than over the same heights")
                    seen = [line.split() for line in told_by_us.split("\n") if line]
                    in_reach = [k for k, v in told.items() if seen[k[1]][k[0]] != "128" or v != "128"]
                    agree.append(sum(seen[r][c] == told[c, r] for c, r in in_reach))
                cells, ours, like_theirs = cells + len(in_reach), ours + agree[0], like_theirs + agree[1]
                worst = min(worst, agree[0] / len(in_reach))
    print(f"check_viewshed: {ours} of {cells} cells agree with gdal_viewshed ({100 * ours / cells:.3f} %, {100 * worst:.3f} % in the "
          f"worst of 9 views); with the eye's own ground hiding as it has it, {like_theirs} do ({100 * like_theirs / cells:.3f} %); over GeoTIFF in {len(FORMS)} forms every cell is as "
          f"over the same heights")
    sys.exit(0 if ours / cells >= WITHIN and like_theirs / cells >= EXPLAINED else 1)


main()
