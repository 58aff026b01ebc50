"""expected.json from a scenario's [expected] and from what the observer saw.

What a fault means (kind, cause, findings, remedies) is written down in the scenario. Instants come from the observer's events and the
client's own lines, never from the lines of the programs that a report is judged on. In an incident of a scenario:

    from = "kill db-a"               the step (its beginning) at which the incident begins; its first fault otherwise
    until = "heal"                   the step at which it is over at the latest; the end of the log otherwise
    edges = ["write_outage", "detection", "promotion", "routing_switch", "redundancy_lost"]
                                     phases and windows whose edges the observer knows; "no_write_outage": there was none
"""
import re
from datetime import datetime, timedelta, timezone

from .truth import iso

DERIVED = ("from", "until", "edges")


def derive(wanted, truth, lines, options):
    result = {"input": ["compose.log"], "extra_incidents": 0} | {k: v for k, v in wanted.items() if k != "incidents"}
    result["incidents"] = [incident(entry, truth, lines, options) for entry in wanted.get("incidents", [])]
    return result


def incident(entry, truth, lines, options):
    begin, end = span(entry, truth)
    result = {"name": "incident", "span": [iso(begin - 3), iso(end)]} | {k: v for k, v in entry.items() if k not in DERIVED}
    edges = entry.get("edges", [])
    if "write_outage" in edges:
        outage = client_outage(lines, options.client, begin, end)
        if outage:
            result.setdefault("impact", {})["write_outage"] = outage
    if "no_write_outage" in edges:
        result.setdefault("impact", {})["write_outage"] = None
    phases = {name: function(truth, begin, end) for name, function in PHASES.items() if name in edges}
    phases = {name: edges for name, edges in phases.items() if edges}
    if phases:
        result["phases"] = phases | result.get("phases", {})
    return result


def span(entry, truth):
    steps = truth["faults"] + truth["actions"]
    begin = at_step(steps, entry.get("from")) or min((s["t"] for s in truth["faults"]), default=truth["started"])
    return begin, at_step(steps, entry.get("until")) or truth["ended"]


def at_step(steps, text):
    return min((s["t"] for s in steps if text and s["step"].startswith(text)), default=None)


def window(at, before, after):
    return [iso(at - before), iso(at + after)]


def client_outage(lines, client, begin, end):
    """From the client's last good write to its next: the longest gap in the incident. Its lines carry whole seconds."""
    good = [second_of(line) for line in lines if line.service == client and "] WRITE: ID=" in line.text]
    gaps = [(after - before, before, after) for before, after in zip(good, good[1:]) if after > begin - 2 and before < end - 2]
    if good and end - good[-1] > 3:
        gaps.append((end - good[-1], good[-1], None))
    longest = max(gaps, default=(0,))
    if longest[0] < 3:
        return None
    return {"from": window(longest[1], 0.1, 1.1), "to": window(longest[2], 0.1, 1.1) if longest[2] else None}


def second_of(line):
    """The instant that a line of the client carries, with the date of its arrival."""
    hour, minute, second = map(int, re.match(r"\[(\d+):(\d+):(\d+)\]", line.text).groups())
    arrived = datetime.fromtimestamp(line.at, timezone.utc)
    instant = arrived.replace(hour=hour, minute=minute, second=second, microsecond=0)
    return (instant - timedelta(days=1) if instant > arrived + timedelta(hours=12) else instant).timestamp()


def key_events(truth, begin, end):
    """(when the key became free or was taken over, when the next holder had it) in the span; Nones where it did not happen."""
    holders = [e for e in truth["leader_key"]]
    before = next((e["holder"] for e in reversed(holders) if e["t"] < begin), None)
    free = next((e["t"] for e in holders if begin <= e["t"] <= end and e["holder"] != before), None)
    taken = next((e for e in holders if free and e["t"] >= free and e["holder"]), None)
    return free, taken


def detection(truth, begin, end):
    free, _ = key_events(truth, begin, end)
    return free and {"from": window(begin, 1.2, 2.5), "to": window(free, 3, 3)}


def writable(truth, begin, end):
    """When the member that took the key over left recovery."""
    _, taken = key_events(truth, begin, end)
    changes = truth["nodes"].get(taken["holder"], {"changes": []})["changes"] if taken else []
    return next((c["t"] for c in changes if c["t"] > begin and c.get("state") == "up" and not c.get("in_recovery")), None)


def promotion(truth, begin, end):
    _, taken = key_events(truth, begin, end)
    out = writable(truth, begin, end)
    return taken and out and {"from": window(taken["t"], 0.8, 0.8), "to": window(out, 0.7, 0.7)}


def routing_switch(truth, begin, end):
    _, taken = key_events(truth, begin, end)
    if not taken:
        return None
    up = next((e["t"] for e in truth["haproxy_view"] if e["t"] > taken["t"]
               and e.get("servers", {}).get(taken["holder"], "").startswith("UP L7OK")), None)
    return up and {"to": window(up, 1.2, 1.2)}


def redundancy_lost(truth, begin, end):
    """Ends with the last start of a stream in the span, where every other member streams at the end."""
    if len(truth["streaming_at_end"]) + len(truth["primaries_at_end"]) < len(truth["nodes"]):
        return {"to": None}
    starts = [now["t"] for node in truth["nodes"].values() for before, now in pairs(node["changes"])
              if begin < now["t"] <= end and now.get("receiver") == "streaming" != before.get("receiver")]
    return {"to": window(max(starts), 3, 3)} if starts else None


def pairs(changes):
    return zip([{}, *changes], changes)


PHASES = {"detection": detection, "promotion": promotion, "routing_switch": routing_switch, "redundancy_lost": redundancy_lost}
