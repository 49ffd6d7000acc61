# Everything runs in .venv of this checkout; nothing is installed elsewhere.
PYTHON ?= python3
BIN := .venv/bin
DATA ?=

.PHONY: install browser demo test lint bench serve screenshots clean

install: .venv/installed

# The environment is made again whenever what it is made from changes.
.venv/installed: pyproject.toml constraints.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "Python 3.11 or newer is needed; name it with PYTHON=..."; exit 1; }
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check \
		--constraint constraints.txt --editable '.[dev,peers,bench]'
	@touch $@

demo: install
	$(BIN)/whorl demo $(if $(DATA),--data $(DATA))

# Pages are tested in a real browser. Without one their tests are skipped, and say how to get it.
browser: install
	@$(BIN)/python tests/get_browser.py

test: install browser lint
	$(BIN)/python -m pytest --numprocesses logical --maxprocesses 4 --dist loadfile

lint: install
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

# Every page of the portal in four languages and two schemes of colours.
screenshots: install browser
	PYTHONPATH=. $(BIN)/python tests/portal_pictures.py portal-pages

bench: install
	$(BIN)/python -m benchmarks run all
	$(BIN)/python -m benchmarks report

serve: install
	$(BIN)/whorl serve --demo

clean:
	rm -rf .venv portal-pages results demo-out *.egg-info
