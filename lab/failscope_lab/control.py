"""How `lab/lab fault` reaches the lab that `lab/lab up` runs: one line in, one JSON line out, over a Unix socket."""
import json
import socket

from . import cluster as clusters


def path(name):
    return clusters.STATE / f"{name}.control"


class Server:
    """Takes the commands of other terminals, one at a time, in the lab's own thread."""

    def __init__(self, name):
        self.path = path(name)
        self.path.parent.mkdir(parents=True, exist_ok=True)
        self.path.unlink(missing_ok=True)
        self.socket = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        self.socket.bind(str(self.path))
        self.path.chmod(0o600)
        self.socket.listen()
        self.socket.settimeout(0.2)

    def serve(self, lab):
        """Until `down` is asked for."""
        while True:
            lab.idle(0)
            try:
                connection, _ = self.socket.accept()
            except TimeoutError:
                continue
            with connection:
                text = connection.makefile().readline().strip()
                if text == "down":
                    connection.sendall(b'{"what": "going down"}\n')
                    return
                connection.sendall(json.dumps(answer(lab, text)).encode() + b"\n")

    def close(self):
        self.socket.close()
        self.path.unlink(missing_ok=True)


def answer(lab, text):
    """What came of a step; a step that cannot be done is an answer too and must not end the lab."""
    try:
        return lab.perform(text)
    except Exception as error:
        return {"error": f"{type(error).__name__}: {error}"}


def ask(name, text):
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as handle:
        handle.connect(str(path(name)))
        handle.sendall(text.encode() + b"\n")
        text = handle.makefile().readline()
    return json.loads(text) if text else {"error": "the lab ended before it answered"}
