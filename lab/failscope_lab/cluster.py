"""The cluster: folders and configuration of each service, boxes, and their start in the order of docker-compose.yml."""
import fcntl
import os
import shutil
import subprocess
from pathlib import Path

from . import box as boxes
from . import configuration, journal, names, network, programs

LAB = Path(__file__).resolve().parent.parent
STATE = Path("/run/failscope-lab")
PASSWORDS = configuration.read_environment(LAB / "lab.env")
PROBE_PASSWORD = "probe"


class Busy(Exception):
    """Another process runs a lab of the same name."""


class Cluster:
    """One cluster of the lab, from its network to its monitor. `create`, `start`, then `destroy` whatever happens."""

    def __init__(self, options, echo=True):
        self.options = options
        self.settings = configuration.Settings(options.settings)
        self.state = STATE / options.name
        self.network = network.Network(f"fsl-{options.name}", options)
        self.journal = journal.Journal(options.services, echo)
        self.boxes = {}
        self.names = None
        self.exits = []
        self.lock = None

    # Folders and files

    def claim(self):
        """Takes the cluster's name for this process: a second lab of that name would tear down the first."""
        if self.lock is not None:
            return
        STATE.mkdir(parents=True, exist_ok=True)
        self.lock = open(STATE / f"{self.options.name}.lock", "w")
        try:
            fcntl.flock(self.lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            self.lock.close()
            self.lock = None
            raise Busy(f"a lab named {self.options.name} runs already") from None

    def create(self):
        self.claim()
        self.unmount()
        self.state.mkdir(parents=True, exist_ok=True)
        subprocess.run(["mount", "-t", "tmpfs", "-o", "size=8g,mode=755", "failscope-lab", self.state], check=True)
        self.network.create()
        self.names = names.NameService(self.network, self.options.services)
        for service in self.options.services:
            self.prepare(service)
        for service in self.options.services:
            self.boxes[service] = self.make_box(service)

    def folder(self, service, kind, owner="postgres", mode=0o755):
        path = self.state / service / kind
        path.mkdir(parents=True, exist_ok=True)
        shutil.chown(path, owner, owner)
        path.chmod(mode)
        return path

    def prepare(self, service):
        etc = self.state / service / "etc"
        etc.mkdir(parents=True)
        (etc / "resolv.conf").write_text(f"nameserver {names.ADDRESS}\noptions timeout:5 attempts:1\n")
        (etc / "hosts").write_text(f"127.0.0.1 localhost\n{self.options.address(service)} {service}\n")
        self.folder(service, "tmp", mode=0o1777)
        if service in self.options.members:
            self.prepare_member(service, etc)
        elif service in self.options.dcs:
            self.folder(service, "etcd")
        elif service == self.options.proxy:
            self.folder(service, "haproxy")
            (etc / "haproxy").mkdir()
            (etc / "haproxy/haproxy.cfg").write_text(configuration.haproxy(self.conf("haproxy.cfg"), self.settings, self.options))
        elif service == self.options.pooler:
            (etc / "pgbouncer").mkdir()
            (etc / "pgbouncer/pgbouncer.ini").write_text(
                configuration.pgbouncer(self.conf("pgbouncer.ini"), self.settings, self.options))
            (etc / "pgbouncer/userlist.txt").write_text(self.conf("userlist.txt") + f'"probe" "{PROBE_PASSWORD}"\n')

    def prepare_member(self, member, etc):
        data = self.folder(member, "database")
        size = f"size={self.options.data_megabytes}m,mode=755"
        subprocess.run(["mount", "-t", "tmpfs", "-o", size, "failscope-lab", data], check=True)
        shutil.chown(data, "postgres", "postgres")
        self.folder(member, "socket")
        text = self.conf("patroni.yml").replace("/usr/lib/postgresql/15/bin", programs.postgres_directory(self.options.postgres))
        (etc / "patroni.yml").write_text(configuration.patroni(text, self.settings, member))

    @staticmethod
    def conf(name):
        return (LAB / "conf" / name).read_text()

    # Boxes

    def make_box(self, service):
        mounts = [(self.state / service / "tmp", "/tmp")]
        common = dict(service=service, network=self.network, journal=self.journal, etc=self.state / service / "etc")
        if service in self.options.members:
            mounts += [(self.state / service / "database", "/var/lib/postgresql"),
                       (self.state / service / "socket", "/var/run/postgresql")]
            command = [programs.patroni_command(self.options.patroni, "patroni"), "/etc/patroni.yml"]
            return boxes.Box(command=command, environment=self.member_environment(service), mounts=mounts,
                             init=self.options.boxes == "host", **common)
        if service in self.options.dcs:
            mounts.append((self.state / service / "etcd", "/var/lib/etcd"))
            return boxes.Box(command=[programs.etcd(self.options.etcd)], environment=self.dcs_environment(service), mounts=mounts, **common)
        if service == self.options.proxy:
            mounts.append((self.state / service / "haproxy", "/var/lib/haproxy"))
            return boxes.Box(command=["/usr/sbin/haproxy", "-W", "-db", "-f", "/etc/haproxy/haproxy.cfg"],
                             environment={}, mounts=mounts, user="root", **common)
        if service == self.options.pooler:
            return boxes.Box(command=["/usr/sbin/pgbouncer", "/etc/pgbouncer/pgbouncer.ini"], environment={}, mounts=mounts, **common)
        command = [self.failscope_copy(service), "monitor", "--dsn", "env:MONITOR_DSN", "--table", "test_data", "--new-connections"]
        return boxes.Box(command=command, environment={"MONITOR_DSN": self.monitor_dsn()}, mounts=mounts, **common)

    def member_environment(self, member):
        environment = {
            "PATRONI_NAME": member,
            "PATRONI_SCOPE": self.options.scope_of(member),
            "PATRONI_ETCD3_HOSTS": ",".join(f"{name}:2379" for name in self.options.dcs),
            "PATRONI_RESTAPI_CONNECT_ADDRESS": f"{member}:8008",
            "PATRONI_POSTGRESQL_CONNECT_ADDRESS": f"{member}:5432",
            "PATRONI_SUPERUSER_USERNAME": "postgres",
            "PATRONI_SUPERUSER_PASSWORD": PASSWORDS["LAB_SUPERUSER_PASSWORD"],
            "PATRONI_REPLICATION_USERNAME": "replicator",
            "PATRONI_REPLICATION_PASSWORD": PASSWORDS["LAB_REPLICATION_PASSWORD"],
            "PATRONI_REWIND_USERNAME": "rewind",
            "PATRONI_REWIND_PASSWORD": PASSWORDS["LAB_REWIND_PASSWORD"],
            "LC_ALL": "C.UTF-8", "PYTHONUNBUFFERED": "1", "HOME": "/var/lib/postgresql",
        }
        skew = self.options.skew_of(member)
        if skew:
            environment |= {"LD_PRELOAD": programs.faketime(), "FAKETIME": skew, "FAKETIME_DONT_FAKE_MONOTONIC": "1",
                            "DONT_FAKE_MONOTONIC": "1"}
        return environment

    def dcs_environment(self, service):
        environment = configuration.read_environment(LAB / "conf/etcd.env") | {
            "ETCD_NAME": service,
            "ETCD_ADVERTISE_CLIENT_URLS": f"http://{service}:2379",
            "ETCD_INITIAL_ADVERTISE_PEER_URLS": f"http://{service}:2380",
            "ETCD_INITIAL_CLUSTER": ",".join(f"{name}=http://{name}:2380" for name in self.options.dcs),
        }
        return environment | {path[0]: value for path, value in self.settings.of("etcd")}

    def failscope_copy(self, service):
        """failscope where the monitor's unprivileged user can read it."""
        return str(shutil.copy(programs.failscope(), self.state / service / "failscope"))

    def monitor_dsn(self):
        return (f"host={self.options.pooler} port=6432 dbname=postgres user=postgres"
                f" password={PASSWORDS['LAB_SUPERUSER_PASSWORD']}")

    # Life

    def start(self, service):
        """Starts one box: its interface is up and its name known before its program runs."""
        self.network.interface(service, up=True)
        self.names.addresses[service] = self.options.address(service)
        self.boxes[service].start()

    def stop(self, service, grace=10):
        self.boxes[service].stop(grace)

    def kill(self, service):
        self.boxes[service].kill()

    def notice_exits(self):
        """Takes link and name away from every box that has ended."""
        boxes.watch(self.boxes.values(), self.left)

    def left(self, service, code):
        self.exits.append((service, code))
        self.names.addresses.pop(service, None)
        self.network.interface(service, up=False)

    def destroy(self):
        """Ends every box, then takes away namespaces and folders, if they are ours. May be called twice."""
        self.journal.close()
        if self.lock is None:
            return
        for box in self.boxes.values():
            if box.running:
                box.kill()
        if self.names:
            self.names.close()
            self.names = None
        self.network.destroy()
        self.unmount()
        Path(self.lock.name).unlink(missing_ok=True)
        self.lock.close()
        self.lock = None

    def unmount(self):
        """Unmounts what this or an earlier cluster of the same name mounted, innermost first."""
        mounted = [line.split()[1] for line in Path("/proc/mounts").read_text().splitlines()]
        ours = [path for path in mounted if path == str(self.state) or path.startswith(f"{self.state}/")]
        for path in sorted(ours, key=len, reverse=True):
            subprocess.run(["umount", "-l", path], capture_output=True)
        if self.state.exists() and not os.path.ismount(self.state):
            shutil.rmtree(self.state, ignore_errors=True)

    def socket_folder(self, member):
        return self.state / member / "socket"

    def data_folder(self, member):
        return self.state / member / "database"
