# Everything that starts, stops and checks Gatehouse. `make` alone lists what there is.

PORT ?= 8000
SIZE ?= small
ARGS ?=
VENV := .venv
PYTHON := $(VENV)/bin/python
SUPPORTED := import sys; sys.exit(not (3, 11) <= sys.version_info[:2] < (3, 14))
PYTHON3 ?= $(firstword $(foreach name,python3 python3.13 python3.12 python3.11,\
             $(shell $(name) -c "$(SUPPORTED)" 2>/dev/null && echo $(name))))
SOURCES := config governance metrics people portfolio products records roadmaps tests manage.py

export PYTHON3
export PYTHONUNBUFFERED := 1
export PIP_DISABLE_PIP_VERSION_CHECK := 1
export UV_PYTHON_DOWNLOADS := never
# Trust what the system trusts: many a department inspects its traffic.
export UV_SYSTEM_CERTS := true
# Checks need settings that load, not a database.
CHECKED := GATEHOUSE_MODE=test $(PYTHON)

# Locked packages with their hashes: by uv where it can be had, else by pip.
define install
	@echo "Installing packages ($(notdir $(1)))" >&2
	@$(PYTHON) -m uv --version >/dev/null 2>&1 || $(PYTHON) -m pip install -q uv >&2 || true
	@$(PYTHON) -m uv pip install -q --python $(PYTHON) --require-hashes -r $(1) >&2 \
		|| $(PYTHON) -m pip install -q --require-hashes -r $(1) >&2
endef

.PHONY: help
help: ## List the commands
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:[^#]*## /\t/' | expand -t 18

.PHONY: demo demo-reset manage
demo: prerequisites-demo $(VENV)/run.stamp ## Start the demonstration: make demo [PORT=8000]
	@$(PYTHON) -m config.demo --port $(PORT)

demo-reset: prerequisites-demo $(VENV)/run.stamp ## Drop the demonstration's data and begin again
	@$(PYTHON) -m config.demo --port $(PORT) --reset

manage: $(VENV)/run.stamp ## Run a management command on the demonstration: make manage ARGS="verify_audit"
	@$(PYTHON) -m config.local manage $(ARGS)

.PHONY: test browser security security-code security-packages security-attacks bench
test: prerequisites-test $(VENV)/dev.stamp ## Run the tests on both cores: make test [ARGS="-k roadmap"]
	@$(PYTHON) -m config.local compile-messages
	@GATEHOUSE_MODE=test $(PYTHON) -m pytest -n 2 --dist loadfile --no-loadscope-reorder $(ARGS)

browser: prerequisites-test $(VENV)/dev.stamp ## Walk every page in a browser, in both languages at both widths each
	@$(PYTHON) -m config.local compile-messages
	@GATEHOUSE_MODE=test $(PYTHON) -m pytest -n 2 --dist loadfile --no-loadscope-reorder -m browser $(ARGS)

# Each part is tried, whatever the one before said: without a network the packages cannot be judged, the attacks can.
security: ## Look for weak spots in code and packages, then attack every address as everybody of the cast
	@$(MAKE) --no-print-directory --keep-going security-code security-packages security-attacks

security-code: $(VENV)/dev.stamp
	@$(PYTHON) -m bandit -q -r -c pyproject.toml $(filter-out tests,$(SOURCES))

security-packages: $(VENV)/dev.stamp
	@$(PYTHON) -m config.checks packages

security-attacks: prerequisites-test $(VENV)/dev.stamp
	@$(PYTHON) -m config.local compile-messages
	@GATEHOUSE_MODE=test $(PYTHON) -m pytest -n 2 --dist loadfile --no-loadscope-reorder -m "cross or not cross" tests/attack tests/config/test_url_matrix.py $(ARGS)

bench: prerequisites-demo $(VENV)/run.stamp ## Time the pages on a large corpus: make bench [SIZE=small|branch|nation|delivery]
	@$(PYTHON) -m config.local manage bench --size $(SIZE) $(ARGS)

.PHONY: check check-style check-types check-floors check-templates check-migrations check-messages check-compose
check: check-style check-types check-floors check-templates check-migrations check-messages check-compose ## Check style, types, floors, templates, migrations, translations

check-style: $(VENV)/dev.stamp
	@$(PYTHON) -m ruff check $(SOURCES)
	@$(PYTHON) -m ruff format --check $(SOURCES)

check-types: $(VENV)/dev.stamp
	@$(CHECKED) -m mypy $(filter-out tests manage.py,$(SOURCES))

check-floors: $(VENV)/dev.stamp
	@GATEHOUSE_MODE=test $(VENV)/bin/lint-imports

check-templates: $(VENV)/dev.stamp
	@folders=$$(find . -path ./.venv -prune -o -type d -name templates -print); \
		[ -z "$$folders" ] || $(VENV)/bin/djlint $$folders --lint --quiet

check-migrations: $(VENV)/dev.stamp
	@$(CHECKED) -m config.checks migrations

check-messages: prerequisites-demo $(VENV)/dev.stamp
	@$(CHECKED) -m config.checks messages

check-compose: $(VENV)/dev.stamp
	@$(CHECKED) -m config.checks compose

.PHONY: messages lock clean
messages: prerequisites-demo $(VENV)/dev.stamp ## Gather and compile the French catalogue
	@$(CHECKED) -m config.checks gather
	@$(CHECKED) -m config.local compile-messages

LOCK := -m uv pip compile -q --upgrade --universal --generate-hashes --python-version 3.11 --no-header --no-annotate

lock: $(VENV)/dev.stamp ## Lock the newest packages that pyproject.toml allows
	@$(PYTHON) $(LOCK) pyproject.toml -o requirements/run.txt
	@$(PYTHON) $(LOCK) pyproject.toml --group test --group check -c requirements/run.txt -o requirements/dev.txt
	@! grep -nE 'https?:|file:|^--|^ */' requirements/*.txt || { echo "An address or a path got into the lock files." >&2; exit 1; }

clean: ## Remove what was built; the demonstration's data goes too
	@if [ -x $(PYTHON) ] && [ -d .embedded ]; then $(PYTHON) -m config.embedded stop || true; fi
	@rm -rf $(VENV) .embedded .local collected media test-results .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +

.PHONY: prerequisites-demo prerequisites-test
prerequisites-demo prerequisites-test: prerequisites-%:
	@sh config/prerequisites.sh $*

$(VENV)/created.stamp:
	@test -n "$(PYTHON3)" || { echo "Gatehouse needs Python 3.11, 3.12 or 3.13 on the PATH." >&2; exit 1; }
	@$(PYTHON3) -c "import ensurepip, venv" 2>/dev/null || sh config/prerequisites.sh demo
	@$(PYTHON3) -m venv $(VENV)
	@touch $@

$(VENV)/run.stamp: requirements/run.txt | $(VENV)/created.stamp
	$(call install,requirements/run.txt)
	@touch $@

$(VENV)/dev.stamp: requirements/dev.txt | $(VENV)/created.stamp
	$(call install,requirements/dev.txt)
	@touch $@ $(VENV)/run.stamp
