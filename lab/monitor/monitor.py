"""A client that writes a row and reads the table once a second, and says so: the witness of what users see."""
import os
import time

import psycopg2

CONNINFO = os.environ["MONITOR_CONNINFO"]
PERIOD = float(os.environ.get("MONITOR_PERIOD", "1"))
CREATE = """CREATE TABLE IF NOT EXISTS test_data (
    id serial PRIMARY KEY, data text NOT NULL, created_at timestamptz NOT NULL DEFAULT now())"""


def say(text):
    print(f"[{time.strftime('%H:%M:%S', time.gmtime())}] {text}", flush=True)


def first_line(error):
    """The message without DETAIL, and without psycopg2's `connection to server at …` in front."""
    lines = str(error).strip().splitlines() or [type(error).__name__]
    return lines[0].split(" failed: ")[-1]


def run(statement, parameters=()):
    """One statement in a connection of its own, as a short-lived request does."""
    connection = psycopg2.connect(CONNINFO)
    try:
        with connection, connection.cursor() as cursor:
            cursor.execute(statement, parameters)
            return cursor.fetchone() if cursor.description else None
    finally:
        connection.close()


class Monitor:
    def __init__(self):
        self.number = 0
        self.failures = 0
        self.created = False

    def write(self):
        if not self.created:
            run(CREATE)
            self.created = True
        data = f"Test data #{self.number + 1}"
        row = run("INSERT INTO test_data (data) VALUES (%s) RETURNING id", (data,))
        self.number += 1
        if self.failures:
            say(f"Connection restored after {self.failures} failures")
            self.failures = 0
        say(f"WRITE: ID={row[0]}, Data='{data}'")

    def read(self):
        total, latest, data = run(
            "SELECT count(*), max(id), (SELECT data FROM test_data ORDER BY id DESC LIMIT 1) FROM test_data")
        say(f"READ: Total records={total}, Latest: ID={latest}, Data='{data}'")

    def attempt(self, what, action):
        try:
            action()
        except psycopg2.Error as error:
            self.failures += 1
            say(f"{what} ERROR: {first_line(error)}")


def main():
    monitor = Monitor()
    due = time.monotonic()
    while True:
        monitor.attempt("WRITE", monitor.write)
        if monitor.created:
            monitor.attempt("READ", monitor.read)
        due = max(due + PERIOD, time.monotonic())
        time.sleep(max(0.0, due - time.monotonic()))


if __name__ == "__main__":
    main()
