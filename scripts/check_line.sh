#!/bin/sh
# What crates/line measures, set against others' programs: lengths and areas against GeographicLib's own Python package,
# what is seen over a terrain against gdal_viewshed (Debian's gdal-bin).
# A part whose program cannot be had is left out by name, unless TRUCEWATCH_REQUIRE_LINE_CHECKS is set.
set -eu
cd "$(dirname "$0")/.."
tools=target/line-checks

left_out() {
	echo "check_line: left out: $1" >&2
	[ -z "${TRUCEWATCH_REQUIRE_LINE_CHECKS:-}" ] || exit 1
}

if [ ! -x $tools/bin/python ]; then
	python3 -m venv $tools >/dev/null 2>&1 || true
fi
if [ -x $tools/bin/python ] && { $tools/bin/python -c 'import geographiclib' 2>/dev/null \
	|| $tools/bin/python -m pip install --quiet --disable-pip-version-check geographiclib==2.1 2>/dev/null; }; then
	cargo build --quiet -p line --example geodesy
	$tools/bin/python scripts/check_line.py target/debug/examples/geodesy
else
	left_out "lengths and areas against geographiclib 2.1 (no pip package)"
fi

if command -v gdal_viewshed >/dev/null; then
	cargo build --quiet -p line --example viewshed
	python3 scripts/check_viewshed.py target/debug/examples/viewshed
else
	left_out "what is seen against gdal_viewshed (apt install gdal-bin)"
fi
