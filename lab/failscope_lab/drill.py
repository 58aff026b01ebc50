"""`lab/lab drill`: plays scenarios while `failscope tail` reads along, then analyzes the saved log, and compares both with the truth."""
import subprocess
import threading
from contextlib import contextmanager
from pathlib import Path

from . import accuracy, journal, programs, recorder
from .scenario import Scenario

# Faults of different kinds: an end, a freeze, a network, a store, a disk, a pooler, an operator, a replica.
USUAL = ["sync-failover", "postgres-frozen", "patroni-frozen-short", "failsafe-partition", "etcd-loss", "disk-full-replica",
         "connections-idle", "pooler-frozen", "scheduled-switchover", "replica-restarted"]


def play(names, folder):
    """Records each scenario into a folder of its own below `folder`, with the reports on it."""
    failscope = programs.failscope()
    for name in names:
        scenario = Scenario.load(name)
        output = Path(folder) / scenario.name
        document = recorder.record(scenario, output, watch=lambda lab, where: reading_along(failscope, lab, where))
        analyze(failscope, output)
        print(f"{scenario.name}: {document['compose_lines']} lines"
              + (f"; NOT AS PLANNED: {document['problem']}" if "problem" in document else ""), flush=True)


@contextmanager
def reading_along(failscope, lab, folder):
    """`failscope tail` with the lines of the lab on its standard input, as they come; live.log keeps what it was given."""
    ended = threading.Event()
    with open(folder / "live.ndjson", "wb") as output, open(folder / "live.log", "wb") as kept:
        tail = subprocess.Popen([failscope, "tail", "--format", "ndjson", "--report", str(folder / "live.json")],
                                stdin=subprocess.PIPE, stdout=output)
        feeder = threading.Thread(target=feed, args=(lab, tail.stdin, kept, ended))
        feeder.start()
        try:
            yield
        finally:
            ended.set()
            feeder.join()
            tail.wait(timeout=60)


def feed(lab, pipe, kept, ended):
    """Passes lines on every 50 ms until it is over, then the last ones."""
    width, told = lab.cluster.journal.width, 0
    while True:
        is_last = ended.wait(0.05)
        lines = lab.cluster.journal.snapshot()
        for line in lines[told:]:
            if line.at >= lab.ready - recorder.LEAD:
                text = (journal.compose_form(line, width) + "\n").encode()
                kept.write(text)
                pipe.write(text)
        told = len(lines)
        pipe.flush()
        if is_last:
            pipe.close()
            return


def analyze(failscope, folder):
    """The report from the saved log: on what `tail` was given, as a pipe too, so that the reports may be equal to the byte."""
    with open(folder / "live.log", "rb") as log, open(folder / "saved.json", "wb") as output:
        subprocess.run([failscope, "analyze", "--format", "json", "-"], stdin=log, stdout=output, check=True)


def report(folder):
    """Prints the tables; 1 if a report contradicts the truth in words, or live and saved ones differ."""
    drills = [accuracy.Drill.load(path.parent) for path in sorted(Path(folder).glob("*/truth.json"))]
    print(accuracy.faults_table(drills))
    print()
    print(accuracy.boundaries_table(drills))
    return 0 if drills and all(drill.holds for drill in drills) else 1
