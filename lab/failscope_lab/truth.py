"""truth.json: what was done, and what the observer saw. Instants are epoch seconds."""
import re
import time
from datetime import datetime, timezone

from . import programs

# A probe client writes each 0.1 s: a longer gap than this between two good ones is an outage.
GAP = 1.0


def iso(seconds):
    if seconds is None:
        return None
    instant = datetime.fromtimestamp(seconds, timezone.utc)
    return instant.strftime("%Y-%m-%dT%H:%M:%S.") + f"{instant.microsecond // 1000:03d}Z"


def truth(lab, scenario, lines, ended, contents):
    """The whole document."""
    view = lab.view
    return {
        "scenario": scenario.name,
        "what_happened": scenario.title,
        "started": lab.started, "cluster_ready": lab.ready, "ended": ended,
        "started_iso": iso(lab.started), "ready_iso": iso(lab.ready), "ended_iso": iso(ended),
        "compose_lines": len(lines),
        "versions": versions(lab.options),
        "settings": {"cluster": vars(lab.options)},
        "faults": dated(lab.performed["faults"]),
        "actions": dated(lab.performed["actions"]),
        "exits": [{"service": service, "code": code} for service, code in lab.cluster.exits],
        "nodes": {m: {"changes": changes(view.select("member", m))} for m in lab.options.members},
        "replication": {m: changes(view.select("replication", m)) for m in lab.options.members},
        "dual_primary": dual_primary(lab),
        "leader_key": leader_key(view, lab.options),
        "etcd_members": {n: changes(view.select("dcs", n)) for n in lab.options.dcs},
        "haproxy_view": changes(view.select("proxy")),
        "writes": client_summary(view.select("write"), ended),
        "reads": client_summary(view.select("read"), ended),
        "client_writes": client_writes(lab),
        "table_contents_at_end": contents,
        "acknowledged_writes_lost": lost_writes(contents, lab),
        "primaries_at_end": [m for m in lab.options.members if view.is_primary(m)],
        "streaming_at_end": [m for m in lab.options.members if view.is_streaming(m)],
    }


def dated(entries):
    return [entry | {"iso": iso(entry["t"])} for entry in entries]


def changes(events):
    return [{"t": e["t"]} | e["value"] for e in events]


def versions(options):
    postgres = programs.postgres_directory(options.postgres) + "/postgres"
    return {
        "patroni": options.patroni,
        "postgresql": number(programs.version_of(postgres, "--version")),
        "etcd": number(programs.version_of(programs.etcd(options.etcd), "--version")),
        "haproxy": number(programs.version_of("/usr/sbin/haproxy", "-v")),
        "pgbouncer": number(programs.version_of("/usr/sbin/pgbouncer", "--version")),
    }


def number(text):
    match = re.search(r"\d+\.\d[\w.+-]*", text or "")
    return match.group() if match else None


def leader_key(view, options):
    """The holder as the majority of the etcd members had it, where that changed."""
    present, result = {}, []
    for event in view.select("dcs"):
        present[event["key"]] = event["value"].get("holder") if event["value"].get("reachable") else None
        known = list(present.values())
        holder = max(set(known), key=known.count)
        if not result or result[-1]["holder"] != holder:
            result.append({"t": event["t"], "holder": holder})
    return result


def dual_primary(lab):
    """Spans in which two members were out of recovery and answered, or ran on frozen."""
    state, spans, since = {}, [], None
    for event in lab.view.select("member"):
        value = event["value"]
        state[event["key"]] = value.get("state") == "up" and not value.get("in_recovery")
        primaries = [m for m, primary in state.items() if primary]
        if len(primaries) > 1 and since is None:
            since = event["t"]
        elif len(primaries) < 2 and since is not None:
            spans.append({"from": since, "to": event["t"]})
            since = None
    return spans + ([{"from": since, "to": None}] if since else [])


def client_summary(events, ended):
    good = [e for e in events if e["key"] == "ok"]
    bad = [e for e in events if e["key"] == "failed"]
    return {
        "ok": len(good), "failed": len(bad),
        "readonly_errors": sum("read-only" in e["value"]["error"] for e in bad),
        "outages": outages(good, bad, ended),
        "served_by": served_by(good),
    }


def outages(good, bad, ended):
    """Gaps between good ones; the last may last to the end."""
    result = []
    times = [e["t"] for e in good]
    for before, after in zip(times, [*times[1:], None]):
        end = after or ended
        if end - before <= GAP:
            continue
        errors = {}
        for event in bad:
            if before < event["t"] < end:
                errors[event["value"]["error"]] = errors.get(event["value"]["error"], 0) + 1
        result.append({"last_ok_before": before, "first_ok_after": after, "seconds": round(end - before, 3),
                       "failures": sum(errors.values()), "errors": errors, "resolved": after is not None})
    return result


def served_by(good):
    result = []
    for event in good:
        if not result or result[-1]["address"] != event["value"]["by"]:
            result.append({"t": event["t"], "address": event["value"]["by"]})
    return result


def table_contents(lab):
    """Which rows each member that answers has, of the probe's and the monitor's."""
    # Before the tables are read: what is acknowledged meanwhile may not be in them.
    acked = {e["value"]["n"] for e in lab.view.select("write", "ok")}
    monitored = {int(m.group(1)) for line in lab.cluster.journal.snapshot() if line.service == lab.options.client
                 and (m := re.search(r"WRITE: ID=(\d+)", line.text))}
    result = {}
    for member in lab.options.members:
        try:
            probe = {int(row[0]) for row in lab.sql(member, "SELECT n FROM probe_writes")}
            monitor = {int(row[0]) for row in lab.sql(member, "SELECT id FROM test_data")}
        except Exception as error:
            result[member] = {"error": str(error)}
            continue
        result[member] = {"probe": probe, "monitor": monitor}
    return {m: v if "error" in v else {
        "probe_rows": len(v["probe"]), "probe_acked": len(acked), "probe_missing": sorted(acked - v["probe"]),
        "monitor_rows": len(v["monitor"]), "monitor_acked": len(monitored), "monitor_missing": sorted(monitored - v["monitor"]),
    } for m, v in result.items()}


# The monitor writes once a second: a longer gap than this between two of its rows is an outage.
CLIENT_GAP = 2.5


def client_writes(lab):
    """The gaps between the monitor's rows by the times that the database gave them, without a look at the monitor's lines."""
    primaries = [m for m in lab.options.members if lab.view.is_primary(m)]
    try:
        rows = lab.sql(primaries[0], "SELECT extract(epoch FROM created_at) FROM test_data ORDER BY 1") if len(primaries) == 1 else []
    except Exception as error:
        return {"error": str(error)}
    times = [float(row[0]) for row in rows]
    return {"counted_on": primaries[0] if rows else None, "rows": len(times), "outages": [
        {"last_ok_before": before, "first_ok_after": after, "seconds": round(after - before, 3)}
        for before, after in zip(times, times[1:]) if after - before > CLIENT_GAP]}


def lost_writes(contents, lab):
    primaries = [m for m in lab.options.members if lab.view.is_primary(m) and "error" not in contents.get(m, {"error": ""})]
    if len(primaries) != 1:
        return {"counted_on": None, "any_lost": None}
    found = contents[primaries[0]]
    return {"counted_on": primaries[0], "probe_lost": len(found["probe_missing"]), "monitor_lost_ids": found["monitor_missing"],
            "any_lost": bool(found["probe_missing"] or found["monitor_missing"])}
