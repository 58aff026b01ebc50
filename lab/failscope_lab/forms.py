"""A recording in other forms: the same lines as other collectors would have kept them, without docker compose's lifecycle lines."""
import json
import shutil
from collections import defaultdict
from datetime import datetime, timezone
from pathlib import Path

from .journal import LIFECYCLE, Line

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
    rows = [row.split("\t", 3) for row in (source / "arrivals.tsv").read_text().splitlines()]
    lines = [Line(float(at), service, stream, text) for at, service, stream, text in rows if stream != LIFECYCLE]
    cluster = json.loads((source / "truth.json").read_text())["settings"]["cluster"]
    files = FORMS[name](lines, cluster)
    for file, content in files.items():
        (target / file).write_text("\n".join(content) + "\n")
    expected = json.loads((source / "expected.json").read_text())
    expected["input"] = sorted(files)
    (target / "expected.json").write_text(json.dumps(expected, indent=1) + "\n")
    shutil.copy(source / "truth.json", target / "truth.json")


@form("files")
def one_file_per_service(lines, _):
    """Redirected output: no arrival order between files."""
    files = defaultdict(list)
    for line in lines:
        files[f"{line.service}.log"].append(line.text)
    return files


@form("kubectl")
def kubectl(lines, _):
    """`kubectl logs --timestamps --prefix`: RFC 3339 with nanoseconds."""
    return {"kubectl.log": [f"[pod/{line.service}-0/{line.service}] {stamp(line.at)} {line.text}" for line in lines]}


@form("compose-timestamps")
def compose_with_timestamps(lines, _):
    """`docker compose logs --timestamps`."""
    width = max(len(line.service) for line in lines) + 2
    return {"compose.log": [f"{line.service:<{width}} | {stamp(line.at)} {line.text}" for line in lines]}


@form("journald")
def journald_short(lines, cluster):
    """`journalctl` in its short form, UTC, no year: each service on a host of its own."""
    content = []
    for line in lines:
        when = datetime.fromtimestamp(line.at, timezone.utc).strftime("%b %d %H:%M:%S")
        content.append(f"{when} {line.service} {identifier(line.service, cluster)}[{process_number(line.service)}]: {line.text}")
    return {"journald.log": content}


def identifier(service, cluster):
    """The syslog identifier of a service's unit. A member's is Patroni's, which PostgreSQL's lines have too."""
    if service in cluster["dcs"]:
        return "etcd"
    return {cluster["proxy"]: "haproxy", cluster["pooler"]: "pgbouncer", cluster["client"]: "monitor"}.get(service, "patroni")


def process_number(service):
    """A number that stays the same for a service, as its unit's main process has."""
    return 700 + sum(map(ord, service)) % 900


def stamp(at):
    whole = datetime.fromtimestamp(int(at), timezone.utc).strftime("%Y-%m-%dT%H:%M:%S")
    return f"{whole}.{int(at % 1 * 1e9):09d}Z"
