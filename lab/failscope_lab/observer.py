"""The observer: a process of its own that looks at the cluster ten times a second, reads no log, and prints what it saw as JSON lines.

    python3 -m failscope_lab.observer PLAN.json

PLAN names the sockets and addresses to look at. Every line is {"t": epoch seconds, "what": …, "key": …, "value": …}, printed when
a value changes; writes and reads of the probe client are printed one by one. It ends when its standard input does.
"""
import base64
import http.client
import json
import os
import socket
import sys
import threading
import time

from . import wire

PERIOD = 0.1
# One line, with a mark by which the recorder knows it where a server quotes it.
MEMBER_QUERY = " ".join("""SELECT /* observer */ pg_is_in_recovery(),
 CASE WHEN pg_is_in_recovery() THEN (SELECT received_tli FROM pg_stat_wal_receiver)
      ELSE ('x' || lpad(left(pg_walfile_name(pg_current_wal_lsn()), 8), 8, '0'))::bit(32)::int END,
 (SELECT timeline_id FROM pg_control_checkpoint()),
 CASE WHEN pg_is_in_recovery() THEN pg_last_wal_receive_lsn() ELSE pg_current_wal_lsn() END,
 pg_last_wal_replay_lsn(),
 (SELECT status FROM pg_stat_wal_receiver), (SELECT sender_host FROM pg_stat_wal_receiver),
 (SELECT string_agg(application_name || '=' || sync_state, ',' ORDER BY application_name) FROM pg_stat_replication
   WHERE state = 'streaming')""".split())


class Output:
    """Prints changes only, each with the instant at which it was seen."""

    def __init__(self):
        self.lock = threading.Lock()
        self.last = {}

    def event(self, what, key, value, at=None):
        with self.lock:
            print(json.dumps({"t": round(at or time.time(), 3), "what": what, "key": key, "value": value}), flush=True)

    def change(self, what, key, value, detail=None):
        """`value` decides whether something changed; `detail` comes along."""
        with self.lock:
            if self.last.get((what, key)) == value:
                return
            self.last[what, key] = value
        self.event(what, key, value | (detail or {}))


class Watcher(threading.Thread):
    """Calls `look` each PERIOD, however long a look took."""

    def __init__(self, output):
        super().__init__(daemon=True)
        self.output = output

    def run(self):
        while True:
            due = time.monotonic() + PERIOD
            self.look()
            time.sleep(max(0.0, due - time.monotonic()))


class MemberWatcher(Watcher):
    """One member's PostgreSQL over its Unix socket."""

    def __init__(self, output, member, path):
        super().__init__(output)
        self.member, self.path = member, path
        self.connection = None

    def look(self):
        try:
            self.connection = self.connection or wire.connect_unix(self.path)
            row = self.connection.query(MEMBER_QUERY)[0]
        except TimeoutError:
            self.report({"state": "unresponsive"})
        except wire.ServerError as error:
            self.report({"state": self.state_of(error)})
        except OSError:
            self.report({"state": "down"})
        else:
            self.report_row(row)

    @staticmethod
    def state_of(error):
        """57P03 is cannot_connect_now; its text says why. Others: the server is there and refuses."""
        text = str(error)
        if error.code == "57P03":
            return "stopping" if "shutting down" in text else "starting"
        return "stopping" if error.code.startswith("57") else f"refusing ({error.code})"

    def report(self, value):
        if self.connection:
            self.connection.close()
            self.connection = None
        self.output.change("member", self.member, value)

    def report_row(self, row):
        recovery = row[0] == "t"
        value = {"state": "up", "in_recovery": recovery, "tli": int(row[1]) if row[1] else None,
                 "checkpoint_tli": int(row[2]), "receiver": row[5], "upstream": row[6]}
        self.output.change("member", self.member, value, {"lsn": row[3], "replay_lsn": row[4]})
        self.output.change("replication", self.member, {"streaming": row[7]})


class DcsWatcher(Watcher):
    """One etcd member's own copy of the leader key (a serializable read) and whether it knows a raft leader."""

    def __init__(self, output, name, address, key):
        super().__init__(output)
        self.name = name
        self.connection = http.client.HTTPConnection(address, 2379, timeout=1)
        self.body = json.dumps({"key": base64.b64encode(key.encode()).decode(), "serializable": True})

    def look(self):
        try:
            kvs = self.ask("/v3/kv/range", self.body).get("kvs") or []
            status = self.ask("/v3/maintenance/status", "{}")
            value = {"reachable": True, "holder": base64.b64decode(kvs[0]["value"]).decode() if kvs else None,
                     "quorum": status.get("leader", "0") != "0"}
        except (OSError, ValueError, http.client.HTTPException):
            self.connection.close()
            value = {"reachable": False}
        self.output.change("dcs", self.name, value)

    def ask(self, path, body):
        self.connection.request("POST", path, body, {"Content-Type": "application/json"})
        return json.loads(self.connection.getresponse().read())


class ProxyWatcher(Watcher):
    """HAProxy's own view, over its admin socket."""

    def __init__(self, output, path):
        super().__init__(output)
        self.path = path

    def look(self):
        try:
            with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as handle:
                handle.settimeout(1)
                handle.connect(self.path)
                handle.sendall(b"show stat\n")
                text = b"".join(iter(lambda: handle.recv(65536), b"")).decode()
        except OSError:
            self.output.change("proxy", "servers", {"haproxy": "not answering"})
            return
        header, *rows = [line.split(",") for line in text.splitlines() if line]
        at = {name.lstrip("# "): i for i, name in enumerate(header)}
        servers = {row[at["svname"]]: f"{row[at['status']]} {row[at['check_status']].lstrip('* ')}"
                   for row in rows if row[0] == "postgres_primary" and row[1] != "BACKEND"}
        self.output.change("proxy", "servers", {"servers": servers})


class ProbeClient(Watcher):
    """Writes or reads through the pooler; a stall is a gap between its lines."""

    def __init__(self, output, what, address, password):
        super().__init__(output)
        self.what, self.address, self.password = what, address, password
        self.connection = None
        self.number = 0

    def look(self):
        self.number += 1
        try:
            if self.connection is None:
                handle = socket.create_connection((self.address, 6432), timeout=60)
                self.connection = wire.Connection(handle, "probe", password=self.password, timeout=60)
            rows = self.connection.query(self.statement())
        except (OSError, wire.ServerError) as error:
            self.output.event(self.what, "failed", {"n": self.number, "error": str(error)})
            if not isinstance(error, wire.ServerError) or error.code[:2] in ("57", "08", "53", "28"):
                self.connection = None
        else:
            self.output.event(self.what, "ok", {"n": self.number, "by": rows[0][0]})

    def statement(self):
        if self.what == "write":
            return f"INSERT INTO probe_writes VALUES ({self.number}) RETURNING inet_server_addr()"
        return "SELECT inet_server_addr(), count(*) FROM (SELECT 1 FROM probe_writes LIMIT 1) AS one"


def main():
    with open(sys.argv[1]) as handle:
        plan = json.load(handle)
    output = Output()
    watchers = [MemberWatcher(output, name, path) for name, path in plan["members"].items()]
    watchers += [DcsWatcher(output, name, address, plan["leader_key"]) for name, address in plan["dcs"].items()]
    watchers.append(ProxyWatcher(output, plan["proxy_socket"]))
    for watcher in watchers:
        watcher.start()
    for command in sys.stdin:
        if command.strip() == "clients":
            for what in ("write", "read"):
                ProbeClient(output, what, plan["pooler"], plan["password"]).start()
    os._exit(0)


if __name__ == "__main__":
    main()
