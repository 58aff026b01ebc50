#!/usr/bin/env python3
"""Measures how soon `failscope tail` says what a line means, against `cat`.

usage: live_latency.py [BINARY] [--lines N] [--findings N]

One line at a time is written to a pipe; the time ends when its event has been read back from the other pipe. Prints p50
and p99 of both programs in turns, and the time from the last line that a finding needs until the incident is told:
with the recorded failover alone, and with as many events before it as tail holds on to. Ends with status 1 if a goal
is missed: p50 at most twice that of cat, p99 below 5 ms, a finding within 250 ms.
"""
import argparse
import os
import select
import subprocess
import sys
import time

LOG = "samples/seed-failover/compose.log"
ROUNDS = 5
WARM_UP = 500
PAUSE = 0.0002
# As many events as `LiveOptions.eventLimit`.
WINDOW = 20_000


def heartbeat(number):
    """A line of Patroni's, three a second, that ends before the recorded failover begins."""
    moment = time.gmtime(1_754_776_800 + number // 3)
    clock = time.strftime("%Y-%m-%d %H:%M:%S", moment)
    return f"pg1  | {clock},{number % 3 * 333:03} INFO: no action. I am (pg1), the leader with the lock\n".encode()


class Child:
    """A program with a pipe into it and a pipe out of it."""

    def __init__(self, command):
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, bufsize=0)
        self.input, self.output = self.process.stdin.fileno(), self.process.stdout.fileno()
        self.rest = b""

    def write(self, data):
        view = memoryview(data)
        while view:
            view = view[os.write(self.input, view):]

    def read_line(self, marker, patience=30.0):
        """Reads until a line with the marker; returns when it was there."""
        end = time.monotonic() + patience
        while True:
            while b"\n" in self.rest:
                head, self.rest = self.rest.split(b"\n", 1)
                if marker in head:
                    return time.perf_counter()
            ready, _, _ = select.select([self.output], [], [], max(0, end - time.monotonic()))
            if not ready:
                self.process.kill()
                raise SystemExit(f"no answer with {marker!r}")
            self.rest += os.read(self.output, 1 << 16)

    def close(self):
        self.process.stdin.close()
        self.process.stdout.read()
        self.process.wait()


def round_trips(command, marker, count):
    """The microseconds from line to answer, one line after the other."""
    child = Child(command)
    times = []
    for number in range(WARM_UP + count):
        start = time.perf_counter()
        child.write(heartbeat(number))
        took = child.read_line(marker) - start
        if number >= WARM_UP:
            times.append(took * 1e6)
            time.sleep(PAUSE)
    child.close()
    return times


def finding(binary, before):
    """The milliseconds from the promotion's line to the notice that the incident is a failover."""
    child = Child([binary, "tail", "--format", "ndjson", "--events", "none"])
    with open(LOG, "rb") as log:
        lines = log.readlines()
    last = next(index for index, line in enumerate(lines) if b"promoted self to leader" in line)
    for number in range(0, before, 500):
        child.write(b"".join(heartbeat(n) for n in range(number, number + 500)))
    if before:
        time.sleep(2)
    child.write(b"".join(lines[:last]))
    child.read_line(b"primary_outage")
    time.sleep(1)
    start = time.perf_counter()
    child.write(lines[last])
    took = (child.read_line(b'"kind":"failover"') - start) * 1e3
    child.close()
    return took


def share(times, part):
    return sorted(times)[min(len(times) - 1, int(len(times) * part))]


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("binary", nargs="?", default=".build/release/failscope")
    parser.add_argument("--lines", type=int, default=20_000)
    parser.add_argument("--findings", type=int, default=10)
    options = parser.parse_args()
    echo, tail = [], []
    for _ in range(ROUNDS):
        echo += round_trips(["cat"], b"", options.lines // ROUNDS)
        command = [options.binary, "tail", "--format", "ndjson"]
        tail += round_trips(command, b'"type":"event"', options.lines // ROUNDS)
    for name, times in (("cat", echo), ("failscope tail", tail)):
        print(f"{name:15} p50 {share(times, 0.5):8.1f} µs   p99 {share(times, 0.99):8.1f} µs   ({len(times)} lines)")
    alone = [finding(options.binary, 0) for _ in range(options.findings)]
    full = [finding(options.binary, WINDOW) for _ in range(max(1, options.findings // 2))]
    for name, times in (("short log", alone), (f"{WINDOW} events", full)):
        print(f"finding, {name:13} median {share(times, 0.5):6.1f} ms   most {max(times):6.1f} ms   ({len(times)} times)")
    missed = []
    if share(tail, 0.5) > 2 * share(echo, 0.5):
        missed.append("p50 is more than twice that of cat")
    if share(tail, 0.99) > 5000:
        missed.append("p99 is above 5 ms")
    if max(alone + full) > 250:
        missed.append("a finding takes more than 250 ms")
    for goal in missed:
        print(f"missed: {goal}")
    sys.exit(1 if missed else 0)


main()
