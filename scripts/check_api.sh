#!/bin/sh
# Every operation of the room's API asked by schemathesis, which is installed, pinned, into .venv/api where pip can; where
# it cannot, that is said and passed over, unless TRUCEWATCH_REQUIRE_API=1. The program is TRUCEWATCH_PROGRAM, else
# target/release/trucewatch or target/debug/trucewatch. `check_api.sh 400` makes up 400 requests for each operation.
set -eu
cd "$(dirname "$0")/.."

VENV=.venv/api
PACKAGES="schemathesis==4.32.5"

skip() {
	echo "api: skipped: $1" >&2
	test "${TRUCEWATCH_REQUIRE_API:-}" = 1 && exit 1
	exit 0
}

PROGRAM=${TRUCEWATCH_PROGRAM:-}
for built in target/release/trucewatch target/debug/trucewatch; do
	test -z "$PROGRAM" && test -x "$built" && PROGRAM=$PWD/$built
done
test -n "$PROGRAM" || skip "the program is not built (cargo build --bin trucewatch)"

python3 -m venv --help >/dev/null 2>&1 || skip "python3 has no venv (Debian: apt-get install python3-venv)"
test -x $VENV/bin/python || python3 -m venv $VENV
if test "$(cat $VENV/packages 2>/dev/null)" != "$PACKAGES"; then
	# shellcheck disable=SC2086
	$VENV/bin/python -m pip install --quiet --disable-pip-version-check $PACKAGES >/dev/null 2>&1 ||
		skip "pip could not install $PACKAGES"
	echo "$PACKAGES" >$VENV/packages
fi
exec python3 scripts/check_api.py "$PROGRAM" "$PWD/$VENV/bin/schemathesis" "$@"
