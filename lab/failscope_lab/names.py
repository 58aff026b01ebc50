"""The name service of the boxes: at 127.0.0.11 in each of them, as in a container. A stopped box has no name."""
import selectors
import struct
import threading
import time

ADDRESS = "127.0.0.11"
NO_SUCH_NAME, SERVER_FAILURE, NO_ERROR = 3, 2, 0
TYPE_A = 1


class NameService:
    """Answers from `addresses`. `refused` holds the services whose own name service is broken; `late` delays answers for
    names that are not there, by so many seconds."""

    def __init__(self, network, services):
        self.addresses = {}
        self.refused = set()
        self.late = 0.0
        self.selector = selectors.DefaultSelector()
        self.closing = threading.Event()
        for service in services:
            handle = network.socket(service)
            handle.bind((ADDRESS, 53))
            self.selector.register(handle, selectors.EVENT_READ, service)
        self.thread = threading.Thread(target=self.serve, daemon=True)
        self.thread.start()

    def serve(self):
        while not self.closing.is_set():
            for key, _ in self.selector.select(timeout=0.2):
                try:
                    query, peer = key.fileobj.recvfrom(1500)
                    self.reply(key.fileobj, key.data, query, peer)
                except OSError:
                    continue

    def reply(self, handle, service, query, peer):
        name, kind, question = parse_question(query)
        if name is None:
            return
        address = self.addresses.get(name.lower())
        code = SERVER_FAILURE if service in self.refused else NO_ERROR if address else NO_SUCH_NAME
        answer = build_answer(query, question, code, address if kind == TYPE_A else None)
        if code == NO_SUCH_NAME and self.late:
            threading.Timer(self.late, send_quietly, (handle, answer, peer)).start()
        else:
            handle.sendto(answer, peer)

    def close(self):
        self.closing.set()
        self.thread.join(timeout=2)
        for key in list(self.selector.get_map().values()):
            key.fileobj.close()


def send_quietly(handle, answer, peer):
    try:
        handle.sendto(answer, peer)
    except OSError:
        pass


def parse_question(query):
    """(name, type, raw question) of a DNS query with one question (RFC 1035, 4.1), or Nones."""
    labels, at = [], 12
    try:
        while query[at]:
            labels.append(query[at + 1:at + 1 + query[at]].decode("ascii", "replace"))
            at += 1 + query[at]
        kind = struct.unpack(">H", query[at + 1:at + 3])[0]
    except (IndexError, struct.error):
        return None, None, None
    return ".".join(labels), kind, query[12:at + 5]


def build_answer(query, question, code, address):
    flags = 0x8580 | code
    header = query[:2] + struct.pack(">HHHHH", flags, 1, 1 if address and not code else 0, 0, 0)
    if not address or code:
        return header + question
    record = struct.pack(">HHHIH", 0xC00C, TYPE_A, 1, 1, 4) + bytes(int(part) for part in address.split("."))
    return header + question + record
