#!/usr/bin/env python3
"""Feeds many millions of lines to `failscope tail` as fast as it takes them, and watches its memory.

usage: live_endurance.py [BINARY] [--millions N]

An hour of a cluster's log is written over and over with its clock going on: clients, agents, proxy, pooler, and half of the
lines something that no parser knows. At 21:57 of every day the recorded failover happens, in turns from pg1 to pg2 and
back. Ends with status 1 if the memory still grows in the second half of the run, or if an incident is missing.
"""
import argparse
import json
import re
import subprocess
import tempfile
import time

FAILOVER = "samples/seed-failover/compose.log"
# The old primary streams from the new one again.
COMEBACK = b"""\
pg1        | 2025-08-10 21:58:20.000 UTC [50] LOG:  started streaming WAL from primary at 0/4000000 on timeline 3
pg1        | 2025-08-10 21:58:25,000 INFO: no action. I am (pg1), a secondary, and following a leader (pg2)
pg1        | 2025-08-10 21:58:45,000 INFO: no action. I am (pg1), a secondary, and following a leader (pg2)
"""
KEPT_INCIDENTS = 1000


def second(clock, leader, replica, number):
    """What a second of an uneventful hour looks like; @D and @H stand for day and hour."""
    time_of_day = f"@H:{clock}"
    lines = [
        f"monitor    | [@D {time_of_day}] WRITE: ID={number}, Data='x'",
        f"monitor    | [@D {time_of_day}] READ: Total records={number}, Latest: ID={number}, Data='x'",
        f"pgbouncer  | @D {time_of_day}.000 UTC [1] LOG C-0x5: postgres/postgres@10.0.0.9:1 login attempt: db=postgres user=postgres tls=no",
        f"haproxy    | <134>Aug 10 {time_of_day} haproxy[8]: Connect from 10.0.0.9:1 to 10.0.0.8:5432 (postgres_primary/TCP)",
    ]
    if number % 3 == 0:
        lines += [
            f"{leader}        | @D {time_of_day},333 INFO: no action. I am ({leader}), the leader with the lock",
            f"{replica}        | @D {time_of_day},376 INFO: no action. I am ({replica}), a secondary, and following a leader ({leader})",
        ]
    lines += [f"app        | @D {time_of_day} request {index} served, as nobody's parser knows" for index in range(5)]
    return "\n".join(lines) + "\n"


def hour(leader, replica, minutes):
    return "".join(
        second(f"{s // 60:02}:{s % 60:02}", leader, replica, s) for s in range(minutes[0] * 60, minutes[1] * 60)
    ).encode()


def failover(leader, replica):
    with open(FAILOVER, "rb") as log:
        text = log.read().rstrip(b"\n") + b"\n" + COMEBACK
    text = re.sub(rb"\| \[(?=\d\d:)", b"| [@D ", text).replace(b"2025-08-10", b"@D")
    if leader == "pg2":
        text = text.replace(b"pg1", b"pg#").replace(b"pg2", b"pg1").replace(b"pg#", b"pg2")
    return text


def memory(process):
    """Resident memory in MiB."""
    with open(f"/proc/{process.pid}/status") as status:
        return next(int(text.split()[1]) for text in status if text.startswith("VmRSS")) / 1024


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("binary", nargs="?", default=".build/release/failscope")
    parser.add_argument("--millions", type=float, default=50)
    options = parser.parse_args()
    pairs = [("pg1", "pg2"), ("pg2", "pg1")]
    quiet = [hour(*pair, (0, 60)) for pair in pairs]
    # The day's second leader leads from 21:59 on.
    eventful = [
        hour(*pairs[i], (0, 57)) + failover(*pairs[i]) + hour(*pairs[1 - i], (59, 60)) for i in range(2)
    ]
    report = tempfile.NamedTemporaryFile(suffix=".json")
    process = subprocess.Popen(
        [options.binary, "tail", "--format", "ndjson", "--events", "none", "--report", report.name],
        stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, bufsize=0,
    )
    start, lines, failovers, samples = time.monotonic(), 0, 0, []
    goal, next_sample = options.millions * 1e6, 0.0
    number = 0
    while lines < goal:
        day, clock = divmod(number, 24)
        moment = time.gmtime(1_754_784_000 + number * 3600)
        turn = day % 2
        text = eventful[turn] if clock == 21 else quiet[turn if clock < 21 else 1 - turn]
        failovers += clock == 21
        text = text.replace(b"@D", time.strftime("%Y-%m-%d", moment).encode())
        text = text.replace(b"@H", time.strftime("%H", moment).encode())
        view = memoryview(text)
        while view:
            view = view[process.stdin.write(view):]
        lines += text.count(b"\n")
        number += 1
        if lines >= next_sample:
            samples.append(memory(process))
            rate = lines / (time.monotonic() - start) / 1e6
            print(f"{lines / 1e6:6.1f} million lines  {samples[-1]:7.1f} MiB  {rate:5.2f} million a second", flush=True)
            next_sample += goal / 16
    process.stdin.close()
    process.wait()
    told = len(json.load(open(report.name))["incidents"])
    middle, latest = max(samples[len(samples) // 4:len(samples) // 2]), max(samples[len(samples) // 2:])
    print(f"{lines} lines, {number} hours of log, {failovers} failovers, {told} incidents in the report")
    print(f"second quarter at most {middle:.1f} MiB, second half at most {latest:.1f} MiB, status {process.returncode}")
    grows = latest > middle * 1.25 + 8
    lost = told < min(failovers, KEPT_INCIDENTS)
    raise SystemExit(1 if grows or lost or process.returncode != 0 else 0)


main()
