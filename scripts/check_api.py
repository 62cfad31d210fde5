#!/usr/bin/env python3
"""check_api.py PROGRAM SCHEMATHESIS [EXAMPLES]: every operation of the room's OpenAPI document, asked in every way.

Opens a room over the sample reports and a mission, makes its first account and binds it to the mission's chief, and lets
schemathesis ask: with a token of that administrator, and as nobody. No answer may be a fault of the server's, or differ from
what is described. EXAMPLES (40) are what it makes up for each operation beside those at the bounds of each value.
"""

import http.cookiejar
import os
import re
import subprocess
import sys
import tempfile
import urllib.parse
import urllib.request
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
MANDATE = ROOT / "packs/vesk-orlava/missions/line-mission-2031.toml"
PASSWORD = "a password of some length"
CHECKS = [
    "not_a_server_error", "status_code_conformance", "content_type_conformance", "response_headers_conformance",
    "response_schema_conformance", "negative_data_rejection", "unsupported_method",
]


class Room:
    """The program, serving the sample reports and a mission on a free port."""

    def __init__(self, program, folder):
        ledger = str(Path(folder, "books.ledger"))
        run = [program, "--ledger", ledger]
        subprocess.run([*run, "add", "--quiet", ROOT / "samples/reports"], check=True, stdout=subprocess.DEVNULL)
        subprocess.run([*run, "mission", "mandate", MANDATE, "--by", "Orn"], check=True, stdout=subprocess.DEVNULL)
        self.log = Path(folder, "room.log")
        command = [*run, "serve", "--listen", "127.0.0.1:0", "--log", self.log]
        self.process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=ROOT)
        self.address = self.link = None
        while not (self.address and self.link):
            line = self.process.stdout.readline() or sys.exit("api: the room did not open")
            found = re.search(r"(http://127\.0\.0\.1:\d+)(/welcome/\S+)?", line)
            if found and found[2]:
                self.link = found[2]
            elif found:
                self.address = found[1]
        self.browser = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar()))

    def form(self, path, page=None, **fields):
        """Sends a form of a page, with the page's own word; gives the page that comes back."""
        shown = self.browser.open(self.address + (page or path)).read().decode()
        fields["csrf"] = re.search(r'name="csrf" value="([^"]+)"', shown)[1]
        body = urllib.parse.urlencode(fields, doseq=True).encode()
        return self.browser.open(self.address + path, body).read().decode()

    def token(self):
        """A token of the first account, an administrator who is chief of the mission."""
        self.form(self.link, name="Orn", password=PASSWORD, again=PASSWORD)
        accounts = self.browser.open(self.address + "/accounts").read().decode()
        part = next(p for p in re.findall(r'<option value="([^"]+)"', accounts) if "chief" in p)
        self.form("/accounts/1", page="/accounts", what="part", part=part)
        made = self.form("/account/tokens", page="/account", name="schemathesis", scope=["read", "write"])
        return re.search(r"<code[^>]*>([^<]{30,})</code>", made)[1]


def asked(tool, room, examples, folder, token=None):
    """Whether schemathesis is content."""
    command = [tool, "run", f"{room.address}/api/v1/openapi.json", "--checks", ",".join(CHECKS)]
    command += ["--phases", "examples,coverage,fuzzing", "--max-examples", examples, "--seed", "2031", "--no-color"]
    command += ["-H", f"Authorization: Bearer {token}"] if token else []
    print(f"api: {'with a token of an administrator' if token else 'as nobody'}", flush=True)
    return subprocess.run(command, cwd=folder, env=os.environ | {"PYTHONUNBUFFERED": "1"}).returncode == 0


def main():
    if len(sys.argv) not in (3, 4):
        sys.exit(__doc__)
    program, tool, examples = (*sys.argv[1:], "40")[:3]
    with tempfile.TemporaryDirectory() as folder:
        room = Room(str(Path(program).resolve()), folder)
        try:
            good = [asked(tool, room, examples, folder, token) for token in (room.token(), None)]
            faults = [line for line in room.log.read_text(encoding="utf-8").splitlines() if '"status":5' in line]
        finally:
            room.process.terminate()
            room.process.wait(timeout=60)
    print(*faults[:10], f"api: {len(faults)} answers of 500 and above in the room's log", sep="\n")
    sys.exit(0 if all(good) and not faults else 1)


if __name__ == "__main__":
    main()
