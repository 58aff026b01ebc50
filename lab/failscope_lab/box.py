"""A box: one service in its own pid, mount, host name and network namespaces, so that it sees what it would see in a container."""
import os
import signal
import subprocess
import time
from pathlib import Path

from . import journal as journals

HERE = Path(__file__).resolve().parent
# The first child in a new pid namespace is its pid 1. Its exit status, 137 after SIGKILL, becomes that of the launcher. `-f`: being
# stopped is no end.
LAUNCH = 'set -m; bash "$@" & wait -f $!'


class Box:
    """`command` runs as `user` with `environment`; `mounts` are (outside, inside) folders that are bound over existing ones,
    and `etc` is a folder whose files appear in /etc."""

    def __init__(self, service, network, journal, command, environment, mounts, etc, user="postgres", init=False):
        self.service, self.network, self.journal = service, network, journal
        self.command, self.environment, self.mounts, self.etc = command, environment, mounts, etc
        self.user, self.init = user, init
        self.process = None

    @property
    def running(self):
        return self.process is not None and self.process.poll() is None

    def start(self):
        if self.running:
            raise RuntimeError(f"{self.service} runs already")
        out_reader, out_writer = os.pipe()
        err_reader, err_writer = os.pipe()
        # What the wrappers themselves print is no line of the service: only inside.sh turns to the pipe of stderr.
        self.process = subprocess.Popen(self.wrapped(err_writer), stdin=subprocess.DEVNULL, stdout=out_writer,
                                        stderr=subprocess.DEVNULL, pass_fds=[err_writer], start_new_session=True,
                                        env=self.environment | {"PATH": os.environ["PATH"]})
        os.close(out_writer)
        os.close(err_writer)
        self.journal.attach(self.service, "stdout", out_reader)
        self.journal.attach(self.service, "stderr", err_reader)

    def wrapped(self, stderr):
        """The namespaces are entered from outside in; inside.sh mounts and drops root. The box dies with the lab."""
        arguments = [f"{outside}={inside}" for outside, inside in self.mounts]
        return ["setpriv", "--pdeathsig", "KILL", "nsenter", f"--net={self.network.path(self.service)}",
                "unshare", "--mount", "--pid", "--uts", "--ipc", "--propagation", "private",
                "/bin/bash", "-c", LAUNCH, "box", str(HERE / "inside.sh"), str(stderr), self.service, str(self.etc), self.user, *arguments, "--",
                *(["/usr/bin/python3", str(HERE / "init.py")] if self.init else []), *self.command]

    @property
    def first_process(self):
        """The pid, outside, of the box's pid 1; None if it does not run."""
        if not self.running:
            return None
        try:
            children = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text().split()
        except OSError:
            return None
        return int(children[0]) if children else None

    def processes(self):
        """(pid outside, command line) of everything in the box."""
        first = self.first_process
        if first is None:
            return []
        try:
            home = os.readlink(f"/proc/{first}/ns/pid")
        except OSError:
            return []
        return [(pid, line) for pid, line in all_processes() if pid_namespace(pid) == home]

    def signal(self, number):
        pid = self.first_process
        if pid is not None:
            os.kill(pid, number)

    def stop(self, grace=10):
        """As `docker stop`: SIGTERM, after `grace` seconds SIGKILL."""
        self.signal(signal.SIGTERM)
        try:
            self.process.wait(timeout=grace)
        except subprocess.TimeoutExpired:
            self.kill()

    def kill(self):
        self.signal(signal.SIGKILL)
        try:
            self.process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait(timeout=10)

    def take_exit_code(self):
        """The exit code as Docker prints it, once after the box has ended; else None."""
        if self.process is None or self.process.poll() is None:
            return None
        code, self.process = self.process.returncode, None
        return code if code >= 0 else 128 - code

    def execute(self, *command, timeout=60):
        """Runs a command inside the box, as `docker exec` does."""
        first = self.first_process
        if first is None:
            raise RuntimeError(f"{self.service} does not run")
        entered = ["nsenter", f"--target={first}", "--mount", "--net", "--uts", "--ipc", "--pid",
                   "setpriv", f"--reuid={self.user}", f"--regid={self.user}", "--init-groups"]
        return subprocess.run([*entered, *command], capture_output=True, text=True, timeout=timeout,
                              env=self.environment | {"PATH": os.environ["PATH"]}, stdin=subprocess.DEVNULL)


def all_processes():
    for entry in os.listdir("/proc"):
        if entry.isdigit():
            try:
                line = Path(f"/proc/{entry}/cmdline").read_bytes().replace(b"\0", b" ").decode("utf-8", "replace").strip()
            except OSError:
                continue
            yield int(entry), line


def pid_namespace(pid):
    try:
        return os.readlink(f"/proc/{pid}/ns/pid")
    except OSError:
        return None


def watch(boxes, on_exit):
    """Says of every box that has ended since the last call that it exited."""
    for box in boxes:
        code = box.take_exit_code()
        if code is not None:
            time.sleep(0.05)
            box.journal.add(box.service, journals.LIFECYCLE, f"{box.service} exited with code {code}")
            on_exit(box.service, code)
