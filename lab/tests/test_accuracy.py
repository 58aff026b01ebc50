import json
import tempfile
import unittest
from pathlib import Path

from failscope_lab import accuracy
from failscope_lab.truth import iso

ZERO = 1795726800.0

TRUTH = {
    "what_happened": "x", "cluster_ready": ZERO, "ended": ZERO + 100,
    "leader_key": [{"t": ZERO - 9, "holder": "a"}, {"t": ZERO + 20, "holder": None}, {"t": ZERO + 21, "holder": "b"}],
    "nodes": {"b": {"changes": [{"t": ZERO - 5, "state": "up", "in_recovery": True},
                                {"t": ZERO + 22, "state": "up", "in_recovery": False}]}},
    "haproxy_view": [{"t": ZERO + 25, "servers": {"a": "DOWN L4TOUT", "b": "UP L7OK"}}],
    "client_writes": {"outages": [{"last_ok_before": ZERO + 1, "first_ok_after": ZERO + 26, "seconds": 25}]},
}
EXPECTED = {"verdict": ["recovered"], "incidents": [
    {"span": [iso(ZERO), iso(ZERO + 100)], "kind": ["failover"], "root_cause": ["container_stopped"], "root_cause_member": "a"}]}


def report(**changes):
    incident = {
        "kind": "failover", "status": "resolved", "root_cause": {"code": "container_stopped", "member": "a"}, "old_primary": "a", "new_primary": "b",
        "started_at": iso(ZERO + 1), "ended_at": iso(ZERO + 40),
        "milestones": {"lock_free_at": iso(ZERO + 20.5), "leader_elected_at": iso(ZERO + 21), "writable_at": iso(ZERO + 22), "routed_at": iso(ZERO + 25)},
        "impact": {"write_outage": {"from": iso(ZERO + 1), "to": iso(ZERO + 26.25)}},
    }
    return {"verdict": {"status": "recovered"}, "incidents": [incident | changes]}


class Accuracy(unittest.TestCase):
    def drill(self, live, saved=None, truth=TRUTH):
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            for file, value in (("truth", truth), ("expected", EXPECTED), ("live", live), ("saved", saved or live)):
                (folder / f"{file}.json").write_text(json.dumps(value))
            return accuracy.Drill.load(folder)

    def test_a_right_report_holds_and_its_errors_are_distances(self):
        drill = self.drill(report())
        self.assertTrue(drill.holds)
        self.assertEqual(len(drill.errors), 6)
        self.assertAlmostEqual(drill.errors["lock free (detection ends)"], 0.5, places=2)
        self.assertAlmostEqual(drill.errors["write outage ends"], 0.25, places=2)
        self.assertEqual(tuple(round(value, 2) for value in drill.outage), (25, 25.25))

    def test_each_wrong_word_is_told(self):
        for change in ({"kind": "switchover"}, {"root_cause": None}, {"new_primary": "a"}, {"old_primary": None}):
            drill = self.drill(report(**change))
            self.assertFalse(drill.holds, change)
            self.assertIn(next(iter(change)) + ": ", accuracy.faults_table([drill]))

    def test_a_report_without_the_incident_does_not_hold(self):
        self.assertFalse(self.drill({"verdict": {"status": "recovered"}, "incidents": []}).holds)

    def test_live_and_saved_reports_must_be_equal(self):
        self.assertFalse(self.drill(report(), report(status="ongoing")).holds)

    def test_a_scenario_that_went_otherwise_does_not_hold(self):
        self.assertFalse(self.drill(report(), truth=TRUTH | {"problem": "wait writable: no"}).holds)
