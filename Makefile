# The two commands are `make demo` and `make test`; each installs what is missing and works twice in a row.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
SUDO := $(if $(filter 0,$(shell id -u)),,sudo)
# Many tests wait for processes, browsers and servers: two more workers than cores.
WORKERS ?= $(shell expr $$(nproc) + 2)

# Debian packages: what the product needs, and what only its tests need.
SYSTEM := libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 fontconfig \
	$(if $(shell $(PYTHON) -c 'import ensurepip, venv' 2>&1),python3-venv)
SYSTEM_TEST := chromium-headless-shell libatomic1 fonts-noto-cjk gcc libc6-dev postgresql openjdk-17-jdk-headless libjaxb-java

# Where bills of materials are written, and the environment of the tool that writes them.
SBOM := build/sbom

WEB := project/web
TABLER := $(WEB)/node_modules/@tabler/core
VENDOR := $(WEB)/static/vendor
FONTS := var/fonts
export DONGYI_FONTS := $(CURDIR)/$(FONTS)
# django-fsm 3.0.1 greets every process with advice to move; the reason to stay stands in requirements.txt.
export PYTHONWARNINGS := ignore::UserWarning:django_fsm
# Every process of the tests would compile all modules again where a machine forbids Python to keep what it compiled.
export PYTHONDONTWRITEBYTECODE :=

.PHONY: install install-test system system-test demo test suite test-deep test-nightly test-mutants faults bench bench-large pictures \
	lint format describe lock sbom clean

install: system $(VENV)/.runtime $(VENDOR)/.copied $(FONTS)/.prepared

install-test: system-test install $(VENV)/.dev

system:
	@.ci/system-packages "$(SUDO)" $(SYSTEM)

system-test:
	@.ci/system-packages "$(SUDO)" $(SYSTEM) $(SYSTEM_TEST)

$(BIN)/python: | system
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "python3 must be 3.11 or newer")'
	$(PYTHON) -m venv $(VENV)

$(VENV)/.runtime: .ci/requirements.lock | $(BIN)/python
	$(BIN)/pip install -q --disable-pip-version-check --require-hashes --no-deps -r $<
	@touch $@

$(VENV)/.dev: .ci/requirements-dev.lock $(VENV)/.runtime
	$(BIN)/pip install -q --disable-pip-version-check --require-hashes --no-deps -r $<
	@touch $@

$(WEB)/node_modules/.installed: $(WEB)/package.json $(WEB)/package-lock.json $(VENV)/.runtime
	cd $(WEB) && PATH="$(CURDIR)/$(BIN):$$PATH" npm ci --ignore-scripts --silent
	@touch $@

# Source maps stay behind, and so does the line that asks for them.
$(VENDOR)/.copied: $(WEB)/node_modules/.installed
	mkdir -p $(VENDOR)
	sed 's,/\*# sourceMappingURL=.*\*/,,' $(TABLER)/dist/css/tabler.min.css > $(VENDOR)/tabler.min.css
	sed 's,//# sourceMappingURL=.*,,' $(TABLER)/dist/js/tabler.min.js > $(VENDOR)/tabler.min.js
	cp $(WEB)/node_modules/sortablejs/Sortable.min.js $(VENDOR)/Sortable.min.js
	@touch $@

$(FONTS)/.prepared: docs_templates/typefaces/preparing.py docs_templates/typefaces/roles.py $(VENV)/.runtime | system
	$(BIN)/python -m docs_templates.typefaces.preparing $(FONTS)
	@touch $@

demo: install
	@# Line by line, also into a file; and in the shell's place, so that who ends make ends the site.
	exec env DONGYI_VAR=$(CURDIR)/var/demo PYTHONUNBUFFERED=1 $(BIN)/python manage.py demo $(ARGS)

# What is installed, and what is judged, goes side by side; Debian's packages first, for two of its installers cannot.
test: system-test
	@$(MAKE) --no-print-directory -j4 install-test
	@$(MAKE) --no-print-directory -j2 lint suite

