#!/usr/bin/env python3
"""compare.py [--size MB] [--runs N] [--binary PATH] [--work DIR]: failscope beside its peers, on the same files in the same run.

CPU seconds (user and system, whole process) first, since other work on the machine changes wall time; medians of
interleaved runs. SEC and pgbadger are given less, and are compared by megabytes per CPU second.
"""
import argparse
import os
import pathlib
import platform
import shutil
import subprocess
import sys
import time

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent


class Run:
    """What a command cost."""

    def __init__(self, command, shell=False):
        start = time.monotonic()
        arguments = ["bash", "-c", command] if shell else command
        with open(os.devnull, "r+b") as nothing:
            process = subprocess.Popen(arguments, stdin=nothing, stdout=nothing, stderr=nothing)
            _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        self.wall = time.monotonic() - start
        self.cpu = usage.ru_utime + usage.ru_stime
        self.mebibytes = usage.ru_maxrss / 1024
        self.status = process.returncode


def measured(commands, runs, shell=False, by=lambda run: run.cpu):
    """The median run of each command, the commands taking turns."""
    found = {name: [] for name in commands}
    for _ in range(runs):
        for name, command in commands.items():
            run = Run(command, shell)
            if run.status not in (0, 1):
                sys.exit(f"compare: {name} ended with status {run.status}")
            found[name].append(run)
    return {name: sorted(each, key=by)[len(each) // 2] for name, each in found.items()}


def generated(work, name, size, *flags):
    path = work / name
    if not path.exists():
        print(f"compare: writing {path.name}", file=sys.stderr)
        subprocess.run([sys.executable, HERE / "workload.py", *flags, str(size), path], check=True)
    # Into the page cache, by another process: a program's peak begins with the size of the one that it was started by.
    subprocess.run(["cat", path], stdout=subprocess.DEVNULL, check=True)
    return path


def part(source, target, size, keep=lambda line: line):
    """The first `size` bytes of lines that `keep` lets through."""
    if not target.exists():
        with open(source, "rb") as lines, open(target, "wb") as out:
            written = 0
            for line in lines:
                kept = keep(line)
                if kept:
                    written += out.write(kept)
                if written >= size:
                    break
    return target


def copied(program, work):
    """A copy of a program, made now. As the linker wrote it, or as it came back from the disk, a program's pages lie apart
    in the page cache, which costs a start milliseconds: all are to begin alike."""
    copy = work / f"copy-of-{pathlib.Path(program).name}"
    subprocess.run(["cp", program, copy], check=True)
    return copy


def pooler(line):
    return line[13:] if line.startswith(b"pgbouncer ") else None


class Table:
    def __init__(self):
        self.rows = []

    def add(self, what, figure, goal, holds):
        self.rows.append((what, figure, goal, "yes" if holds else "no"))

    def least(self, what, ratio, goal):
        self.add(what, f"{ratio:.2f} ×", f"at least {goal} ×", ratio >= goal)

    def most(self, what, ratio, goal):
        self.add(what, f"{ratio:.2f} ×", f"at most {goal} ×", ratio <= goal)

    def show(self):
        print("\n| against, same file, same run | measured | goal | met |\n| --- | --- | --- | --- |")
        for row in self.rows:
            print("| " + " | ".join(row) + " |")


def show(title, runs, size, other=None):
    """Prints what the runs cost, on `size` bytes; `other`: the commands that were given another size, with that."""
    print(f"\n{title}\n\n| command | CPU s | MB/CPU s | wall s | peak MiB |\n| --- | --- | --- | --- | --- |")
    for name, run in runs.items():
        rate = (other or {}).get(name, size) / 1e6 / run.cpu if run.cpu > 0 else 0
        print(f"| {name} | {run.cpu:.3f} | {rate:.{0 if rate >= 10 else 1}f} | {run.wall:.3f} | {run.mebibytes:.0f} |")
    sys.stdout.flush()


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--size", type=int, default=1000, help="megabytes of the workload (1000)")
    parser.add_argument("--runs", type=int, default=5, help="runs of each command (5)")
    parser.add_argument("--binary", type=pathlib.Path, default=ROOT / ".build/release/failscope")
    parser.add_argument("--work", type=pathlib.Path, default=ROOT / ".build/bench", help="where files are kept")
    parser.add_argument("--skip-slow", action="store_true", help="leave lnav, pgbadger and SEC out")
    options = parser.parse_args()
    work, runs, binary = options.work, options.runs, options.binary.resolve()
    work.mkdir(parents=True, exist_ok=True)
    size = options.size * 1_000_000
    clean = generated(work, f"clean-{options.size}.log", size)
    dirty = generated(work, f"dirty-{options.size}.log", size, "--dirty")
    patterns, hyperscan = work / "patterns.txt", work / "hyperscan"
    subprocess.run([sys.executable, HERE / "patterns.py", "300", patterns], check=True)
    subprocess.run(["cc", "-O2", "-o", hyperscan, HERE / "peers/hyperscan.c", "-lhs"], check=True)
    one = work / "one.log"
    one.write_bytes(clean.open("rb").readline())
    analyze = [binary, "analyze", "--threads", "1"]
    table = Table()
    print(f"{os.cpu_count()} cores, {platform.machine()}, load {os.getloadavg()[0]:.1f}; {clean.stat().st_size / 1e6:.0f} MB; "
          f"medians of {runs}")

    found = measured(
        {
            "failscope, 1 thread": [*analyze, clean],
            "failscope, 2 threads": [binary, "analyze", clean],
            "rg -c -f, 300 patterns": ["rg", "-c", "-f", patterns, clean],
            "wc -l": ["wc", "-l", clean],
            "Hyperscan a line": [hyperscan, patterns, clean],
        },
        runs,
    )
    show("The whole report", found, clean.stat().st_size)
    ours = found["failscope, 1 thread"]
    table.least("`rg -c -f`, 300 patterns: its CPU to ours", found["rg -c -f, 300 patterns"].cpu / ours.cpu, 4)
    table.most("`wc -l`: our CPU to its", ours.cpu / found["wc -l"].cpu, 4)
    table.least("Hyperscan, line by line: its CPU to ours", found["Hyperscan a line"].cpu / ours.cpu, 2.5)
    table.most("two threads: wall to that of one", found["failscope, 2 threads"].wall / ours.wall, 0.75)

    found = measured({"failscope": [*analyze, dirty], "rg": ["rg", "-c", "-f", patterns, dirty]}, runs)
    show("Hardly any line matches", found, dirty.stat().st_size)
    table.least("the dirty file, `rg -c -f`: its CPU to ours", found["rg"].cpu / found["failscope"].cpu, 2)

    found = measured({"failscope": f"cat {clean} | {binary} analyze", "wc": f"cat {clean} | wc -l"}, runs, shell=True)
    show("Through a pipe", found, clean.stat().st_size)
    table.most("a pipe, `cat | wc -l`: our wall to its", found["failscope"].wall / found["wc"].wall, 1.6)

    ours, theirs = copied(binary, work), copied(shutil.which("rg"), work)
    both = {"failscope": [ours, *analyze[1:], one], "rg": [theirs, "-c", "-f", patterns, one]}
    found = measured(both, max(runs, 41), by=lambda run: run.wall)
    show("One line, the whole process", found, one.stat().st_size)
    table.add("one line: wall", f"{found['failscope'].wall * 1000:.1f} ms", "under 10 ms", found["failscope"].wall < 0.01)
    table.most("one line, `rg -f`: our wall to its", found["failscope"].wall / found["rg"].wall, 1)

    if not options.skip_slow:
        slow(table, work, clean, analyze, min(runs, 3))
    table.show()


def slow(table, work, clean, analyze, runs):
    lnav = ["lnav", "-I", HERE / "peers/lnav", "-n", "-c", ";SELECT count(*) FROM failscope_compose", clean]
    found = measured({"failscope": [*analyze, clean], "lnav": lnav}, runs)
    show("lnav, one SQL count", found, clean.stat().st_size)
    table.least("lnav: its CPU to ours", found["lnav"].cpu / found["failscope"].cpu, 20)

    pool = part(clean, work / "pgbouncer.log", 20_000_000, pooler)
    badger = ["pgbadger", "-q", "-f", "pgbouncer", "-x", "json", "-o", work / "pgbadger.json", pool]
    found = measured({"failscope": [*analyze, pool], "pgbadger": badger}, runs)
    show("pgbadger, PgBouncer's lines", found, pool.stat().st_size)
    table.least("pgbadger: our MB per CPU second to its", found["pgbadger"].cpu / found["failscope"].cpu, 30)

    few = part(clean, work / "sec.log", 3_000_000)
    rules = work / "sec.conf"
    chosen = (work / "patterns.txt").read_text().splitlines()[::5][:60]
    rules.write_text("".join(f"type=Single\nptype=RegExp\npattern={each}\ndesc=rule {n}\naction=none\n\n" for n, each in enumerate(chosen)))
    sec = ["sec", f"--conf={rules}", f"--input={few}", "--fromstart", "--notail", "--quiet", f"--log={work / 'sec-messages'}"]
    found = measured({"failscope": [*analyze, clean], "SEC, 60 rules": sec}, runs)
    show("SEC (3 MB)", found, clean.stat().st_size, {"SEC, 60 rules": few.stat().st_size})
    ours, theirs = found["failscope"], found["SEC, 60 rules"]
    ratio = (clean.stat().st_size / ours.cpu) / (few.stat().st_size / theirs.cpu)
    table.least("SEC, 60 rules: our MB per CPU second to its", ratio, 500)


for program in ("rg", "cc"):
    if not shutil.which(program):
        sys.exit(f"compare: {program} is missing; 'make bench' installs it")
main()
