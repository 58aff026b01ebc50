#!/usr/bin/env python3
"""workload.py [--dirty] [--quiet] [--dense] BYTES FILE: a deterministic docker compose log of about BYTES bytes.

The proportions are those of a cluster with a pooler that reconnects for every transaction: PgBouncer logins and closes
76 % of the lines, a client that writes and reads once a second 14 %, HAProxy's connections 3 %, the rest Patroni, PostgreSQL
and etcd. A failover happens every 8 MB, and the lost member comes back. `--dirty` words the two most common messages as
no program does, so that 90 % of the lines match nothing; `--quiet` leaves the failovers out; `--dense` has one every two minutes or so.
"""
import argparse
import datetime
import io
import pathlib
import re

ROOT = pathlib.Path(__file__).resolve().parent.parent
EPOCH = datetime.datetime(2026, 3, 1)
FAILOVER_EVERY = 8 << 20
FAILOVER_LASTS = 42.0
DENSE_EVERY = 36.0 * 2


class Numbers:
    """A small generator of its own, so that the file does not depend on Python's version."""

    def __init__(self, seed):
        self.state = seed

    def below(self, limit):
        self.state = (self.state * 6364136223846793005 + 1442695040888963407) % (1 << 64)
        return (self.state >> 33) % limit


class Clock:
    """Log time, and its printed forms, of which all but the second's fraction are kept from call to call."""

    def __init__(self):
        self.now = 0.0
        self.second = -1

    def forward(self, seconds):
        self.now += seconds

    def parts(self):
        second = int(self.now)
        if second != self.second:
            self.second = second
            at = EPOCH + datetime.timedelta(seconds=second)
            self.full = at.strftime("%Y-%m-%d %H:%M:%S")
            self.clock = at.strftime("%H:%M:%S")
            self.syslog = at.strftime("%b ") + at.strftime("%d %H:%M:%S").lstrip("0").rjust(11)
            self.iso = at.strftime("%Y-%m-%dT%H:%M:%S")
        return int((self.now - second) * 1000)


STAMPS = [
    (re.compile(r"2025-08-10 (\d\d):(\d\d):(\d\d)\.(\d{3})"), lambda c, ms: f"{c.full}.{ms:03}"),
    (re.compile(r"2025-08-10 (\d\d):(\d\d):(\d\d),(\d{3})"), lambda c, ms: f"{c.full},{ms:03}"),
    (re.compile(r"Aug 10 (\d\d):(\d\d):(\d\d)"), lambda c, ms: c.syslog),
    (re.compile(r"\[(\d\d):(\d\d):(\d\d)\]"), lambda c, ms: f"[{c.clock}]"),
]


def recorded_failover():
    """The lines of the recorded failover, each with its offset in seconds and the way its time is printed."""
    start = 21 * 3600 + 57 * 60 + 21.0
    lines, last = [], 0.3
    for text in (ROOT / "samples/seed-failover/compose.log").read_text().splitlines():
        form = None
        for number, (pattern, _) in enumerate(STAMPS):
            if match := pattern.search(text):
                hour, minute, second = (int(match[i]) for i in (1, 2, 3))
                offset = hour * 3600 + minute * 60 + second - start
                if match.re.groups == 4:
                    offset += int(match[4]) / 1000
                last, form = max(last, offset), number
                break
        lines.append((last, form, text))
    return lines


SWAPPED = {"pg1": "pg2", "pg2": "pg1"}


def swap(text):
    return re.sub(r"\bpg[12]\b", lambda m: SWAPPED[m[0]], text)


