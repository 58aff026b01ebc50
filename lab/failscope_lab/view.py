"""What the observer has seen so far: every change, and the present state."""
import json
import subprocess
import sys
import threading
import time
from pathlib import Path

from . import cluster as clusters


class View:
    """Runs the observer and keeps its events."""

    def __init__(self, cluster):
        self.cluster, self.options = cluster, cluster.options
        self.events = []
        self.now = {}
        self.process = None

    def start(self):
        plan = {
            "members": {m: str(self.cluster.socket_folder(m) / ".s.PGSQL.5432") for m in self.options.members},
            "dcs": {name: self.options.address(name) for name in self.options.dcs},
            "leader_key": f"/service/{self.options.scope}/leader",
            "proxy_socket": str(self.cluster.state / self.options.proxy / "haproxy/admin.sock"),
            "pooler": self.options.address(self.options.pooler),
            "password": clusters.PROBE_PASSWORD,
        }
        path = self.cluster.state / "observer.json"
        path.write_text(json.dumps(plan))
        command = ["setpriv", "--pdeathsig", "KILL", "nsenter", f"--net={self.cluster.network.path('observer')}",
                   sys.executable, "-m", "failscope_lab.observer", str(path)]
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
                                        cwd=Path(__file__).resolve().parent.parent, start_new_session=True)
        threading.Thread(target=self.read, daemon=True).start()

    def start_clients(self):
        self.process.stdin.write("clients\n")
        self.process.stdin.flush()

    def read(self):
        for line in self.process.stdout:
            event = json.loads(line)
            self.events.append(event)
            key = (event["what"], event["key"])
            self.now[key] = event
            if event["what"] == "write" and event["key"] == "ok":
                self.now["last write"] = event

    def stop(self):
        if self.process and self.process.poll() is None:
            self.process.stdin.close()
            try:
                self.process.wait(timeout=3)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()

    def member(self, member):
        return self.now.get(("member", member), {"value": {}})["value"]

    def is_primary(self, member):
        value = self.member(member)
        return value.get("state") == "up" and not value.get("in_recovery")

    def is_streaming(self, member):
        """Whether a running primary or upstream says that it streams to the member, and the member says so too."""
        value = self.member(member)
        return value.get("state") == "up" and value.get("in_recovery") and value.get("receiver") == "streaming"

    def leader(self):
        """The holder of the leader key as most etcd members have it."""
        holders = [self.now.get(("dcs", n), {"value": {}})["value"].get("holder") for n in self.options.dcs]
        return max(set(holders), key=holders.count)

    def is_routed(self, member):
        """Whether HAProxy sends writes to the member."""
        servers = self.now.get(("proxy", "servers"), {"value": {}})["value"].get("servers", {})
        return servers.get(member, "").startswith("UP L7OK")

    def last_write_ok(self):
        return self.now.get("last write", {"t": 0})["t"]

    def select(self, what, key=None):
        return [e for e in self.events if e["what"] == what and key in (None, e["key"])]

    def wait_for_writes(self, deadline):
        while self.last_write_ok() < time.time() - 1 and time.monotonic() < deadline:
            time.sleep(0.1)
