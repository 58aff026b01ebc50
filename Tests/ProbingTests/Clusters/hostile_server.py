#!/usr/bin/env python3
"""An HTTP server that answers every request in the way that its one argument names; prints its port, ends with its input."""
import http.server
import json
import sys
import threading
import time

kind = sys.argv[1]
HOSTILE = "\x1b]0;owned\x07\x1b[2J‮</summary><script>alert(1)</script> @everyone `x` $(id)"
MEMBER = {"name": HOSTILE, "role": "leader", "state": HOSTILE, "host": HOSTILE, "port": 5432, "timeline": 5}
hits = []


class Handler(http.server.BaseHTTPRequestHandler):
    def log_message(self, *arguments):
        pass

    def answer(self, body, status=200, **headers):
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def do_GET(self):
        hits.append(self.path)
        if kind == "redirect":
            self.answer(b"", 302, Location=f"http://127.0.0.1:{server.server_port}/elsewhere")
        elif kind == "endless":
            self.answer(b"[")
            while True:
                self.wfile.write(b"[" * 65536)
        elif kind == "slow":
            self.answer(b"{")
            for _ in range(600):
                self.wfile.write(b" ")
                self.wfile.flush()
                time.sleep(0.1)
        elif kind == "deep":
            self.answer(b"[" * 500_000)
        elif kind == "binary":
            self.answer(bytes(range(256)) * 100)
        elif kind == "escapes":
            answers = {"/cluster": {"members": [MEMBER, {**MEMBER, "name": "pg1", "role": "replica"}], "scope": HOSTILE},
                       "/patroni": {"state": HOSTILE, "role": HOSTILE, "patroni": {"scope": HOSTILE, "name": HOSTILE}},
                       "/history": [[1, 2, HOSTILE, HOSTILE, HOSTILE]], "/config": {HOSTILE: HOSTILE, "failsafe_mode": HOSTILE}}
            self.answer(json.dumps(answers[self.path]).encode())


class Server(http.server.ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request, address):
        pass


server = Server(("127.0.0.1", 0), Handler)
threading.Thread(target=server.serve_forever, daemon=True).start()
print(server.server_port, flush=True)
sys.stdin.read()
print(json.dumps(hits), flush=True)
