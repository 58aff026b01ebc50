"""How far a report lies from what the observer saw, fault by fault and boundary by boundary.

Truth is the observer's: the leader key in etcd, each PostgreSQL over its socket, HAProxy's admin socket. When the monitor could not write is
read from the database's own times of its rows. What a fault is called is the scenario's.
"""
import json
import statistics
from dataclasses import dataclass, field
from datetime import datetime

# The boundary, and the report's milestone for it.
MILESTONES = {"lock free (detection ends)": "lock_free_at", "lock acquired (election ends)": "leader_elected_at",
              "writable (promotion ends)": "writable_at", "proxy marks it UP (routing switch ends)": "routed_at"}
OUTAGE_EDGES = ("write outage begins", "write outage ends")


def seconds(text):
    return None if text is None else datetime.fromisoformat(text.replace("Z", "+00:00")).timestamp()


def as_list(value):
    return value if isinstance(value, list) else [value]


@dataclass
class Drill:
    """One scenario that was played, and what the report says of it."""

    name: str
    # Kind, cause and who took over from whom, as the report has them.
    said: str
    # By what is compared: (right, said), as text.
    words: dict
    # By boundary: seconds from the truth.
    errors: dict
    outage: tuple
    live_equals_saved: bool
    problem: str = None
    holds: bool = field(init=False)

    def __post_init__(self):
        self.holds = self.live_equals_saved and not self.problem and all(right for right, _ in self.words.values())

    @classmethod
    def load(cls, folder):
        truth, expected, live, saved = (json.loads((folder / name).read_text())
                                        for name in ("truth.json", "expected.json", "live.json", "saved.json"))
        wanted = expected["incidents"][0] if expected["incidents"] else None
        begin, end = span(wanted, truth)
        incident = incident_in(live, begin, end)
        seen = {**hand_over(truth, begin, end), **outage_of(truth, begin, end)}
        told = {**milestones(incident), **outage_told(incident)}
        errors = {name: abs(told[name] - seen[name]) for name in told if None not in (told[name], seen.get(name))}
        return cls(name=folder.name, said=said(incident), words=words(wanted, expected, live, incident, truth, begin, end),
                   errors=errors, outage=(length(seen), length(told)), live_equals_saved=live == saved, problem=truth.get("problem"))


def length(edges):
    """Seconds of a write outage; None without one."""
    begin, end = (edges.get(name) for name in OUTAGE_EDGES)
    return None if begin is None or end is None else end - begin


def span(wanted, truth):
    return tuple(map(seconds, wanted["span"])) if wanted else (truth["cluster_ready"], truth["ended"])


def incident_in(report, begin, end):
    """The incident that shares most time with the span."""
    def shared(incident):
        return min(end, seconds(incident["ended_at"]) or end) - max(begin, seconds(incident["started_at"]))
    return max((i for i in report["incidents"] if i["started_at"] and shared(i) > 0), key=shared, default=None)


# What is called how

def said(incident):
    if not incident:
        return "no incident"
    cause = incident["root_cause"] or {}
    of = f" of {cause['member']}" if cause.get("member") else ""
    old, new = incident["old_primary"], incident["new_primary"]
    return f"{incident['kind']}, {cause.get('code', 'cause unknown')}{of}" + (f", {old} → {new}" if new and new != old else "")


def words(wanted, expected, report, incident, truth, begin, end):
    found = incident or {}
    result = {}
    cause = found.get("root_cause") or {}
    for key, said in (("kind", found.get("kind")), ("root_cause", cause.get("code")), ("root_cause_member", cause.get("member")),
                      ("status", found.get("status"))):
        if wanted and key in wanted:
            result[key] = (said in as_list(wanted[key]), str(said))
    if "verdict" in expected:
        verdict = report["verdict"]["status"]
        result["verdict"] = (verdict in as_list(expected["verdict"]), verdict)
    before, after = holders(truth, begin, end)
    if after and after != before:
        for key, right in (("old_primary", before), ("new_primary", after)):
            result[key] = (found.get(key) == right, str(found.get(key)))
    return result


# When what was

def holders(truth, begin, end):
    """Who had the leader key before the span, and who at its end."""
    named = [e for e in truth["leader_key"] if e["holder"]]
    return (next((e["holder"] for e in reversed(named) if e["t"] < begin), None),
            next((e["holder"] for e in reversed(named) if e["t"] <= end), None))


def hand_over(truth, begin, end):
    """When the leader key became free and was taken, and when its taker could be written to and was routed to."""
    before, after = holders(truth, begin, end)
    if not after or after == before:
        return {}
    moves = [e for e in truth["leader_key"] if begin <= e["t"] <= end]
    free = next((e["t"] for e in moves if e["holder"] != before), None)
    taken = next((e["t"] for e in moves if e["holder"] == after), None)
    changes = truth["nodes"][after]["changes"]
    writable = next((c["t"] for c in changes if c["t"] > begin and c.get("state") == "up" and not c.get("in_recovery")), None)
    routed = next((e["t"] for e in truth["haproxy_view"] if taken and e["t"] > taken
                   and e.get("servers", {}).get(after, "").startswith("UP L7OK")), None)
    return dict(zip(MILESTONES, (free, taken, writable, routed)))


def outage_of(truth, begin, end):
    """The longest time in the span without a row of the monitor's."""
    outages = [o for o in truth["client_writes"].get("outages", []) if o["last_ok_before"] < end and o["first_ok_after"] > begin]
    longest = max(outages, key=lambda o: o["seconds"], default={})
    return dict(zip(OUTAGE_EDGES, (longest.get("last_ok_before"), longest.get("first_ok_after"))))


def milestones(incident):
    told = (incident or {}).get("milestones") or {}
    return {label: seconds(told.get(key)) for label, key in MILESTONES.items()}


def outage_told(incident):
    window = ((incident or {}).get("impact") or {}).get("write_outage") or {}
    return dict(zip(OUTAGE_EDGES, (seconds(window.get("from")), seconds(window.get("to")))))


# Tables

def faults_table(drills):
    rows = ["| scenario | said | wrong | no writes, truly | said | worst boundary | live = saved |", "| --- | --- | --- | --- | --- | --- | --- |"]
    for drill in drills:
        wrong = ", ".join(f"{key}: {text}" for key, (right, text) in drill.words.items() if not right)
        wrong = "; ".join(filter(None, [wrong, drill.problem])) or "–"
        seen, told = (f"{value:.1f} s" if value is not None else "none" for value in drill.outage)
        worst = f"{max(drill.errors.values()):.1f} s" if drill.errors else "–"
        rows.append(f"| `{drill.name}` | {drill.said} | {wrong} | {seen} | {told} | {worst} | {'yes' if drill.live_equals_saved else 'NO'} |")
    return "\n".join(rows)


def boundaries_table(drills):
    rows = ["| boundary | compared | median | worst | where |", "| --- | --- | --- | --- | --- |"]
    for label in [*MILESTONES, *OUTAGE_EDGES]:
        found = [(drill.errors[label], drill.name) for drill in drills if label in drill.errors]
        if found:
            worst, where = max(found)
            rows.append(f"| {label} | {len(found)} | {statistics.median(error for error, _ in found):.2f} s | {worst:.2f} s | `{where}` |")
    return "\n".join(rows)
