"""Sets lengths and areas of crates/line against GeographicLib (PyPI geographiclib) on random cases.

usage: check_line.py PROGRAM [CASES]     PROGRAM: the built example `geodesy`

Three kinds of cases, anywhere on the earth but within 85 degrees of the equator, the antimeridian included:
rings of 3 to 100 vertices, 2 to 2,000 km across: length and area; pairs of lines between the same two ends that cross
and touch: what each changed area holds by its own corners, and that won less lost is what the two lines enclose.
"""

import json
import math
import random
import subprocess
import sys

from geographiclib.geodesic import Geodesic

EARTH = Geodesic.WGS84
WITHIN = 1e-9


def turn(lon):
    return (lon + 180.0) % 360.0 - 180.0


def ring(rnd):
    """A ring round a middle: at random distances, in the order of azimuths, either way about."""
    lat, lon, size = rnd.uniform(-70, 70), rnd.uniform(-180, 180), 10 ** rnd.uniform(3, 6)
    azimuths = sorted(rnd.uniform(0, 360) for _ in range(rnd.randint(3, 100)))
    if rnd.random() < 0.5:
        azimuths.reverse()
    ends = [EARTH.Direct(lat, lon, a, size * rnd.uniform(0.3, 1.0)) for a in azimuths]
    return [[turn(e["lon2"]), e["lat2"]] for e in ends]


def line(rnd, start, azimuth, length, spread, count):
    """A line along a way, at random distances beside it, from end to end; each vertex is ahead of the one before."""
    places = [i / count for i in range(count + 1)]
    out = []
    for i, place in enumerate(places):
        on = EARTH.Direct(start[1], start[0], azimuth, length * place)
        off = 0.0 if i in (0, count) or rnd.random() < 0.1 else rnd.uniform(-spread, spread)
        at = EARTH.Direct(on["lat2"], on["lon2"], on["azi2"] + 90.0, off)
        out.append([turn(at["lon2"]), at["lat2"]])
    return out


def pair(rnd):
    start, azimuth = [rnd.uniform(-180, 180), rnd.uniform(-65, 65)], rnd.uniform(0, 360)
    length = 10 ** rnd.uniform(4, 6)
    count = rnd.randint(2, 40)
    spread = length / count
    first = line(rnd, start, azimuth, length, spread, count)
    second = line(rnd, start, azimuth, length, spread, rnd.randint(2, 40))
    second[0], second[-1] = first[0], first[-1]
    if rnd.random() < 0.3:
        second.reverse()
    return {"first": first, "second": second}


def measure(positions, closed):
    polygon = EARTH.Polygon(not closed)
    for lon, lat in positions:
        polygon.AddPoint(lat, lon)
    return polygon.Compute(False, True)


def area(positions):
    return measure(positions, True)[2]


def length(positions):
    return measure(positions, False)[1]


def off(ours, theirs, scale):
    return abs(ours - theirs) / scale


def ring_off(case, answer):
    corners = case["ring"]
    return max(off(answer["length"], length(corners), answer["length"]), off(answer["area"], area(corners), abs(area(corners))))


def pair_off(case, answer):
    """The largest of: each area by its own corners; won less lost against what both lines enclose."""
    first, second = case["first"], case["second"]
    if math.dist(first[0], second[0]) > 1e-9:
        second = second[::-1]
    total = sum(c["area"] for c in answer["changes"])
    worst = off(answer["length"], length(first), answer["length"])
    for change in answer["changes"]:
        worst = max(worst, off(change["area"], sum(area(r[:-1]) for r in change["rings"]), total))
    net = sum(c["area"] if c["from"] == "left" else -c["area"] for c in answer["changes"])
    return max(worst, off(net, area(first + second[-2:0:-1]), total)) if total else worst


def main():
    if len(sys.argv) not in (2, 3) or sys.argv[1].startswith("-"):
        sys.exit(__doc__)
    program, cases = sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 1000
    rnd = random.Random(20310413)
    asked = [{"ring": ring(rnd)} for _ in range(cases)] + [pair(rnd) for _ in range(cases // 5)]
    lines = "\n".join(json.dumps(c) for c in asked) + "\n"
    ran = subprocess.run([program], input=lines, capture_output=True, text=True, check=True)
    answers = [json.loads(a) for a in ran.stdout.splitlines()]
    assert len(answers) == len(asked), "an answer for each case"
    refused = [a["refused"] for a in answers if "refused" in a]
    worst = {"ring": 0.0, "pair": 0.0}
    areas = 0
    for case, answer in zip(asked, answers):
        if "refused" in answer:
            continue
        kind, found = ("ring", ring_off(case, answer)) if "ring" in case else ("pair", pair_off(case, answer))
        areas += len(answer.get("changes", []))
        worst[kind] = max(worst[kind], found)
        if found > WITHIN:
            print(f"check_line: {kind} off by {found:.1e}: {json.dumps(case)[:300]}", file=sys.stderr)
    said = f"{cases} rings within {worst['ring']:.1e}, {cases // 5} pairs of lines with {areas} changed areas within {worst['pair']:.1e}"
    print(f"check_line: {said} of GeographicLib; {len(refused)} refused {sorted(set(refused))[:3]}")
    sys.exit(1 if max(worst.values()) > WITHIN or len(refused) > cases // 50 else 0)


main()
