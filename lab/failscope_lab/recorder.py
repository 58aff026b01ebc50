"""`lab/lab record`: plays a scenario and writes compose.log, truth.json, expected.json and arrivals.tsv."""
import json
import re
import time
from contextlib import nullcontext
from pathlib import Path

from . import expectation, journal, truth
from .lab import Lab

# How long before the cluster works a recording begins.
LEAD = 1.0


def record(scenario, folder, echo=False, watch=None):
    """Plays the scenario; whatever happens, everything it started is gone afterwards.

    `watch`, called with the lab and the folder when the cluster works, gives a context in which the steps are performed."""
    folder = Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    lab = Lab(scenario.options, echo)
    try:
        lab.up(wait=scenario.wait_for_cluster)
        with watch(lab, folder) if watch else nullcontext():
            problem = play(lab, scenario)
        ended = time.time()
        contents = truth.table_contents(lab)
        lines = kept_lines(lab, scenario, ended)
        document = truth.truth(lab, scenario, lines, ended, contents)
    finally:
        lab.down()
    if problem:
        document["problem"] = problem
    write(folder, lab, scenario, lines, document)
    return document


def play(lab, scenario):
    """Performs the steps. A condition that never came true is kept in the recording: it tells what happened instead."""
    for text in scenario.steps:
        try:
            lab.perform(text)
        except (TimeoutError, RuntimeError) as error:
            lab.idle(scenario.end)
            return f"{text}: {error}"
    lab.idle(scenario.end)
    return None


def kept_lines(lab, scenario, ended):
    begin = lab.started if scenario.from_start else lab.ready - LEAD
    lines = [line for line in lab.cluster.journal.snapshot() if begin <= line.at <= ended]
    return without_probe(lines)


def without_probe(lines):
    """Leaves out what the observer's own client caused: PgBouncer's lines of its user, and PostgreSQL's errors of its statements."""
    kept = []
    for line in lines:
        if "/probe@" in line.text:
            continue
        if re.search(r"STATEMENT: .*(probe_writes|/\* observer \*/)", line.text):
            drop_error(kept, line)
            continue
        kept.append(line)
    return kept


def drop_error(kept, statement):
    """Takes out the ERROR that a STATEMENT line of the same process belongs to."""
    process = re.search(r"\[(\d+)\]", statement.text)
    for index in range(len(kept) - 1, max(-1, len(kept) - 60), -1):
        line = kept[index]
        if line.service == statement.service and process and f"[{process.group(1)}]" in line.text and re.search("ERROR:|FATAL:|PANIC:", line.text):
            del kept[index]
            return


def write(folder, lab, scenario, lines, document):
    width = lab.cluster.journal.width
    text = [journal.compose_form(line, width) for line in lines]
    if scenario.from_start:
        text.insert(0, "Attaching to " + ", ".join(sorted(lab.options.services)))
    (folder / "compose.log").write_text("\n".join(text) + "\n")
    (folder / "truth.json").write_text(json.dumps(document, indent=1) + "\n")
    rows = [f"{line.at:.6f}\t{line.service}\t{line.stream}\t{line.text}" for line in lines]
    (folder / "arrivals.tsv").write_text("\n".join(rows) + "\n")
    write_expected(folder, scenario, document, lines)


def write_expected(folder, scenario, document, lines):
    expected = expectation.derive(scenario.expected, document, lines, scenario.options)
    (folder / "expected.json").write_text(json.dumps(expected, indent=1) + "\n")


def expect(scenario, folder):
    """Derives expected.json of a recording anew, after its scenario's [expected] was changed."""
    folder = Path(folder)
    rows = (row.split("\t", 3) for row in (folder / "arrivals.tsv").read_text().splitlines())
    lines = [journal.Line(float(at), service, stream, text) for at, service, stream, text in rows]
    write_expected(folder, scenario, json.loads((folder / "truth.json").read_text()), lines)
