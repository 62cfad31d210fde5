#!/bin/sh
# The one file on a machine with nothing installed, as nearly as it can be had here: an empty folder, no environment, and
# where this is root a bare root folder that holds nothing but the program and the C library. Prints what it takes.
set -eu
PROGRAM=$(realpath "$1")
REPORT=$(realpath "$(dirname "$0")/../samples/reports/01-ternwire-dubrel.txt")
DIR=$(mktemp -d)
trap 'rm -rf "$DIR"' EXIT

cd "$DIR"
cp "$REPORT" report.txt
env -i "$PROGRAM" read report.txt --format jsonl >claims.jsonl
grep -q '"claims":\[{' claims.jsonl || { echo "dist: no claims were read" >&2; exit 1; }
env -i "$PROGRAM" packs >packs.txt
env -i "$PROGRAM" --ledger books.ledger add report.txt >/dev/null
env -i "$PROGRAM" --ledger books.ledger publish csv >incidents.csv
echo "dist: reads, keeps and publishes in an empty folder without environment, with $(grep -c . packs.txt) lines of packs"

if test "$(id -u)" = 0 && command -v ldd >/dev/null && command -v chroot >/dev/null; then
	mkdir root
	for library in $(ldd "$PROGRAM" | grep -o '/[^ ]*'); do
		mkdir -p "root$(dirname "$library")"
		cp -L "$library" "root$library"
	done
	cp "$PROGRAM" root/trucewatch
	cp report.txt root/report.txt
	if env -i "$(command -v chroot)" root /trucewatch read /report.txt --format jsonl >bare.jsonl; then
		cmp claims.jsonl bare.jsonl && echo "dist: reads the same in a bare root folder ($(find root -type f | wc -l) files)"
	else
		echo "dist: does not run in a bare root folder" >&2
		exit 1
	fi
fi

python3 - "$PROGRAM" <<'PYTHON' || true
import resource, subprocess, sys, time
for args in (["--version"], ["packs"], ["read", "report.txt"]):
    best = min(
        (lambda begun: (subprocess.run([sys.argv[1], *args], env={}, capture_output=True), time.perf_counter() - begun)[1])
        (time.perf_counter()) for _ in range(5))
    print(f"dist: {' '.join(args)}: {1000 * best:.0f} ms")
print(f"dist: memory at most {resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024} MB")
PYTHON
