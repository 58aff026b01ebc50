"""Clients that a scenario adds: idle sessions, a bulk load, ordinary errors of an application. Runs in the observer's namespace.

    python3 -m failscope_lab.traffic PROXY-ADDRESS POOLER-ADDRESS PASSWORD sessions|load|application WORD…
"""
import socket
import sys
import threading
import time

from . import wire


class Traffic:
    def __init__(self, proxy, pooler, password):
        self.proxy, self.pooler, self.password = proxy, pooler, password

    def connect(self, user="postgres", password=None, database="postgres", through_pooler=False):
        place = (self.pooler, 6432) if through_pooler else (self.proxy, 5432)
        handle = socket.create_connection(place, timeout=60)
        return wire.Connection(handle, user, database, self.password if password is None else password, timeout=60)

    def sessions(self, count, seconds, user="postgres"):
        """Idle sessions; those that are refused are tried again each second, as an application's pool does."""
        end = time.monotonic() + float(seconds)
        held = []
        while time.monotonic() < end:
            try:
                while len(held) < int(count):
                    held.append(self.connect(user, "application" if user != "postgres" else None))
            except (OSError, wire.ServerError):
                pass
            time.sleep(1)

    def load(self, seconds, rows="500"):
        """So many rows each second, 650 bytes each."""
        end = time.monotonic() + float(seconds)
        connection = self.connect()
        connection.query("CREATE TABLE IF NOT EXISTS bulk (id int, filler text)")
        while time.monotonic() < end:
            connection.query(f"INSERT INTO bulk SELECT i, repeat(md5(i::text), 20) FROM generate_series(1, {int(rows) // 5}) i")
            time.sleep(0.2)

    def application(self, what):
        {"duplicate-key": self.duplicate_key, "syntax-error": self.syntax_error, "wrong-password": self.wrong_password,
         "no-database": self.no_database, "deadlock": self.deadlock, "slow": self.slow}[what]()

    def duplicate_key(self):
        connection = self.connect()
        connection.query("CREATE TABLE IF NOT EXISTS orders (number int PRIMARY KEY)")
        connection.query("INSERT INTO orders VALUES (1) ON CONFLICT DO NOTHING")
        connection.query("INSERT INTO orders VALUES (1)")

    def syntax_error(self):
        self.connect().query("SELEC 1")

    def wrong_password(self):
        self.connect(password="wrong")

    def no_database(self):
        self.connect(database="shop")

    def slow(self):
        self.connect().query("SELECT pg_sleep(4)")

    def deadlock(self):
        first, second = self.connect(), self.connect()
        first.query("CREATE TABLE IF NOT EXISTS stock (id int PRIMARY KEY, n int)")
        first.query("INSERT INTO stock VALUES (1, 0), (2, 0) ON CONFLICT DO NOTHING")
        for connection, row in ((first, 1), (second, 2)):
            connection.query("BEGIN")
            connection.query(f"UPDATE stock SET n = n + 1 WHERE id = {row}")
        other = threading.Thread(target=quietly, args=(second, "UPDATE stock SET n = n + 1 WHERE id = 1"))
        other.start()
        quietly(first, "UPDATE stock SET n = n + 1 WHERE id = 2")
        other.join()


def quietly(connection, text):
    try:
        connection.query(text)
    except (OSError, wire.ServerError):
        pass


def main():
    proxy, pooler, password, what, *words = sys.argv[1:]
    try:
        getattr(Traffic(proxy, pooler, password), what)(*words)
    except (OSError, wire.ServerError):
        # These clients exist to provoke errors; the server's log is what counts.
        sys.exit(0)


if __name__ == "__main__":
    main()
