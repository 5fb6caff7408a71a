# Habitué. `make demo` shows it, `make test` proves it; `make help` lists the rest.
.DEFAULT_GOAL := help
.PHONY: help setup check test demo bench docs golden
bin := .venv/bin

help: ## This list
	@sed -n 's/^\([a-z]*\):[^#]*## \(.*\)/  make \1 \2/p' Makefile | awk '{ printf "  %s %-8s", $$1, $$2; $$1 = $$2 = ""; print }'

setup: ## Make the environment: Python packages by hash, and Habitué itself
	@tools/setup work

check: setup ## Style, types, who may import whom, and whether the documentation is true
	@echo "Style";    $(bin)/ruff check --quiet --output-format concise && $(bin)/ruff format --check --quiet
	@echo "Types";    $(bin)/mypy --no-error-summary
	@echo "Imports";  $(bin)/lint-imports --no-logo >.lint-imports.log 2>&1 || { cat .lint-imports.log; exit 1; }
	@echo "Documentation and house rules"
	@$(bin)/pytest -q -m "not slow" tests/test_house.py tests/docs

test: setup ## Every test, on SQLite and PostgreSQL, in a real browser; then equality on DuckDB 2
	@tools/system_packages postgresql chromium nodejs npm postfix opendkim nsd dovecot-imapd dovecot-lmtpd spamassassin
	@tools/setup duckdb2
	@tools/clients
	@echo "Tests on SQLite, PostgreSQL and DuckDB 1.5, and in a browser"
	@$(bin)/pytest -q -n 2 --dist loadfile
	@echo "The same decisions on DuckDB 2"
	@.venv-duckdb2/bin/pytest -q -m equality

demo: ## A year of real purchases, a day's plan, and the console on 127.0.0.1:8000
	@tools/setup demo
	@$(bin)/habitue demo

bench: setup ## Every benchmark, as tables
	@tools/system_packages postgresql postfix nodejs npm
	@tools/clients tests/content/beside
	@$(bin)/habitue bench all
	@$(bin)/habitue torture
	@tools/setup queues
	@$(bin)/python -m tests.post.compare_senders
	@$(bin)/python -m tests.decide.bench_reservations
	@$(bin)/python -m tests.audit.planted_table
	@$(bin)/python -m tests.collect.bench_intake
	@$(bin)/python -m tests.collect.power_cuts
	@$(bin)/python -m tests.collect.ten_thousand_cases
	@$(bin)/python -m tests.pull.bench_pull
	@$(bin)/python -m tests.forget.bench_forget
	@$(bin)/python -m tests.backup.bench_backup
	@$(bin)/python -m tests.her.bench_her_page
	@$(bin)/python -m tests.content.bench_letters
	@$(bin)/python -m tests.consent.interleavings
	@$(bin)/python -m tests.web.crawling

docs: setup ## Write docs/reference.md anew from the code
	@$(bin)/habitue docs

golden: setup ## Write the expected texts of the tests anew; read the difference before you commit it
	@$(bin)/pytest -q --golden
