"""What can be done to the cluster: one function for each word of `lab/lab fault`, `lab/lab record` and scenarios.

A function takes the `Lab` and the words after its name and returns a sentence for truth.json. FAULTS and ACTIONS say under which of
the two headings it is kept: what breaks something, and what repairs or is ordinary work.
"""
import os
import shlex
import signal
import subprocess
import threading
import time
from datetime import datetime, timedelta, timezone

from . import processes, programs

FAULTS, ACTIONS = {}, {}


def fault(function):
    FAULTS[function.__name__.replace("_", "-")] = function
    return function


def action(function):
    ACTIONS[function.__name__.replace("_", "-")] = function
    return function


# Boxes

@fault
def stop(lab, service, grace="10"):
    """stop SERVICE: as docker stop."""
    lab.cluster.stop(service, float(grace))
    lab.cluster.notice_exits()
    return "docker stop (SIGTERM, SIGKILL after 10 s)"


@fault
def kill(lab, service):
    """kill SERVICE: SIGKILL for the whole box; its name and address vanish."""
    lab.cluster.kill(service)
    lab.cluster.notice_exits()
    return "docker kill (SIGKILL, name and address vanish)"


@action
def start(lab, service):
    """start SERVICE: after stop or kill."""
    lab.cluster.start(service)
    return "docker start"


@fault
def restart(lab, service):
    """restart SERVICE: stop and start."""
    stop(lab, service)
    start(lab, service)
    return "docker restart"


# Processes

@fault
def kill_process(lab, member, what, number="KILL"):
    """kill-process MEMBER postmaster|backend|patroni|walreceiver|… [SIGNAL]"""
    pids = processes.select(lab.cluster.boxes[member], what)
    if not pids:
        raise RuntimeError(f"no {what} in {member}")
    processes.send(pids, getattr(signal, f"SIG{number}"))
    return f"SIG{number} for {what}"


@action
def start_program(lab, member):
    """start-program MEMBER: where boxes are hosts, starts Patroni again (as a service manager does)."""
    lab.cluster.boxes[member].signal(signal.SIGUSR1)
    return "Patroni started again"


@fault
def freeze(lab, service, what="all"):
    """freeze SERVICE patroni|postgres|postmaster|all: SIGSTOP."""
    pids = processes.select(lab.cluster.boxes[service], what)
    processes.send(pids, signal.SIGSTOP)
    lab.frozen += [(service, pid) for pid in pids]
    return f"SIGSTOP for {what}"


@action
def thaw(lab, service):
    """thaw SERVICE: SIGCONT for what was frozen there."""
    processes.send([pid for owner, pid in lab.frozen if owner == service], signal.SIGCONT)
    lab.frozen = [entry for entry in lab.frozen if entry[0] != service]
    return "SIGCONT"


@fault
def slow(lab, service, stopped, running, seconds):
    """slow SERVICE STOPPED RUNNING SECONDS: stops it STOPPED s in every STOPPED + RUNNING s, for SECONDS s."""
    pids = processes.everything(lab.cluster.boxes[service])
    end = time.monotonic() + float(seconds)

    def pulse():
        while time.monotonic() < end:
            processes.send(pids, signal.SIGSTOP)
            time.sleep(float(stopped))
            processes.send(pids, signal.SIGCONT)
            time.sleep(float(running))

    threading.Thread(target=pulse, daemon=True).start()
    return f"slowed for {seconds} s: stopped {stopped} s of every {float(stopped) + float(running):g} s"


# Network

def peers(lab, words):
    """The addresses behind words: `dcs` and `members` are groups, all else is a service's name."""
    groups = {"dcs": lab.options.dcs, "etcd": lab.options.dcs, "members": lab.options.members}
    return [lab.options.address(name) for word in words for name in groups.get(word, [word])]


@fault
def partition(lab, service, *others):
    """partition SERVICE OTHER… : drops every packet between them. OTHER is a service, `dcs` or `members`."""
    for address in peers(lab, others):
        lab.cluster.network.filter(service, "input", f"ip saddr {address} drop")
        lab.cluster.network.filter(service, "output", f"ip daddr {address} drop")
    return f"all packets to and from {' '.join(others)} dropped"


@fault
def loss(lab, service, percent, *others):
    """loss SERVICE PERCENT OTHER… : drops so many of the packets at random."""
    for address in peers(lab, others):
        for chain, key in (("input", "saddr"), ("output", "daddr")):
            lab.cluster.network.filter(service, chain, f"ip {key} {address} numgen random mod 100 < {percent} drop")
    return f"{percent} % of the packets to and from {' '.join(others)} lost"


