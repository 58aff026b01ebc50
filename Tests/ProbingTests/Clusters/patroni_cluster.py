#!/usr/bin/env python3
"""Two members under a real Patroni with a real etcd on the loopback address, in a folder of their own.

usage: patroni_cluster.py FOLDER PATRONI_BIN POSTGRES_BIN

Prints one line of JSON when both members run and one streams from the other; then obeys lines on standard input
(`kill NAME`, `start NAME`, `freeze NAME`, `thaw NAME`, `pause`; `leads NAME` and `streams NAME` wait), answering each with
`done`. At the end of the input all is ended and removed.
"""
import json
import os
import pwd
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

folder, patroni, postgres = Path(sys.argv[1]), Path(sys.argv[2]), Path(sys.argv[3])
user = "postgres" if os.getuid() == 0 else pwd.getpwuid(os.getuid()).pw_name
processes = {}
ports = {}


def free_port():
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


def spawn(name, *command):
    log = open(folder / f"{name}.log", "ab")
    identity = {"user": user, "group": pwd.getpwnam(user).pw_gid, "extra_groups": []} if os.getuid() == 0 else {}
    environment = {"PATH": f"{postgres}:/usr/bin:/bin", "HOME": str(folder), "LC_ALL": "C.UTF-8"}
    processes[name] = subprocess.Popen(
        [str(word) for word in command], stdin=subprocess.DEVNULL, stdout=log, stderr=log, cwd=folder, env=environment,
        start_new_session=True, **identity)


def configuration(name):
    port, api = ports[name]
    return json.dumps({
        "scope": "shop", "name": name,
        "restapi": {"listen": f"127.0.0.1:{api}", "connect_address": f"127.0.0.1:{api}"},
        "etcd3": {"host": f"127.0.0.1:{ports['etcd'][0]}"},
        "bootstrap": {
            "dcs": {"ttl": 20, "loop_wait": 1, "retry_timeout": 3,
                    "postgresql": {"use_pg_rewind": True, "use_slots": True, "parameters": {
                        "shared_buffers": "16MB", "fsync": "off", "max_connections": 40, "wal_log_hints": "on",
                        "wal_keep_size": "32MB", "max_wal_size": "64MB", "min_wal_size": "32MB"}}},
            "initdb": [{"encoding": "UTF8"}, "no-sync"]},
        "postgresql": {
            "listen": f"127.0.0.1:{port}", "connect_address": f"127.0.0.1:{port}", "data_dir": str(folder / name),
            "bin_dir": str(postgres), "pgpass": str(folder / f"pgpass-{name}"),
            "pg_hba": ["local all all trust", "host replication all 127.0.0.1/32 trust",
                       "host all all 127.0.0.1/32 trust"],
            "parameters": {"unix_socket_directories": str(folder)},
            "authentication": {"superuser": {"username": "postgres", "password": "s3cret-superuser"},
                               "replication": {"username": "replicator", "password": "s3cret-replication"}}}})


def start(name):
    file = folder / f"{name}.yml"
    file.write_text(configuration(name))
    spawn(name, patroni / "python3", patroni / "patroni", file)


def get(name, path="/cluster"):
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{ports[name][1]}{path}", timeout=2) as answer:
            return json.load(answer)
    except (OSError, ValueError):
        return {}


def streams(name):
    leader, replica = get("pg1", "/patroni"), get("pg2", "/patroni")
    rows = (leader.get("replication") or []) + (replica.get("replication") or [])
    if not any(row.get("application_name") == name and row.get("state") == "streaming" for row in rows):
        return False
    # What the members write into the store comes later, with the next round of their loops.
    listed = [member for member in get(name).get("members", []) if member.get("name") == name]
    return any(member.get("state") in ("streaming", "running") and member.get("lag") == 0 for member in listed)


def wait_until(what, is_true, seconds=60):
    end = time.monotonic() + seconds
    while not is_true():
        if time.monotonic() > end:
            raise SystemExit(f"{what} did not come about: see {folder}")
        time.sleep(0.1)


def postmaster(name):
    return int((folder / name / "postmaster.pid").read_text().split()[0])


def end(name):
    """Ends a member as a container does that is killed: Patroni and its server at once."""
    try:
        os.kill(postmaster(name), signal.SIGKILL)
    except (OSError, ValueError):
        pass
    os.killpg(processes[name].pid, signal.SIGKILL)
    processes[name].wait()
    # The server's children notice the end of their parent.
    time.sleep(0.2)


def obey(line):
    verb, _, name = line.partition(" ")
    if verb == "kill":
        end(name)
    elif verb == "start":
        start(name)
    elif verb == "freeze":
        os.kill(postmaster(name), signal.SIGSTOP)
    elif verb == "thaw":
        os.kill(postmaster(name), signal.SIGCONT)
    elif verb == "pause":
        patch = urllib.request.Request(f"http://127.0.0.1:{ports['pg1'][1]}/config", b'{"pause": true}', method="PATCH")
        urllib.request.urlopen(patch, timeout=5).read()
    elif verb == "streams":
        wait_until(f"{name} streams", lambda: streams(name))
    elif verb == "leads":
        wait_until(f"{name} leads", lambda: get(name, "/patroni").get("role") in ("primary", "master"))


def main():
    folder.mkdir(parents=True, exist_ok=True)
    if os.getuid() == 0:
        shutil.chown(folder, user)
    ports.update(etcd=(free_port(), free_port()), pg1=(free_port(), free_port()), pg2=(free_port(), free_port()))
    client, peer = ports["etcd"]
    spawn("etcd", "etcd", "--name", "etcd", "--data-dir", folder / "etcd",
          "--listen-client-urls", f"http://127.0.0.1:{client}", "--advertise-client-urls", f"http://127.0.0.1:{client}",
          "--listen-peer-urls", f"http://127.0.0.1:{peer}", "--initial-advertise-peer-urls", f"http://127.0.0.1:{peer}",
          "--initial-cluster", f"etcd=http://127.0.0.1:{peer}", "--log-level=warn")
    start("pg1")
    wait_until("pg1 leads", lambda: get("pg1", "/patroni").get("role") in ("primary", "master"))
    start("pg2")
    wait_until("pg2 streams", lambda: streams("pg2"))
    print(json.dumps({name: {"port": port, "api": api} for name, (port, api) in ports.items()}), flush=True)
    for line in sys.stdin:
        obey(line.strip())
        print("done", flush=True)


signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
try:
    main()
finally:
    for name in [name for name in ("pg1", "pg2", "etcd") if name in processes]:
        try:
            os.kill(postmaster(name), signal.SIGKILL)
        except (OSError, ValueError):
            pass
        try:
            os.killpg(processes[name].pid, signal.SIGKILL)
            processes[name].wait(5)
        except (OSError, subprocess.TimeoutExpired):
            pass
    shutil.rmtree(folder, ignore_errors=True)
