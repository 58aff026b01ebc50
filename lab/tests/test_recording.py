import unittest

from failscope_lab import expectation, recorder, scenario, truth
from failscope_lab.journal import Line

# 2026-11-26T21:00:00Z
ZERO = 1795726800.0


def client(second, text):
    return Line(ZERO + second + 0.3, "app", "stdout", f"[21:{second // 60:02d}:{second % 60:02d}] {text}")


class ClientOutage(unittest.TestCase):
    def test_the_longest_gap_of_the_span_is_the_outage(self):
        lines = [client(s, f"WRITE: ID={s}, Data='x'") for s in (0, 1, 2, 3, 30, 31, 90, 91)]
        outage = expectation.client_outage(lines, "app", ZERO + 2, ZERO + 32)
        self.assertEqual(outage["from"], [truth.iso(ZERO + 2.9), truth.iso(ZERO + 4.1)])
        self.assertEqual(outage["to"], [truth.iso(ZERO + 29.9), truth.iso(ZERO + 31.1)])

    def test_an_outage_to_the_end_has_no_end(self):
        lines = [client(s, f"WRITE: ID={s}, Data='x'") for s in (0, 1, 2)]
        self.assertIsNone(expectation.client_outage(lines, "app", ZERO + 1, ZERO + 60)["to"])

    def test_a_steady_client_has_none(self):
        lines = [client(s, f"WRITE: ID={s}, Data='x'") for s in range(20)]
        self.assertIsNone(expectation.client_outage(lines, "app", ZERO, ZERO + 20))


class Redundancy(unittest.TestCase):
    def test_a_change_within_a_stream_is_no_new_start(self):
        changes = [{"t": ZERO + 1, "receiver": "streaming"}, {"t": ZERO + 20, "receiver": None},
                   {"t": ZERO + 40, "receiver": "streaming", "tli": 1}, {"t": ZERO + 50, "receiver": "streaming", "tli": 2}]
        document = {"nodes": {"a": {"changes": []}, "b": {"changes": changes}}, "streaming_at_end": ["b"], "primaries_at_end": ["a"]}
        self.assertEqual(expectation.redundancy_lost(document, ZERO + 10, ZERO + 60)["to"], [truth.iso(ZERO + 37), truth.iso(ZERO + 43)])


class Truth(unittest.TestCase):
    def test_outages_are_gaps_between_good_writes(self):
        good = [{"t": ZERO + s, "key": "ok", "value": {"n": s, "by": "x"}} for s in (0, 0.1, 5)]
        bad = [{"t": ZERO + 3, "key": "failed", "value": {"n": 1, "error": "cannot execute INSERT in a read-only transaction"}}]
        result = truth.client_summary(good + bad, ZERO + 5.5)
        self.assertEqual([(o["seconds"], o["failures"], o["resolved"]) for o in result["outages"]], [(4.9, 1, True)])
        self.assertEqual(result["readonly_errors"], 1)


class Probe(unittest.TestCase):
    def test_the_error_that_the_observer_caused_goes_and_no_other(self):
        def line(text):
            return Line(ZERO, "pg1", "stdout", text)
        lines = [line("2026 [7] ERROR:  a"), line("2026 [8] ERROR:  b"), line("2026 [7] STATEMENT:  INSERT INTO probe_writes VALUES (1)"),
                 line("2026 [8] STATEMENT:  INSERT INTO orders VALUES (1)")]
        self.assertEqual([entry.text for entry in recorder.without_probe(lines)], [lines[1].text, lines[3].text])


class Scenarios(unittest.TestCase):
    def test_every_scenario_can_be_read(self):
        self.assertGreater(len(scenario.names()), 40)
        for name in scenario.names():
            with self.subTest(name):
                self.assertTrue(scenario.Scenario.load(name).steps)
