"""A running lab: the cluster, the observer and the steps that were performed. One thread of control, the main one."""
import subprocess
import sys
import time
from pathlib import Path

from . import cluster as clusters
from . import configuration, faults, programs, waits, wire
from . import view as views

READY_PATIENCE = 120.0


class Lab:
    def __init__(self, options, echo=True):
        self.options = options
        self.cluster = clusters.Cluster(options, echo)
        self.view = views.View(self.cluster)
        self.waits = waits.Waits(self)
        self.performed = {"faults": [], "actions": []}
        self.frozen = []
        self.last_output = {}
        self.helpers = []
        self.started = self.ready = None
        self.patronictl = programs.patroni_command(options.patroni, "patronictl")

    def up(self, wait=True):
        """Starts everything in order and, unless told otherwise, waits until writes work and all replicas stream."""
        self.started = time.time()
        self.cluster.create()
        self.view.start()
        for name in self.options.dcs:
            self.cluster.start(name)
        self.idle(1.5)
        started = [m for m in self.options.members if m not in self.options.later]
        for member in started[:1]:
            self.cluster.start(member)
            if wait:
                self.until(lambda: self.view.is_primary(member), "a primary")
                self.prepare_database(member)
        for member in started[1:]:
            self.cluster.start(member)
        # HAProxy looks names up once, when it starts: those of members to come must be there.
        for member in self.options.later:
            self.cluster.names.addresses[member] = self.options.address(member)
        if wait:
            self.until(lambda: all(self.view.is_streaming(m) for m in started[1:]), "streaming replicas")
        for service in (self.options.proxy, self.options.pooler, self.options.client):
            self.cluster.start(service)
        if wait:
            self.until(lambda: self.view.is_routed(started[0]), "route to the primary")
            self.view.start_clients()
            self.until(lambda: self.view.last_write_ok() > time.time() - 0.5, "writes through the pooler")
            self.idle(5)
        self.ready = time.time()

    def prepare_database(self, member):
        for _ in range(50):
            try:
                for text in (f"CREATE ROLE probe LOGIN PASSWORD '{clusters.PROBE_PASSWORD}'",
                             "CREATE TABLE probe_writes (n int, at timestamptz DEFAULT now())",
                             "GRANT SELECT, INSERT ON probe_writes TO probe",
                             "CREATE ROLE application LOGIN PASSWORD 'application'"):
                    self.sql(member, text)
                return
            except wire.ServerError as error:
                if error.code == "42710":
                    return
                self.idle(0.2)

    def until(self, condition, what, patience=READY_PATIENCE):
        deadline = time.monotonic() + patience
        while not condition():
            if time.monotonic() > deadline:
                raise TimeoutError(f"no {what} within {patience:g} s")
            self.idle(0.1)

    def idle(self, seconds):
        """Waits, and meanwhile notices boxes that end."""
        end = time.monotonic() + seconds
        while True:
            self.cluster.notice_exits()
            left = end - time.monotonic()
            if left <= 0:
                return
            time.sleep(min(0.1, left))

    def perform(self, text):
        """One step of a scenario or of `lab/lab fault`; returns its entry."""
        heading, entry = faults.perform(self, text)
        if not text.startswith("wait "):
            self.performed[heading].append(entry)
        return entry

    def replicas(self):
        return [m for m in self.options.members if not self.view.is_primary(m) and self.cluster.boxes[m].running]

    def take_output(self):
        output, self.last_output = self.last_output, {}
        return output

    def sql(self, member, text):
        connection = wire.connect_unix(self.cluster.socket_folder(member) / ".s.PGSQL.5432", timeout=60)
        try:
            return connection.query(text)
        finally:
            connection.close()

    def sql_output(self, member, text):
        try:
            return str(self.sql(member, text))[:500]
        except (OSError, wire.ServerError) as error:
            return str(error)

    def edit_member(self, member, setting):
        path = self.cluster.state / member / "etc/patroni.yml"
        changed = configuration.patroni(path.read_text(), configuration.Settings([setting]), member)
        # In place: the box has the file open through an overlay.
        with open(path, "r+") as handle:
            handle.write(changed)
            handle.truncate()

    def background(self, *words):
        """Starts a client of traffic.py; it ends by itself or with the lab."""
        command = ["setpriv", "--pdeathsig", "KILL", "nsenter", f"--net={self.cluster.network.path('observer')}",
                   sys.executable, "-m", "failscope_lab.traffic", self.options.address(self.options.proxy),
                   self.options.address(self.options.pooler), clusters.PASSWORDS["LAB_SUPERUSER_PASSWORD"], *map(str, words)]
        self.helpers.append(subprocess.Popen(command, cwd=Path(__file__).resolve().parent.parent, start_new_session=True))

    def down(self):
        """Ends everything. Safe to call at any time, more than once."""
        for process in self.helpers:
            if process.poll() is None:
                process.kill()
            process.wait()
        self.view.stop()
        self.cluster.destroy()
