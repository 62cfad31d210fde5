#!/usr/bin/env python3
"""synthetic.py COUNT: print so many invented reports as lines of JSON, about 100 words and 25 reports a day.

The same COUNT gives the same lines; the first lines of a larger COUNT are those of a smaller one. Everything in them is
of the invented conflict of packs/vesk-orlava.
"""

import datetime
import json
import random
import sys

PLACES = ["Dubrel", "Kolvar", "Jastel", "Olmet", "Rostva", "Hollin", "Vardol", "Zarnik", "Tremmick", "Lazkery"]
SIDES = [("Vesk", "Veskan"), ("Orlava", "Orlavan")]
WEAPONS = ["artillery", "mortar", "small-arms", "machine-gun", "tank", "rocket"]
HOURS = ["at dawn", "before noon", "in the afternoon", "towards evening", "around midnight", "in the early hours"]
OUTLETS = ["Ternwire", "Evening Post", "Courier", "Channel Six", "Kethra Now", "Planetbrief"]
FIRST = datetime.date(2031, 3, 6)

SENTENCES = [
    "The {adj} Defence Ministry said that {other} forces had opened {weapon} fire on the village of {place} {hour} on {weekday}.",
    "{Other} denied that its units had fired on {place}.",
    "According to {name}'s military, {n} soldiers were killed and {m} were wounded near {place}.",
    "The Joint Line Mission said its observers had heard {k} explosions near {place2} on {weekday}.",
    "{Name} said that a drone of the {other} army had been shot down over {place2} {hour}.",
    "A spokesman for the {other} army said that its posts at {place2} had come under {weapon} fire {hour}.",
    "{Name} accused {Other} of breaking the ceasefire {k} times since {weekday}.",
    "{n} houses in {place} were damaged, the head of the village told {outlet}.",
    "The foreign ministers of {name} and {Other} will meet in Halmora next week, the Ilmerian government said.",
    "{Other} called on {name} to withdraw its troops from the heights above {place}.",
    "The Lantern Society said that {k} families had left {place2} for Rivna and Harvoi since {weekday}.",
    "{Name} handed over the bodies of {n} soldiers to {Other} at the bridge of {place2}, the mission said.",
    "An aid convoy of {n} lorries reached {place} {hour}, after waiting for {m} hours at the crossing.",
    "Nobody was hurt, and the road to {place2} stayed open, residents said.",
    "Karsund said that it would send {k} more observers if both sides agreed.",
]


def report(number):
    """The report of a number: its day, its outlet, its text."""
    draw = random.Random(number)
    day = FIRST + datetime.timedelta(days=number // 25)
    (name, adj), (other_name, other) = draw.sample(SIDES, 2)
    words = {
        "name": name, "Name": name, "adj": adj, "other": other, "Other": other_name,
        "weekday": (day - datetime.timedelta(days=draw.randint(0, 1))).strftime("%A"), "outlet": draw.choice(OUTLETS),
    }
    sentences = []
    while sum(len(s.split()) for s in sentences) < 95:
        words |= {"weapon": draw.choice(WEAPONS), "hour": draw.choice(HOURS), "k": draw.randint(2, 40)}
        words |= {"place": draw.choice(PLACES), "place2": draw.choice(PLACES), "n": draw.randint(2, 9)}
        words |= {"m": draw.randint(2, 30)}
        sentences.append(draw.choice(SENTENCES).format(**words))
    title = f"{words['place']}: report {number} of {day:%d %B}"
    return {"id": f"synthetic-{number:06}", "text": f"{title}\n\n{' '.join(sentences)}\n", "dct": day.isoformat()}


def main():
    if len(sys.argv) != 2 or not sys.argv[1].isdigit():
        sys.exit(__doc__)
    for number in range(int(sys.argv[1])):
        print(json.dumps(report(number)))


if __name__ == "__main__":
    main()
