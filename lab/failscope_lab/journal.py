"""What the programs print: two pipes each, every line stamped on arrival, in one list and on the terminal."""
import os
import selectors
import sys
import threading
import time
from collections import namedtuple

Line = namedtuple("Line", "at service stream text")
LIFECYCLE = "lifecycle"


class Journal:
    """Lines of all services in the order of their arrival."""

    def __init__(self, services, echo=True):
        self.lines = []
        self.width = max(len(s) for s in services) + 2
        self.echo = echo
        self.lock = threading.Lock()
        self.selector = selectors.DefaultSelector()
        self.closing = False
        self.wake_reader, self.wake_writer = os.pipe()
        self.selector.register(self.wake_reader, selectors.EVENT_READ, None)
        self.thread = threading.Thread(target=self.pump, daemon=True)
        self.thread.start()

    def attach(self, service, stream, descriptor):
        """Reads a pipe until its end; takes the descriptor over."""
        os.set_blocking(descriptor, False)
        self.selector.register(descriptor, selectors.EVENT_READ, [service, stream, b""])
        os.write(self.wake_writer, b".")

    def pump(self):
        while not self.closing:
            for key, _ in self.selector.select(timeout=1):
                if key.data is None:
                    os.read(self.wake_reader, 100)
                else:
                    self.read(key.fd, key.data)

    def read(self, descriptor, source):
        service, stream, rest = source
        try:
            data = os.read(descriptor, 65536)
        except BlockingIOError:
            return
        *complete, source[2] = (rest + data).split(b"\n") if data else (rest, b"") if rest else (b"",)
        for text in complete:
            self.add(service, stream, text.decode("utf-8", "replace").rstrip("\r"))
        if not data:
            self.selector.unregister(descriptor)
            os.close(descriptor)

    def add(self, service, stream, text):
        line = Line(time.time(), service, stream, text)
        with self.lock:
            self.lines.append(line)
            if self.echo:
                self.show(line)

    def show(self, line):
        try:
            print(compose_form(line, self.width), flush=True)
        except BrokenPipeError:
            # The reader of our output went away; the recording goes on.
            self.echo = False
            sys.stdout = open(os.devnull, "w")

    def snapshot(self):
        with self.lock:
            return list(self.lines)

    def close(self):
        self.closing = True
        os.write(self.wake_writer, b".")
        self.thread.join(timeout=2)


def compose_form(line, width):
    """A line as `docker compose logs` prints it."""
    if line.stream == LIFECYCLE:
        return line.text
    return f"{line.service:<{width}} | {line.text}"
