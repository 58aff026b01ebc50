"""A small client of PostgreSQL's protocol, so that the observer needs no library: simple queries, text results.

Message formats: PostgreSQL documentation, "Frontend/Backend Protocol"; SCRAM: RFC 5802 and 7677.
"""
import base64
import hashlib
import hmac
import os
import socket
import struct


class ServerError(Exception):
    """An ErrorResponse. `code` is the SQLSTATE."""

    def __init__(self, fields):
        self.code = fields.get("C", "")
        super().__init__(fields.get("M", "error without message"))


class Connection:
    """One connection over an open socket. Every call raises OSError (a time-out too) or ServerError."""

    def __init__(self, handle, user, database="postgres", password="", timeout=5.0):
        self.handle = handle
        self.user, self.password = user, password
        handle.settimeout(timeout)
        parameters = f"user\0{user}\0database\0{database}\0application_name\0observer\0\0".encode()
        handle.sendall(struct.pack(">II", len(parameters) + 8, 196608) + parameters)
        self.authenticate()
        self.until_ready()

    def close(self):
        self.handle.close()

    def query(self, text):
        """Rows of the last statement as lists of strings or None."""
        self.send(b"Q", text.encode() + b"\0")
        return self.until_ready()

    def send(self, kind, body):
        self.handle.sendall(kind + struct.pack(">I", len(body) + 4) + body)

    def exactly(self, count):
        data = b""
        while len(data) < count:
            chunk = self.handle.recv(count - len(data))
            if not chunk:
                raise ConnectionResetError("the server closed the connection")
            data += chunk
        return data

    def message(self):
        kind, length = struct.unpack(">cI", self.exactly(5))
        return kind, self.exactly(length - 4)

    def until_ready(self):
        rows, error = [], None
        while True:
            kind, body = self.message()
            if kind == b"D":
                rows.append(data_row(body))
            elif kind == b"E":
                error = ServerError(error_fields(body))
                if error.code[:2] in ("57", "08", "28", "53"):
                    raise error
            elif kind == b"Z":
                if error:
                    raise error
                return rows

    def authenticate(self):
        scram = None
        while True:
            kind, body = self.message()
            if kind == b"E":
                raise ServerError(error_fields(body))
            if kind != b"R":
                raise ConnectionError(f"unexpected message {kind!r}")
            method = struct.unpack(">I", body[:4])[0]
            if method == 0:
                return
            if method == 3:
                self.send(b"p", self.password.encode() + b"\0")
            elif method == 10:
                scram = Scram(self.password)
                first = scram.first().encode()
                self.send(b"p", b"SCRAM-SHA-256\0" + struct.pack(">I", len(first)) + first)
            elif method == 11:
                self.send(b"p", scram.final(body[4:].decode()).encode())
            elif method != 12:
                raise ConnectionError(f"authentication method {method} is not supported")


class Scram:
    """The client's side of SCRAM-SHA-256 without channel binding. The server's signature is not checked."""

    def __init__(self, password):
        self.password = password.encode()
        self.bare = "n=,r=" + base64.b64encode(os.urandom(18)).decode()

    def first(self):
        return "n,," + self.bare

    def final(self, challenge):
        parts = dict(part.split("=", 1) for part in challenge.split(","))
        salted = hashlib.pbkdf2_hmac("sha256", self.password, base64.b64decode(parts["s"]), int(parts["i"]))
        client_key = hmac.digest(salted, b"Client Key", "sha256")
        unproven = f"c=biws,r={parts['r']}"
        signed = f"{self.bare},{challenge},{unproven}".encode()
        signature = hmac.digest(hashlib.sha256(client_key).digest(), signed, "sha256")
        proof = bytes(a ^ b for a, b in zip(client_key, signature))
        return f"{unproven},p={base64.b64encode(proof).decode()}"


def data_row(body):
    values, at = [], 2
    for _ in range(struct.unpack(">H", body[:2])[0]):
        length = struct.unpack(">i", body[at:at + 4])[0]
        at += 4
        values.append(None if length < 0 else body[at:at + length].decode("utf-8", "replace"))
        at += max(length, 0)
    return values


def error_fields(body):
    return {part[:1].decode(): part[1:].decode("utf-8", "replace") for part in body.split(b"\0") if part}


def connect_unix(path, user="postgres", database="postgres", timeout=2.0):
    handle = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    handle.settimeout(timeout)
    try:
        handle.connect(str(path))
        return Connection(handle, user, database, timeout=timeout)
    except BaseException:
        handle.close()
        raise
