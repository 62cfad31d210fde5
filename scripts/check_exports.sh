#!/bin/sh
# Every export opened with the programs that people will use. Python's packages are installed, pinned, into .venv/exports
# where pip can; what is missing is left out by name, unless TRUCEWATCH_REQUIRE_EXPORTS=1. The program is
# TRUCEWATCH_PROGRAM, else target/release/trucewatch or target/debug/trucewatch.
set -eu
cd "$(dirname "$0")/.."

VENV=.venv/exports
PACKAGES="pyarrow==26.0.1 followthemoney==4.11.2 python-docx==1.2.0 feedparser==6.0.14"

PROGRAM=${TRUCEWATCH_PROGRAM:-}
for built in target/release/trucewatch target/debug/trucewatch; do
	test -z "$PROGRAM" && test -x "$built" && PROGRAM=$PWD/$built
done
if test -z "$PROGRAM"; then
	echo "exports: skipped: the program is not built (cargo build --bin trucewatch)" >&2
	test "${TRUCEWATCH_REQUIRE_EXPORTS:-}" = 1 && exit 1
	exit 0
fi

PYTHON=python3
if python3 -m venv --help >/dev/null 2>&1; then
	test -x $VENV/bin/python || python3 -m venv $VENV
	if test "$(cat $VENV/packages 2>/dev/null)" != "$PACKAGES"; then
		# shellcheck disable=SC2086
		$VENV/bin/python -m pip install --quiet --disable-pip-version-check $PACKAGES >/dev/null 2>&1 &&
			echo "$PACKAGES" >$VENV/packages ||
			echo "exports: pip could not install $PACKAGES" >&2
	fi
	PYTHON=$VENV/bin/python
fi
exec "$PYTHON" scripts/check_exports.py "$PROGRAM"
