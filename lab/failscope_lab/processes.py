"""Finding programs inside a member's box by what they are."""
import os
import re

BACKEND = re.compile(r"^postgres: (?:[\w-]+: )?(\w+) (\w+) [\d.]+\(\d+\) ")


def patroni(box):
    """The pid of Patroni itself, not of a wrapper that is pid 1."""
    found = [pid for pid, line in box.processes() if re.search(r"/patroni /etc/patroni\.yml", line) and "init.py" not in line]
    return max(found, default=None)


def postmaster(box):
    found = [pid for pid, line in box.processes() if re.match(r"\S*/postgres -D ", line)]
    return min(found, default=None)


def postgres(box):
    """The postmaster and all its children."""
    return [pid for pid, line in box.processes() if re.match(r"\S*/postgres -D |postgres: ", line)]


def backend(box, user="postgres"):
    """A client's session over the network, not Patroni's own."""
    for pid, line in box.processes():
        match = BACKEND.match(line)
        if match and match.group(1) == user:
            return pid
    return None


def child(box, title):
    """A server process by its title: walreceiver, walsender, checkpointer, startup."""
    return next((pid for pid, line in box.processes() if re.match(rf"postgres: (?:[\w-]+: )?{re.escape(title)}", line)), None)


def everything(box):
    return [pid for pid, _ in box.processes()]


def select(box, what):
    """The pids that a fault's word means."""
    single = {"patroni": patroni, "postmaster": postmaster, "backend": backend}
    if what in single:
        pid = single[what](box)
        return [pid] if pid else []
    if what == "postgres":
        return postgres(box)
    if what == "all":
        return everything(box)
    pid = child(box, what)
    return [pid] if pid else []


def send(pids, number):
    for pid in pids:
        try:
            os.kill(pid, number)
        except ProcessLookupError:
            continue
