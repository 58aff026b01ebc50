# Everything starts here; `make help` lists the targets.
PREFIX ?= /usr/local
BINARY := .build/release/failscope

.DEFAULT_GOAL := help
.PHONY: help setup setup-test build demo test install check-reports lab lab-test e2e bench bench-live endure stages instructions lint format golden vocabulary clean

help:            ## list the targets
	@sed -n 's/^\([a-z0-9-]*\):[^#]*## */\1\t/p' $(MAKEFILE_LIST) | expand -t 14

setup:           ## install the system packages that a build needs
	@scripts/setup build

setup-test:      ## install those, and the packages that the tests need
	@scripts/setup build test

build: setup     ## build the release binary, which can be copied to a server
	@scripts/build-release

demo: build      ## analyze a recorded failover and print the report
	@$(BINARY) analyze samples/seed-failover

test: setup-test ## build and run all tests
	swift test

install: build   ## install the binary under PREFIX
	install -D -m 755 $(BINARY) $(DESTDIR)$(PREFIX)/bin/failscope

check-reports: build ## read the reports on the samples in every format as their consumers would, and the page in Chromium
	@scripts/setup reports
	@scripts/check-reports $(BINARY) samples

lab-test:        ## test the parts of lab/ that need neither root nor a cluster, and docker-compose.yml
	@scripts/setup lab
	docker-compose --file docker-compose.yml config --quiet
	cd lab && python3 -m unittest discover --start-directory tests --top-level-directory .

lab: build       ## run the cluster in network namespaces and print its log as compose does (root; PATRONI=4.0.5); Ctrl-C ends it
	lab/lab install --patroni $(or $(PATRONI),4.0.5) --tools
	lab/lab up --patroni $(or $(PATRONI),4.0.5)

e2e: build       ## break the lab's cluster in ten ways, analyze it live and afterwards, compare with what was seen (root; RUNS=FOLDER)
	lab/lab drill -o $(or $(RUNS),.build/drills)

bench: build     ## compare with rg, Hyperscan, lnav, pgbadger, SEC and wc on a generated log (SIZE=1000 MB, RUNS=5)
	@scripts/setup bench
	Benchmarks/compare.py --size $(or $(SIZE),1000) --runs $(or $(RUNS),5)
	@Benchmarks/live_latency.py $(BINARY)

stages:          ## measure the stages one by one with the Swift benchmark package (BENCHMARK_LOG=file)
	FAILSCOPE_BENCHMARKS=1 swift package benchmark

instructions: build ## count the instructions that a line costs, and fail above the budget
	@scripts/setup instructions
	@scripts/count-instructions

bench-live: build ## measure how soon an event is told, against cat
	@Benchmarks/live_latency.py $(BINARY)

endure: build    ## feed 50 million lines to tail and watch its memory
	@Benchmarks/live_endurance.py $(BINARY)

lint:            ## check the form of all Swift files
	swift format lint --strict --recursive Sources Tests Benchmarks Package.swift

format:          ## bring all Swift files into form
	swift format --in-place --recursive Sources Tests Benchmarks Package.swift

golden:          ## record the golden reports anew; look at the difference before committing it
	-UPDATE_GOLDEN=1 swift test --filter Golden
	git diff --stat -- Tests

vocabulary:      ## write the text of `failscope parsers vocabulary` from the comments of the model
	scripts/generate-vocabulary

clean:           ## remove what was built
	rm -rf .build
