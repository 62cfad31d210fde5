#!/usr/bin/env python3
"""load_room.py PROGRAM LEDGER [--seconds N] [--clients 1,16,64]: the room under load.

Opens the room over a ledger, asks for the first page at once (its time is that from the program's start) and then for
each page once, then lets so many clients ask for the same kind of page one request after the other, on connections that
are kept open, and prints one table: milliseconds that half of the answers and 99 in 100 stay below, answers a second,
milliseconds of a core that the room works for one, errors, and the memory of the room. The clients are of this one
process and on the same cores as the room: what is printed is an upper bound. The work for one says more than the clock where the machine is shared.
"""

import argparse
import asyncio
import json
import os
import re
import subprocess
import time
import urllib.parse
import urllib.request

#: Each kind of page: its name and the addresses that make it up, asked for one after the other.
PAGES = {
    "today": ["/"],
    "incidents with map": ["/incidents", "/map.json"],
    "search": ["/search?q={word}"],
    "document": ["/documents/{document}"],
    "api list": ["/api/v1/incidents?limit=50"],
}


class Room:
    """The program, serving a ledger on a free port."""

    def __init__(self, program, ledger):
        command = [program, "--ledger", ledger, "serve", "--listen", "127.0.0.1:0"]
        self.begun = time.perf_counter()
        self.process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        said = (re.search(r"http://(127\.0\.0\.1):(\d+)/?\s*$", line) for line in self.process.stdout)
        found = next(match for match in said if match)
        self.host, self.port = found[1], int(found[2])

    def get(self, path):
        with urllib.request.urlopen(f"http://{self.host}:{self.port}{path}", timeout=600) as answer:
            return answer.read()

    def memory(self, name):
        """Megabytes: `VmRSS` now, `VmHWM` at most."""
        with open(f"/proc/{self.process.pid}/status", encoding="ascii") as status:
            return int(re.search(rf"{name}:\s+(\d+)", status.read())[1]) // 1024

    def worked(self):
        """Seconds of a core that it has worked."""
        with open(f"/proc/{self.process.pid}/stat", encoding="ascii") as stat:
            fields = stat.read().rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def end(self):
        self.process.terminate()
        self.process.wait(timeout=60)


async def ask(streams, room, path):
    """One answer: whether it is what was asked for, and the streams to go on with."""
    reader, writer = streams or await asyncio.open_connection(room.host, room.port)
    writer.write(f"GET {path} HTTP/1.1\r\nHost: {room.host}:{room.port}\r\n\r\n".encode())
    head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").lower()
    length = re.search(r"content-length: (\d+)", head)
    if length:
        await reader.readexactly(int(length[1]))
    else:
        while size := int((await reader.readline()).strip() or b"0", 16):
            await reader.readexactly(size + 2)
        await reader.readline()
    return head.startswith("http/1.1 200"), (reader, writer)


async def client(room, paths, until, times, errors):
    streams = None
    while time.perf_counter() < until:
        begun = time.perf_counter()
        try:
            for path in paths:
                good, streams = await ask(streams, room, path)
                errors.extend([path] if not good else [])
            times.append(time.perf_counter() - begun)
        except (OSError, asyncio.IncompleteReadError, ValueError) as error:
            errors.append(f"{path}: {error}")
            streams = None


async def load(room, paths, clients, seconds):
    times, errors = [], []
    until = time.perf_counter() + seconds
    await asyncio.gather(*(client(room, paths, until, times, errors) for _ in range(clients)))
    return sorted(times), errors


def settled(room, pause=0.5):
    """Waits until the room no longer works ahead, so that what is measured next is what was asked for."""
    before = -1.0
    while room.worked() > before:
        before = room.worked()
        time.sleep(pause)


def share(times, part):
    return 1000 * times[min(len(times) - 1, int(len(times) * part))] if times else float("nan")


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("program")
    parser.add_argument("ledger")
    parser.add_argument("--seconds", type=float, default=5)
    parser.add_argument("--clients", default="1,16,64")
    parser.add_argument("--word", default="explosions")
    args = parser.parse_args()
    room = Room(args.program, args.ledger)
    try:
        run(room, args)
    finally:
        room.end()


def run(room, args):
    room.get("/")
    first, worked = {"today": time.perf_counter() - room.begun}, room.worked()
    settled(room)
    claims = json.loads(room.get("/api/v1/claims?limit=1"))["items"]
    words = {"word": urllib.parse.quote(args.word), "document": claims[0]["document"] if claims else "none"}
    print("| page | first, ms | clients | p50, ms | p99, ms | a second | work, ms | errors |\n|---|---|---|---|---|---|---|---|")
    for name, paths in PAGES.items():
        paths = [path.format(**words) for path in paths]
        begun = time.perf_counter()
        for path in paths:
            room.get(path)
        first.setdefault(name, time.perf_counter() - begun)
        for clients in map(int, args.clients.split(",")):
            before = room.worked()
            times, errors = asyncio.run(load(room, paths, clients, args.seconds))
            work = 1000 * (room.worked() - before) / max(len(times), 1)
            row = [name, f"{1000 * first[name]:.0f}", clients, f"{share(times, 0.5):.1f}", f"{share(times, 0.99):.1f}"]
            row += [f"{len(times) / args.seconds:.0f}", f"{work:.1f}", len(errors)]
            print("| " + " | ".join(map(str, row)) + " |", flush=True)
    print(f"\nfrom the program's start to its first page: {1000 * first['today']:.0f} ms, {1000 * worked:.0f} ms of work")
    print(f"memory: {room.memory('VmRSS')} MB at the end, {room.memory('VmHWM')} MB at most")


if __name__ == "__main__":
    main()
