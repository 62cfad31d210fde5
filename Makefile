# One word runs everything; CI runs `make test`.
REPORTS ?= samples/reports
PACK ?=
# The sample reports are invented and lie in 2031: they are read as if on the day of the last of them.
TODAY ?= $(if $(filter samples/reports samples/reports/,$(REPORTS)),2031-03-12)
READING = $(if $(PACK),--pack $(PACK)) $(if $(TODAY),--today $(TODAY))
MODELS := models
PROGRAM := target/release/trucewatch
RUNNER := $(shell cargo nextest --version >/dev/null 2>&1 && echo "cargo nextest run --no-fail-fast" || echo "cargo test --no-fail-fast")

WEB := crates/room/web

.PHONY: help run stop test lint model solver web e2e dist bench robust measure fuzz parity bless

help: ## List the targets
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:[^#]*## /\t/' | expand -t 12

run: model solver web ## Read the sample reports (or REPORTS=folder, PACK=name), print the brief, open the room
	@cargo build --quiet --release --bin trucewatch
	@$(PROGRAM) brief $(REPORTS) $(READING)
	@sh scripts/room.sh start $(PROGRAM) $(REPORTS) $(READING)

stop: ## Close the room that `make run` opened
	@sh scripts/room.sh stop

web: $(WEB)/dist/room.js ## Fetch the packages of the room's pages by npm; make their style, scripts and map

# Pages work without style and scripts, so that the program can be built without npm.
$(WEB)/dist/room.js: $(WEB)/package-lock.json $(WEB)/build.js $(shell find $(WEB)/src $(WEB)/css $(WEB)/icons $(WEB)/tools -type f)
	@if command -v npm >/dev/null; then cd $(WEB) && npm ci --silent && npm run --silent build; \
	else echo "web: npm is not there; the room's pages will be plain" >&2; fi

e2e: model web ## The room in Chromium, with and without scripts
	cargo build --quiet --bin trucewatch
	TRUCEWATCH_REQUIRE_BROWSER=1 TRUCEWATCH_PROGRAM=$(CURDIR)/target/debug/trucewatch sh scripts/e2e.sh

test: model solver web lint ## Everything that CI checks
	TRUCEWATCH_REQUIRE_MODEL=1 $(RUNNER) --workspace
	cargo test --doc --workspace
	cargo run --quiet --bin trucewatch -- packs check
	sh scripts/check_line.sh
	cd $(WEB) && npm run --silent check && npm test --silent
	TRUCEWATCH_PROGRAM=$(CURDIR)/target/debug/trucewatch sh scripts/e2e.sh
	TRUCEWATCH_PROGRAM=$(CURDIR)/target/debug/trucewatch sh scripts/check_exports.sh
	TRUCEWATCH_PROGRAM=$(CURDIR)/target/debug/trucewatch sh scripts/check_api.sh
	@git diff --exit-code || { echo "test: the files above were changed by the checks: commit what was blessed or generated" >&2; exit 1; }

lint: ## Formatting, lints and documentation, warnings denied
	cargo fmt --all --check
	cargo clippy --workspace --all-targets -- -D warnings
	RUSTDOCFLAGS="-D warnings" cargo doc --no-deps --document-private-items --workspace --quiet

model: ## Fetch the English weights and the world's place names into models/
	@python3 scripts/fetch_model.py $(MODELS)
	@test -f $(MODELS)/gazetteer.bin || sh scripts/fetch_gazetteer.sh

dist: model web ## One file, dist/trucewatch, with model, gazetteer, packs and pages inside; tried in an empty folder
	cargo build --release --bin trucewatch
	python3 scripts/pack_dist.py $(PROGRAM) dist/trucewatch $(MODELS) packs
	sh scripts/try_dist.sh dist/trucewatch

solver: ## Fetch the solver HiGHS into models/, for plans of where posts should stand
	@sh scripts/fetch_solver.sh

bench: model ## Speed, start-up and memory beside spaCy on one core; all rounds of the ledger's and of the property tests, and how both grow
	cargo build --release --bin trucewatch --example speed -p trucewatch-cli -p syntax
	python3 scripts/bench.py
	TRUCEWATCH_ALL_ROUNDS=1 cargo test --release -p ledger --test kill --test tamper -- --nocapture
	python3 scripts/bench_ledger.py
	PROPTEST_CASES=10000 cargo test --release -p trucewatch --lib -- properties
	cargo test --release -p trucewatch --lib -- --ignored --nocapture gathering_grows

parity: model ## Compare every parse with spaCy's own, dumped fresh
	python3 scripts/parity.py

robust: model ## Do exchanged sides and small edits leave the claims alone? (needs ../shared/gold)
	cargo build --release --quiet --bin trucewatch
	-python3 scripts/robust.py neutrality ../shared/gold/train
	-python3 scripts/robust.py stability ../shared/gold/train

measure: model ## Score the reading on the coded documents of ../shared/gold
	cargo build --release --quiet --bin trucewatch
	python3 scripts/measure.py $(PROGRAM) ../shared/gold/dev ../shared/gold/seeds ../shared/gold/train

fuzz: model ## Ten minutes of random input through the parser, the reading, each front of the way in, each form of the ledger and of a mission
	cargo run --release -p syntax --example fuzz_bytes -- $(MODELS)/en_core_web_md-3.7.1 10
	FUZZ_MINUTES=10 cargo test -p trucewatch --test bent -- --nocapture
	for front in txt html xml eml mbox docx pdf jsonl csv warc warc.gz; do \
		cargo run --release -p intake --example fuzz_fronts -- $$front 10 || exit 1; done
	for form in note proof key header export record value file; do \
		cargo run --release -p ledger --example fuzz_forms -- $$form 10 || exit 1; done
	for form in statement border register list posts csv xlsx; do \
		cargo run --release -p mission --example fuzz_statements -- $$form 10 || exit 1; done

bless: model ## Accept the snapshots and the known misses of the cases as they are now
	INSTA_UPDATE=always TRUCEWATCH_BLESS=1 $(RUNNER) --workspace