@fault
def block(lab, service, other, port):
    """block SERVICE OTHER PORT: drops SERVICE's packets to that port of OTHER, and what comes back."""
    address = lab.options.address(other)
    lab.cluster.network.filter(service, "output", f"ip daddr {address} tcp dport {port} drop")
    lab.cluster.network.filter(service, "input", f"ip saddr {address} tcp sport {port} drop")
    return f"packets to {other}:{port} dropped"


@fault
def throttle(lab, service, other, port, rate):
    """throttle SERVICE OTHER PORT RATE: lets only RATE ("20 kbytes/second") come from that port of OTHER."""
    address = lab.options.address(other)
    lab.cluster.network.filter(service, "input", f"ip saddr {address} tcp sport {port} limit rate over {rate} drop")
    return f"packets from {other}:{port} limited to {rate}"


@fault
def lag(lab, member, rate="20 kbytes/second"):
    """lag MEMBER [RATE]: replication to it is throttled; with some load it falls behind."""
    for other in lab.options.members:
        if other != member:
            throttle(lab, member, other, "5432", rate)
    return f"replication to it limited to {rate}"


@fault
def unplug(lab, service):
    """unplug SERVICE: pulls the cable; the programs run on."""
    lab.cluster.network.cable(service, plugged=False)
    return "cable pulled: no packets in or out"


@action
def heal(lab):
    """heal: every packet filter away, every cable in, every name service answering, everything frozen thawed."""
    lab.cluster.network.heal()
    lab.cluster.names.refused.clear()
    lab.cluster.names.late = 0.0
    for service, _ in list(lab.frozen):
        thaw(lab, service)
    return "network healed"


@fault
def dns_off(lab, *services):
    """dns-off SERVICE… : their name service answers SERVFAIL."""
    lab.cluster.names.refused.update(services)
    return "name service fails"


@fault
def dns_late(lab, seconds):
    """dns-late SECONDS: names that are not there are answered so late."""
    lab.cluster.names.late = float(seconds)
    return f"dead names are answered after {seconds} s"


# Disks and files

@fault
def fill_disk(lab, member):
    """fill-disk MEMBER: nothing is left on its data disk."""
    path = lab.cluster.data_folder(member) / "filler"
    with open(path, "wb", buffering=0) as handle:
        try:
            while True:
                handle.write(b"\0" * 1048576)
        except OSError:
            return "data disk filled"


@action
def free_disk(lab, member):
    """free-disk MEMBER"""
    (lab.cluster.data_folder(member) / "filler").unlink(missing_ok=True)
    return "data disk freed"


@fault
def remove_data(lab, member, *below):
    """remove-data MEMBER [PATH]: deletes the data directory, or a path in it."""
    target = lab.cluster.data_folder(member) / "data" / "/".join(below)
    subprocess.run(["rm", "-rf", target], check=True)
    return f"data directory deleted: {'/'.join(below) or 'all of it'}"


@fault
def foreign_data(lab, member):
    """foreign-data MEMBER: while it is stopped, puts the data directory of another, new cluster in place of its own."""
    folder = lab.cluster.data_folder(member) / "data"
    subprocess.run(["rm", "-rf", folder], check=True)
    command = [programs.postgres_directory(lab.options.postgres) + "/initdb", "-D", str(folder), "-k", "-E", "UTF8", "--locale=C.UTF-8"]
    subprocess.run(["setpriv", "--reuid=postgres", "--regid=postgres", "--init-groups", *command], check=True,
                   capture_output=True, cwd="/")
    return "data directory of another cluster put in place"


@fault
def edit(lab, member, setting):
    """edit MEMBER PATH=VALUE: changes its patroni.yml in place; takes effect with a restart or reload."""
    lab.edit_member(member, setting)
    return f"patroni.yml: {setting}"


@fault
def spoil(lab, member, *text):
    """spoil MEMBER TEXT: appends a line to its patroni.yml."""
    with open(lab.cluster.state / member / "etc/patroni.yml", "a") as handle:
        handle.write(" ".join(text).replace("\\t", "\t") + "\n")
    return f"line appended to patroni.yml: {' '.join(text)}"


@fault
def skew(lab, member, offset):
    """skew MEMBER +7s: its clock is off from its next start on."""
    lab.options.skew = [e for e in lab.options.skew if not e.startswith(f"{member}=")] + [f"{member}={offset}"]
    lab.cluster.boxes[member].environment = lab.cluster.member_environment(member)
    return f"clock {offset} off"


# Programs of the field

