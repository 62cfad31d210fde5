#!/bin/sh
# The room in a real Chromium, end to end: builds its scripts, installs Chromium by apt-get where it is missing, and runs
# crates/room/web/e2e against the program TRUCEWATCH_PROGRAM (target/release/trucewatch or target/debug/trucewatch).
# Where something is missing, says what and passes, unless TRUCEWATCH_REQUIRE_BROWSER=1.
set -eu
cd "$(dirname "$0")/.."
ROOT=$PWD

skip() {
	echo "e2e: skipped: $1" >&2
	test "${TRUCEWATCH_REQUIRE_BROWSER:-}" = 1 && exit 1
	exit 0
}

browser() {
	test -x "${TRUCEWATCH_CHROMIUM:-/usr/bin/chromium}"
}

install_browser() {
	test "$(id -u)" = 0 && command -v apt-get >/dev/null || return 0
	echo "e2e: installing chromium" >&2
	{ apt-get -qq update && apt-get -qq install -y --no-install-recommends chromium fonts-dejavu-core; } >/dev/null 2>&1 || return 0
}

command -v npm >/dev/null || skip "npm is not there"
browser || install_browser
browser || skip "chromium is not there (Debian: apt-get install chromium)"

PROGRAM=${TRUCEWATCH_PROGRAM:-}
for built in target/release/trucewatch target/debug/trucewatch; do
	test -z "$PROGRAM" && test -x "$built" && PROGRAM=$ROOT/$built
done
test -n "$PROGRAM" || skip "the program is not built (cargo build --bin trucewatch)"

cd crates/room/web
test -d node_modules || npm ci --silent || skip "npm could not fetch the packages"
test -d dist || npm run --silent build
TRUCEWATCH_PROGRAM=$PROGRAM exec npm run --silent e2e