class Workload:
    def __init__(self, out, dirty):
        self.out = out
        self.clock = Clock()
        self.random = Numbers(20260301)
        self.row = 1000
        self.leader = "pg1"
        self.timeline = 2
        self.port = 40000
        self.login, self.close, self.write, self.read = (
            ("session opened for", "session ended on request of the client", "Stored: ID=", "Counted: Total records=")
            if dirty
            else ("login attempt:", "closing because: client close request", "WRITE: ID=", "READ: Total records=")
        )
        self.failover = recorded_failover()
        self.next_beat = 2.0
        self.next_operation = 0.5

    def line(self, source, text):
        self.out.write(f"{source:<10} | {text}\n")

    def step(self):
        """One connection through the pooler, and what is due by then."""
        self.clock.forward(0.09 + self.random.below(100) / 1000)
        ms = self.clock.parts()
        self.port = 32768 + (self.port + 2 + self.random.below(7)) % 28000
        client = f"C-0x562e4377{self.random.below(4096):03x}0: app/app@192.168.100.{20 + self.random.below(8)}:{self.port}"
        self.line("pgbouncer", f"{self.clock.full}.{ms:03} UTC [1] LOG {client} {self.login} db=app user=app tls=no")
        self.clock.forward(0.004)
        ms = self.clock.parts()
        self.line("pgbouncer", f"{self.clock.full}.{ms:03} UTC [1] LOG {client} {self.close} (age={self.random.below(4)}s)")
        if self.clock.now >= self.next_operation:
            self.operate()
        if self.clock.now >= self.next_beat:
            self.beat()
        kind = self.random.below(1000)
        if kind < 80:
            self.connect()
        elif kind < 105:
            self.server_line(kind)

    def operate(self):
        self.next_operation += 1.0
        self.row += 1
        self.line("monitor", f"[{self.clock.clock}] {self.write}{self.row}, Data='Test data #{self.row}'")
        self.line("monitor", f"[{self.clock.clock}] {self.read}{self.row - 31}, Latest: ID={self.row}, Data='Test data #{self.row}'")

    def beat(self):
        self.next_beat += 10.0
        for member in ("pg1", "pg2", "pg3"):
            ms = self.clock.parts()
            role = (
                f"I am ({member}), the leader with the lock"
                if member == self.leader
                else f"I am ({member}), a secondary, and following a leader ({self.leader})"
            )
            self.line(member, f"{self.clock.full},{ms:03} INFO: no action. {role}")
            self.clock.forward(0.013)

    def connect(self):
        ms = self.clock.parts()
        port = 32768 + self.random.below(28000)
        proxy = f"Connect from 192.168.100.8:{port} to 192.168.100.7:5432 (postgres_write/TCP)"
        self.line("haproxy", f"<134>{self.clock.syslog} haproxy[8]: {proxy}")
        if port % 2:
            server = f"S-0x562e437d{port % 4096:03x}0: app/app@192.168.100.7:5432 new connection to server"
            self.line("pgbouncer", f"{self.clock.full}.{ms:03} UTC [1] LOG {server} (from 192.168.100.8:{port})")

    def server_line(self, kind):
        ms = self.clock.parts()
        head = f"{self.clock.full}.{ms:03} UTC [{200 + self.random.below(400)}]"
        match kind % 5:
            case 0:
                self.line(self.leader, f'{head} ERROR:  duplicate key value violates unique constraint "orders_pkey"')
                self.line(self.leader, f"{head} DETAIL:  Key (id)=({self.row}) already exists.")
                self.line(self.leader, f"{head} STATEMENT:  INSERT INTO orders (id, data) VALUES ({self.row}, 'x')")
            case 1:
                self.line(self.leader, f"{head} LOG:  duration: {1000 + kind}.{kind:03} ms  statement: SELECT * FROM orders WHERE id = {self.row}")
            case 2:
                self.line(self.leader, f"{head} LOG:  checkpoint starting: time")
                self.line(self.leader, f"{head} LOG:  checkpoint complete: wrote {kind} buffers (0.5%); 0 WAL file(s) added, 0 removed, 0 recycled; write=1.909 s, sync=0.010 s, total=1.922 s; sync files=13, longest=0.005 s, average=0.001 s; distance=16485 kB, estimate=16485 kB")
            case 3:
                self.line(self.leader, f'{head} LOG:  automatic vacuum of table "app.public.orders": index scans: 1')
                self.out.write(f"{self.leader:<10} | \tpages: 0 removed, {kind} remain, 0 skipped due to pins, 0 skipped frozen\n")
            case _:
                self.line("etcd1", f'{{"level":"info","ts":"{self.clock.iso}.{ms:03}Z","caller":"mvcc/index.go:214","msg":"compact tree index","revision":{self.row}}}')
                self.line(self.leader, f"{head} LOG:  connection received: host=192.168.100.8 port={32768 + kind}")

    def fail_over(self):
        """The recorded failover at this time and between the present members, then the lost one's return."""
        start = self.clock.now
        lost, self.leader = self.leader, SWAPPED[self.leader]
        self.timeline += 1
        for offset, form, text in self.failover:
            if lost == "pg2":
                text = swap(text)
            self.clock.now = start + offset
            ms = self.clock.parts()
            if form is not None:
                pattern, printed = STAMPS[form]
                text = pattern.sub(lambda _: printed(self.clock, ms), text, 1)
            if "at log time" in text:
                self.clock.now = start + 2.196
                self.clock.parts()
                text = text.replace("2025-08-10 21:57:23.196882", f"{self.clock.full}.{int(self.clock.now % 1 * 1e6):06}")
            text = text.replace("timeline ID: 3", f"timeline ID: {self.timeline}")
            self.out.write(text + "\n")
        self.clock.now = start + FAILOVER_LASTS
        self.come_back(lost)
        self.next_beat = self.clock.now + 1
        self.next_operation = self.clock.now

    def come_back(self, member):
        for wait, text in (
            (3.0, "LOG:  starting PostgreSQL 17.5 (Debian 17.5-1.pgdg120+1) on x86_64-pc-linux-gnu, compiled by gcc, 64-bit"),
            (0.05, "LOG:  entering standby mode"),
            (0.05, "LOG:  database system is ready to accept read-only connections"),
            (0.1, f"LOG:  started streaming WAL from primary at 0/4000000 on timeline {self.timeline}"),
        ):
            self.clock.forward(wait)
            ms = self.clock.parts()
            self.line(member, f"{self.clock.full}.{ms:03} UTC [29] {text}")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--dirty", action="store_true")
    parser.add_argument("--quiet", action="store_true")
    parser.add_argument("--dense", action="store_true")
    parser.add_argument("bytes", type=int)
    parser.add_argument("file", type=pathlib.Path)
    options = parser.parse_args()
    with open(options.file, "wb") as target:
        block = io.StringIO()
        workload = Workload(block, options.dirty)
        written, failovers, next_dense = 0, 0, 20.0
        while written < options.bytes:
            for _ in range(256):
                workload.step()
            due = workload.clock.now >= next_dense if options.dense else written >= FAILOVER_EVERY * (failovers + 0.5)
            if due and not options.quiet:
                workload.fail_over()
                failovers += 1
                next_dense = workload.clock.now + DENSE_EVERY
            written += target.write(block.getvalue().encode())
            block.seek(0)
            block.truncate()


main()