@action
def ctl(lab, member, *words):
    """ctl MEMBER WORD… : patronictl in that member's box."""
    words = [scheduled(word) for word in words]
    command = [lab.patronictl, "-c", "/etc/patroni.yml", *words]
    run = lab.cluster.boxes[member].execute(*command)
    lab.last_output = {"rc": run.returncode, "output": (run.stdout + run.stderr).strip()[-3000:]}
    return "patronictl " + " ".join(words)


def scheduled(word):
    """`in:25` as the instant 25 s from now; other words as they are."""
    if not word.startswith("in:"):
        return word
    return (datetime.now(timezone.utc) + timedelta(seconds=float(word[3:]))).isoformat(timespec="seconds")


@action
def switchover(lab, member, candidate):
    """switchover LEADER CANDIDATE"""
    flag = "--master" if lab.options.patroni.startswith("2.") else "--leader"
    return ctl(lab, member, "switchover", lab.options.scope, flag, member, "--candidate", candidate, "--force")


@action
def pause(lab, member):
    """pause MEMBER: patronictl pause there."""
    return ctl(lab, member, "pause", "--wait", lab.options.scope)


@action
def resume(lab, member):
    """resume MEMBER"""
    return ctl(lab, member, "resume", "--wait", lab.options.scope)


@action
def sql(lab, member, *words):
    """sql MEMBER STATEMENT: over the member's socket as superuser."""
    text = " ".join(words)
    lab.last_output = {"output": lab.sql_output(member, text)}
    return text


@action
def exec_in(lab, service, *words):
    """exec-in SERVICE COMMAND: a shell command in the box."""
    run = lab.cluster.boxes[service].execute("/bin/bash", "-c", " ".join(words))
    lab.last_output = {"rc": run.returncode, "output": (run.stdout + run.stderr).strip()[-2000:]}
    return " ".join(words)


@action
def hang_up(lab, service, number="HUP"):
    """hang-up SERVICE [SIGNAL]: a signal for pid 1, such as HUP or USR2 for a reload."""
    lab.cluster.boxes[service].signal(getattr(signal, f"SIG{number}"))
    return f"SIG{number}"


@action
def etcdctl(lab, *words):
    """etcdctl WORD… : as someone with access to etcd; {scope} is the cluster's scope."""
    name = next(n for n in lab.options.dcs if lab.cluster.boxes[n].running)
    words = [w.replace("{scope}", lab.options.scope) for w in words]
    environment = dict(os.environ, ETCDCTL_API="3")
    run = subprocess.run(["nsenter", f"--net={lab.cluster.network.path('observer')}", "etcdctl", "--endpoints",
                          f"http://{lab.options.address(name)}:2379", *words], capture_output=True, text=True, env=environment, timeout=30)
    lab.last_output = {"rc": run.returncode, "output": (run.stdout + run.stderr).strip()[-2000:]}
    return "etcdctl " + " ".join(words)


# Load

@action
def sessions(lab, count, seconds, by="postgres"):
    """sessions COUNT SECONDS [USER]: so many idle sessions through HAProxy, past the pooler."""
    lab.background("sessions", count, seconds, by)
    return f"{count} idle sessions for {seconds} s, past the pooler"


FAULTS["sessions"] = ACTIONS.pop("sessions")


@action
def load(lab, seconds, rows="500"):
    """load SECONDS [ROWS]: inserts so many rows of 650 bytes each second, through the proxy."""
    lab.background("load", seconds, rows)
    return f"bulk load for {seconds} s"


@action
def application(lab, what):
    """application duplicate-key|syntax-error|wrong-password|deadlock|no-database|slow: an ordinary error of an application."""
    lab.background("application", what)
    return f"application: {what}"


# Waiting

@action
def wait(lab, *words):
    """wait SECONDS, or wait writable|streaming MEMBER|leader MEMBER|down MEMBER|up MEMBER|clients-fail [SECONDS]"""
    return lab.waits.wait(words)


def perform(lab, text):
    """One step, such as `kill pg1`. Returns (heading, entry of truth.json)."""
    name, *words = shlex.split(text)
    function = FAULTS.get(name) or ACTIONS.get(name)
    if function is None:
        raise ValueError(f"unknown step: {name}; known are {', '.join(sorted(FAULTS | ACTIONS))}")
    began = time.time()
    what = function(lab, *words)
    entry = {"t": round(began, 3), "t_done": round(time.time(), 3), "what": what, "on": words[0] if words else None, "step": text}
    return ("faults" if name in FAULTS else "actions"), entry | lab.take_output()
