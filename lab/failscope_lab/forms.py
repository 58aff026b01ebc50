"""A recording in other forms: the same lines as other collectors would have kept them."""
import json
import shutil
from collections import defaultdict
from datetime import datetime, timezone
from pathlib import Path

FORMS = {}


def form(name):
    def register(function):
        FORMS[name] = function
        return function
    return register


def write(name, source, target):
    """Writes one form of the recording in `source` into the folder `target`, with its expectations."""
    source, target = Path(source), Path(target)
    target.mkdir(parents=True, exist_ok=True)
    lines = [row.split("\t", 3) for row in (source / "arrivals.tsv").read_text().splitlines()]
    files = FORMS[name]([(float(at), service, stream, text) for at, service, stream, text in lines])
    for file, content in files.items():
        (target / file).write_text("\n".join(content) + "\n")
    expected = json.loads((source / "expected.json").read_text())
    expected["input"] = sorted(files)
    if name != "files":
        expected["options"] = ["--year", str(datetime.fromtimestamp(float(lines[0][0]), timezone.utc).year)] if name == "journald" else []
    (target / "expected.json").write_text(json.dumps(expected, indent=1) + "\n")
    if (source / "truth.json").exists():
        shutil.copy(source / "truth.json", target / "truth.json")


@form("files")
def one_file_per_service(lines):
    """Redirected output: no arrival order between files, no lifecycle lines."""
    files = defaultdict(list)
    for _, service, stream, text in lines:
        if stream != "lifecycle":
            files[f"{service}.log"].append(text)
    return files


@form("kubectl")
def kubectl(lines):
    """`kubectl logs --timestamps --prefix`: RFC 3339 with nanoseconds, no lifecycle lines."""
    content = []
    for at, service, stream, text in lines:
        if stream != "lifecycle":
            content.append(f"[pod/{service}-0/{service}] {stamp(at)} {text}")
    return {"kubectl.log": content}


@form("compose-timestamps")
def compose_with_timestamps(lines):
    """`docker compose logs --timestamps`."""
    width = max(len(service) for _, service, _, _ in lines) + 2
    return {"compose.log": [f"{service:<{width}} | {stamp(at)} {text}" for at, service, stream, text in lines if stream != "lifecycle"]}


@form("journald")
def journald_short(lines):
    """`journalctl` in its short form: each service on a host of its own, UTC, no year."""
    content = []
    for at, service, stream, text in lines:
        if stream != "lifecycle":
            when = datetime.fromtimestamp(at, timezone.utc).strftime("%b %d %H:%M:%S")
            content.append(f"{when} {service} {program(service, text)}[{700 + sum(map(ord, service)) % 900}]: {text}")
    return {"journald.log": content}


def program(service, text):
    """The syslog identifier. A member's is Patroni's, which PostgreSQL inherits."""
    for name in ("etcd", "haproxy", "pgbouncer", "monitor"):
        if service.startswith(name):
            return name
    return "patroni"


def stamp(at):
    whole = datetime.fromtimestamp(int(at), timezone.utc).strftime("%Y-%m-%dT%H:%M:%S")
    return f"{whole}.{int(at % 1 * 1e9):09d}Z"
