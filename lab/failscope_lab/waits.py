"""Conditions that a scenario waits for, judged by the observer's view and never by a log."""
import time

DEFAULT_PATIENCE = 90.0


class Waits:
    def __init__(self, lab):
        self.lab = lab

    def wait(self, words):
        """`wait 20`, or `wait CONDITION… [PATIENCE]`. A condition that does not come true in time ends the scenario."""
        if is_number(words[0]):
            self.lab.idle(float(words[0]))
            return f"{words[0]} s"
        patience = DEFAULT_PATIENCE
        if is_number(words[-1]):
            *words, patience = words
        deadline = time.monotonic() + float(patience)
        while not self.holds(*words):
            if time.monotonic() > deadline:
                raise TimeoutError(f"wait {' '.join(words)}: not within {patience} s")
            self.lab.idle(0.1)
        return "until " + " ".join(words)

    def holds(self, condition, *words):
        view = self.lab.view
        if condition == "writable":
            return view.last_write_ok() > time.time() - 0.5
        if condition == "clients-fail":
            return view.last_write_ok() < time.time() - 1.5
        if condition == "streaming":
            return all(view.is_streaming(member) for member in words or self.lab.replicas())
        if condition == "leader":
            return view.leader() in (words or self.lab.options.members)
        if condition == "no-leader":
            return view.leader() is None
        if condition == "primary":
            return any(view.is_primary(member) for member in words or self.lab.options.members)
        if condition in ("up", "down", "unresponsive"):
            return all(view.member(member).get("state") == condition for member in words)
        raise ValueError(f"unknown condition: {condition}")


def is_number(word):
    return word.replace(".", "", 1).isdigit()
