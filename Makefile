# `make run` and `make test` do everything on a fresh machine. `make help` lists the rest.

# the first Python that really runs and is new enough; pyenv's shims exist without running
PYTHON := $(firstword $(foreach name,python3.14 python3.13 python3.12 python3,$(shell $(name) -c 'import sys; sys.version_info >= (3, 12) and print("$(name)")' 2>/dev/null)))
BIN := .venv/bin
PORT ?= 8000
# what is compiled is kept, whatever the shell says: every part of the tests would do it again
unexport PYTHONDONTWRITEBYTECODE

.PHONY: help run login test check engines long lint content-report requirements messages bench sizes screenshots manual map scale places compare tasks rehearse audit sbom report-button mutate
help: ## list the targets
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*##/\t/'

# without compiling it: Python compiles what is used, which is less than half
.venv/.run: requirements.txt
	@test -n "$(PYTHON)" || { echo "Python 3.12 or newer is needed; none was found."; exit 1; }
	$(PYTHON) -m venv .venv
	$(BIN)/pip install --quiet --no-compile --require-hashes -r requirements.txt
	@touch $@

.venv/.test: requirements-test.txt .venv/.run
	$(BIN)/pip install --quiet --no-compile --require-hashes -r requirements-test.txt
	@touch $@

# gettext's msgfmt compiles the catalogues; where it is missing and we are root, apt brings it
build/.messages: $(wildcard locale/*/LC_MESSAGES/*.po)
	@command -v msgfmt >/dev/null || { test "$$(id -u)" = 0 && command -v apt-get >/dev/null && apt-get update -qq && apt-get install -y -qq gettext >/dev/null; } \
		|| { echo "gettext is needed (its msgfmt compiles the words of the site); install it and try again."; exit 1; }
	@for po in $^; do msgfmt --check -o $${po%.po}.mo $$po || exit 1; done
	@mkdir -p build && touch $@

build/.static: .venv/.run $(shell find sextortion_help/static -type f)
	$(BIN)/python manage.py collectstatic --noinput --clear -v0
	@mkdir -p build && touch $@

# before anything else: a second server on a port would share it, and answer every other visit
.PHONY: port
port:
	@test -n "$(PYTHON)" || { echo "Python 3.12 or newer is needed; none was found."; exit 1; }
	@$(PYTHON) -c 'import socket, sys; sys.exit(socket.socket().connect_ex(("127.0.0.1", $(PORT))) == 0)' \
		|| { echo "Port $(PORT) is taken by another program. Stop that, or choose another: make run PORT=8001"; exit 1; }

run: port .venv/.run build/.messages build/.static ## environment, database, content, server
	$(BIN)/python manage.py migrate -v0
	$(BIN)/python manage.py seed
	$(BIN)/python manage.py staff_login --address http://localhost:$(PORT)
	$(BIN)/granian --interface wsgi --port $(PORT) --http 1 --workers 1 --blocking-threads 8 --respawn-failed-workers --no-access-log --log-level warning sextortion_help.wsgi:application

login: .venv/.run ## a new password for the user “staff” of a laptop
	$(BIN)/python manage.py staff_login --new-password --address http://localhost:$(PORT)

lint: .venv/.test ## ruff, djlint, mypy
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/djlint --lint templates --quiet
	$(BIN)/mypy .

check: .venv/.test build/.messages build/.static ## lint, beside the tests that ask no database: under a minute
	$(MAKE) --output-sync --jobs 2 rules lint

test: .venv/.test build/.messages build/.static ## every check: lint; SQLite beside PostgreSQL, what is shipped, browsers, a short rehearsal
	$(BIN)/python manage.py makemigrations --check --dry-run
	tests/browser/install.sh
	$(BIN)/python -m tests.rehearse --install
	$(MAKE) --output-sync --jobs 3 in-browsers on-postgresql publishing-and-desk the-rest rehearsed site shipped lint

# three at a time on two cores, the longest first: a browser waits for a third of its time
NOT_BROWSER := not browser and not engines and not long
.PHONY: rules in-browsers publishing-and-desk site the-rest shipped rehearsed on-postgresql
rules: # how hours, trees, texts and links are reckoned
	$(BIN)/python -m pytest -m "not django_db and $(NOT_BROWSER)" tests/guidance tests/publishing tests/quiz tests/transfer
in-browsers: # pytest turns every warning into an error by itself
	$(BIN)/python -m pytest -m "browser and not engines and not long" tests/browser tests/desk/test_browser.py
publishing-and-desk:
	$(BIN)/python -m pytest -m "$(NOT_BROWSER)" tests/publishing tests/desk
site:
	$(BIN)/python -m pytest -m "$(NOT_BROWSER)" tests/site
the-rest:
	$(BIN)/python -m pytest -m "$(NOT_BROWSER)" --ignore=tests/publishing --ignore=tests/desk --ignore=tests/site
shipped:
	$(BIN)/python -m pytest --shipped
rehearsed: # the site as docs/running.md sets it up, and the faults that take seconds
	$(BIN)/python -m tests.rehearse --short
on-postgresql: # what asks a database anything; the rest would only be run twice
	$(BIN)/python tests/with_postgresql.py $(BIN)/python -m pytest -m "database and $(NOT_BROWSER)" tests/desk tests/people tests/publishing tests/quiz

engines: .venv/.test build/.messages build/.static ## what is promised, in Firefox and WebKit: everything
	tests/browser/install.sh
	$(BIN)/python -m pytest -m browser tests/browser/test_engines.py

long: .venv/.test build/.messages build/.static ## every form of the desk, and the shipped content in a browser
	tests/browser/install.sh
	$(BIN)/python -m pytest -m long

content-report: .venv/.test build/.messages build/.static ## words, taps, links and lines beside their bars
	$(BIN)/python tests/shipped/content_report.py

report-button: .venv/.run build/.messages ## the report button for Chromium and Firefox, with the hotlines that are live
	$(BIN)/python manage.py migrate -v0
	$(BIN)/python manage.py seed -v0
	$(BIN)/python manage.py report_button build

requirements: ## pin again, with hashes and without naming an index
	$(BIN)/pip install --quiet pip-tools
	$(BIN)/pip-compile --quiet --strip-extras --generate-hashes --no-emit-index-url --no-emit-trusted-host --no-emit-find-links --no-header -o requirements.txt pyproject.toml
	$(BIN)/pip-compile --quiet --strip-extras --generate-hashes --no-emit-index-url --no-emit-trusted-host --no-emit-find-links --no-header --extra test -o requirements-test.txt pyproject.toml
	$(BIN)/pip-compile --quiet --strip-extras --generate-hashes --allow-unsafe --no-emit-index-url --no-emit-trusted-host --no-emit-find-links --no-header --extra supply -o requirements-supply.txt pyproject.toml

messages: ## collect the interface words into locale/
	$(BIN)/python manage.py makemessages -l nl -l fr -l en --no-obsolete --no-location --ignore=build --ignore=tests --ignore=.venv

bench: .venv/.test build/.messages build/.static ## a warm page beside nginx serving the same bytes
	$(BIN)/python tests/bench.py

sizes: .venv/.test build/.messages build/.static ## bytes and requests of every kind of page
	$(BIN)/python tests/sizes.py

screenshots: .venv/.test build/.messages build/.static ## every kind of page: 3 widths, 2 themes, 3 languages
	$(BIN)/python tests/screenshots.py

manual: .venv/.test build/.messages build/.static ## the pictures of the manual, from the real screens
	$(BIN)/python tests/manual_pictures.py

map: .venv/.run ## the modules and their arrows, floor by floor; fails on a circle
	$(BIN)/python tests/modules.py

scale: .venv/.run build/.messages ## queries and seconds with 1,000 pages and a self-check of 200 questions
	$(BIN)/python tests/scale.py

places: .venv/.test build/.messages build/.static ## renderings in an hour, memory, start and publish with every place
	$(BIN)/python tests/places.py

compare: .venv/.test build/.messages build/.static ## every public page beside the same page at another revision: make compare REV=main~5
	$(BIN)/python tests/compare_pages.py $(REV)

tasks: .venv/.test build/.messages build/.static ## the fifteen tasks of staff in a browser: clicks, fields, loads and seconds beside their bars
	tests/browser/install.sh
	$(BIN)/python -m tests.tasks

mutate: .venv/.test build/.messages build/.static ## change one thing at a time in the rules; list what no test notices
	$(BIN)/python -m tests.mutate

rehearse: .venv/.test ## the whole site as docs/running.md sets it up, with real faults: one table (needs root on Debian)
	$(BIN)/python -m tests.rehearse

build/supply/.done: requirements-supply.txt
	@test -n "$(PYTHON)" || { echo "Python 3.12 or newer is needed; none was found."; exit 1; }
	$(PYTHON) -m venv build/supply
	build/supply/bin/pip install --quiet --require-hashes -r requirements-supply.txt
	@touch $@

audit: build/supply/.done ## known faults of what is pinned; says so when it could not ask
	$(PYTHON) tests/audit.py build/supply/bin/pip-audit

sbom: build/supply/.done ## the bill of materials of this revision, as CycloneDX
	build/supply/bin/cyclonedx-py requirements requirements.txt --pyproject pyproject.toml --mc-type application --output-reproducible --of JSON -o build/baken-$$(git rev-parse --short HEAD).cdx.json
	@echo build/baken-$$(git rev-parse --short HEAD).cdx.json
