"""Pid 1 of a box that stands for a host: starts the program, reaps what is left over, and outlives the program.

SIGTERM ends the program and then the host; SIGUSR1 starts the program again if it is gone, as a service manager would.
"""
import os
import signal
import sys


class Host:
    def __init__(self, command):
        self.command = command
        self.program = None
        self.ending = False

    def start(self, *_):
        if self.program is None:
            self.program = os.spawnvp(os.P_NOWAIT, self.command[0], self.command)

    def end(self, *_):
        self.ending = True
        if self.program is not None:
            os.kill(self.program, signal.SIGTERM)

    def run(self):
        signal.signal(signal.SIGUSR1, self.start)
        signal.signal(signal.SIGTERM, self.end)
        signal.signal(signal.SIGCHLD, lambda *_: None)
        self.start()
        while not (self.ending and self.program is None):
            signal.sigtimedwait([], 0.1)
            self.reap()

    def reap(self):
        try:
            while True:
                pid, _ = os.waitpid(-1, os.WNOHANG)
                if pid == 0:
                    return
                if pid == self.program:
                    self.program = None
        except ChildProcessError:
            return


if __name__ == "__main__":
    Host(sys.argv[1:]).run()
