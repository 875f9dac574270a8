# Thin names for make.py, which does the work and also runs alone: python3 make.py book
PYTHON ?= $(shell command -v python3 || command -v python)
PORT ?= 8000

.PHONY: help book check test pdf serve lab notebooks clean python
help book check test pdf lab notebooks clean: python
	@"$(PYTHON)" make.py $@ $(ARGS)
serve: python
	@"$(PYTHON)" make.py serve --port $(PORT)
python:
	@test -n "$(PYTHON)" || { echo "make: no Python found. Install Python 3.11 or newer, then run this again." >&2; exit 1; }
.DEFAULT_GOAL := help
