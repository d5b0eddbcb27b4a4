# Demur. The two commands that matter: `make demo` and `make test`.
SWIFT ?= swift
DEMUR := .build/release/demur
PREFIX ?= /usr/local

.PHONY: help setup build install uninstall dist demo test compare interop bench budgets format clean

help: ## list what can be made
	@awk -F ':.*## ' '/^[a-z]+:.*## /{printf "  make %-9s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

setup: ## install the Debian packages that are missing, check Swift
	@.ci/setup

build: setup ## build the release binary
	$(SWIFT) build -c release --product demur

install: build ## install binary, manual and completions under PREFIX (/usr/local); DESTDIR goes before it
	@.ci/install $(DEMUR) "$(DESTDIR)$(PREFIX)"

uninstall: ## take away what install put there
	@.ci/install --remove "$(DESTDIR)$(PREFIX)"

dist: setup ## make a .tar.gz in .build/dist with one binary that needs no Swift
	$(SWIFT) build -c release --product demur --static-swift-stdlib
	@.ci/dist $(DEMUR)

demo: build ## do the main job on samples/: in a terminal the UI, else scan, decide, export
	@.ci/demo $(DEMUR)

test: setup ## run all tests
	$(SWIFT) build --build-tests --explicit-target-dependency-import-check error
	$(SWIFT) test --skip-build

compare: build ## measure against the peers (needs DEMUR_SHARED and DEMUR_PEERS)
	@.ci/compare $(DEMUR)

interop: build ## load and train on every export with datasets and TRL (needs PyPI)
	@.ci/interop $(DEMUR)

bench: setup ## time each stage of a scan on generated data
	$(SWIFT) run -c release Benchmarks

budgets: build ## measure what the screen costs on 160,000 generated pairs while a scan runs
	$(SWIFT) run -c release Benchmarks --pairs 160000 --write .build/budgets.jsonl
	DEMUR_BUDGETS=$(CURDIR)/.build/budgets.jsonl DEMUR_PROGRAM=$(CURDIR)/$(DEMUR) \
	  $(SWIFT) test --filter BudgetTests

format: ## format all Swift sources
	$(SWIFT) format format -i --recursive Package.swift Sources Tests Themes

clean: ## remove what was built
	$(SWIFT) package clean