suite: install-test
	HYPOTHESIS_PROFILE=ci $(BIN)/pytest -q -n $(WORKERS) --dist worksteal

test-deep: install-test lint
	HYPOTHESIS_PROFILE=deep $(BIN)/pytest -q -n $(WORKERS) --dist worksteal

# Nothing may lean on the order of tests, the zone of the machine, or the day; the seed of the order may be given.
SEED ?= $(shell date +%Y%m%d)
THIS_YEAR := $(shell date +%Y)
NEXT_YEAR := $(shell expr $(THIS_YEAR) + 1)

test-nightly: install-test
	TZ=America/St_Johns $(BIN)/pytest -q -n $(WORKERS) --dist worksteal --shuffle $(SEED) --today $(THIS_YEAR)-12-31
	TZ=Pacific/Chatham $(BIN)/pytest -q -n $(WORKERS) --dist worksteal --shuffle $(SEED)1 --today $(NEXT_YEAR)-03-01
	$(BIN)/python -m tests.faults --seconds 7200 --seed $(SEED)

# Stops, tears, refuses and races the product. The seed is printed; --part, --only and --seed in ARGS repeat what it found.
faults: install-test
	nice $(BIN)/python -m tests.faults --seconds 300 $(ARGS)

# ARGS="--room voting --share 0.2" asks a part; var/mutants keeps which test reaches which line.
test-mutants: install-test
	nice $(BIN)/python -m tests.mutants --reach var/mutants --at-once $(WORKERS) $(ARGS)

# Other engines do the same work in environments of their own; the last line is the product over the floor.
bench: install-test
	BENCH_BODIES=280 BENCH_MOVEMENTS=1000,100000 $(BIN)/python tests/benchmarks/bench_ledger.py
	$(BIN)/python tests/benchmarks/bench_peers.py

# A ledger of a million movements.
bench-large: install-test
	$(BIN)/python tests/benchmarks/bench_ledger.py

# The pictures of the READMEs, from a demonstration of their own.
pictures: install-test
	$(BIN)/python -m tests.browser.pictures

lint: install-test
	$(BIN)/ruff check -q .
	$(BIN)/ruff format -q --check .
	$(BIN)/lint-imports > var/lint-imports.txt || { cat var/lint-imports.txt; exit 1; }
	$(BIN)/mypy

format: $(VENV)/.dev
	$(BIN)/ruff check -q --fix-only .
	$(BIN)/ruff format -q .

describe: install
	$(BIN)/python manage.py describe

# Writes the hashes anew after a pin was changed; the locks name no index, no host and no path.
lock: $(BIN)/python
	$(BIN)/pip install -q --disable-pip-version-check pip-tools==7.6.2
	for set in requirements.txt:.ci/requirements.lock .ci/requirements-dev.in:.ci/requirements-dev.lock \
			.ci/requirements-sbom.in:.ci/requirements-sbom.lock; do \
		$(BIN)/pip-compile -q --generate-hashes --strip-extras --no-header --no-annotate --no-emit-index-url \
			--no-emit-trusted-host --no-emit-find-links --output-file="$${set#*:}" "$${set%:*}" || exit 1; \
	done

$(SBOM)/tool/.ready: .ci/requirements-sbom.lock | system
	$(PYTHON) -m venv $(SBOM)/tool
	$(SBOM)/tool/bin/pip install -q --disable-pip-version-check --require-hashes --no-deps -r $<
	@touch $@

# What pip brings, as CycloneDX 1.6 with the hashes of the locks: to an office, and to the tests besides.
sbom: $(SBOM)/tool/.ready
	for set in requirements:runtime requirements-dev:tests; do \
		$(SBOM)/tool/bin/cyclonedx-py requirements .ci/$${set%:*}.lock --pyproject pyproject.toml --mc-type application \
			--output-reproducible --validate --spec-version 1.6 --output-format JSON \
			--output-file $(SBOM)/dongyi-$${set#*:}.cdx.json || exit 1; \
	done

clean:
	rm -rf var/demo build .mypy_cache .ruff_cache .pytest_cache .import_linter_cache
