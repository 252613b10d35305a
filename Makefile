# Everything a contributor needs. `make check` changes nothing; `make fix` does.
PYTHON ?= python
SHARED ?= ../shared

.PHONY: check fix test score bench docs

check:
	$(PYTHON) -m ruff check .
	$(PYTHON) -m ruff format --check .
	$(PYTHON) -m mypy
	$(PYTHON) docs/generate.py --check
	$(PYTHON) -m trialfinder patterns check
	$(PYTHON) -m trialfinder queries check
	$(PYTHON) -m pytest -q

fix:
	$(PYTHON) -m ruff check --fix .
	$(PYTHON) -m ruff format .
	$(PYTHON) docs/generate.py

test:
	$(PYTHON) -m pytest -q
	$(PYTHON) -m pytest -q -m slow

# Scores what is read, matched and classified against labels made by hand, which needs the developers' records, and
# against invented sentences, which needs nothing.
score:
	$(PYTHON) -m benchmarks.invented
	$(PYTHON) benchmarks/score.py $(SHARED)

bench:
	$(PYTHON) -m benchmarks.performance --save
	$(PYTHON) docs/generate.py
	@for each in startup criteria_speed classify_speed match_speed store changes; do \
	  echo "== $$each"; $(PYTHON) -m benchmarks.$$each || exit 1; done

docs:
	$(PYTHON) docs/generate.py
	NO_MKDOCS_2_WARNING=1 $(PYTHON) -m mkdocs build --strict --quiet
