"""Writes tiles of invented ground round the invented line of samples/line, in the form of the radar mission (.hgt).

usage: make_terrain.py FOLDER

Rolling hills and a ridge along the line, as whole numbers from sines alone, so that every machine makes the same tiles.
"""

import array
import math
import pathlib
import sys

SIDE = 1201


def height(lat, lon):
    hills = 60 * math.sin(lat * 90) + 45 * math.sin(lon * 70 + lat * 31) + 25 * math.sin(lat * 210 - lon * 160)
    ridge = 220 * math.exp(-(((lon + 124.9 + 0.05 * math.sin(lat * 12)) / 0.03) ** 2))
    return round(500 + hills + ridge)


def main():
    if len(sys.argv) != 2 or sys.argv[1].startswith("-"):
        sys.exit(__doc__)
    folder = pathlib.Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    for south in (-45, -46):
        for west in (-126, -125):
            tile = array.array("h")
            for row in range(SIDE):
                lat = south + 1 - row / (SIDE - 1)
                tile.extend(height(lat, west + column / (SIDE - 1)) for column in range(SIDE))
            if sys.byteorder == "little":
                tile.byteswap()
            (folder / f"S{-south:02d}W{-west:03d}.hgt").write_bytes(tile.tobytes())


main()
