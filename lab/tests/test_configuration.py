import re
import unittest
from pathlib import Path

from failscope_lab import configuration
from failscope_lab.options import Options

CONF = Path(__file__).resolve().parent.parent / "conf"
YAML = """top:
  inner:
    ttl: 30
    # about the list
    list:
      - one
      - two
  after: 1
other: x
"""


class SetInYaml(unittest.TestCase):
    def test_replaces_a_value(self):
        self.assertIn("    ttl: 20\n    # about", configuration.set_in_yaml(YAML, ["top", "inner", "ttl"], "20"))

    def test_replaces_a_whole_block(self):
        text = configuration.set_in_yaml(YAML, ["top", "inner", "list"], "[]")
        self.assertIn("    list: []\n  after: 1\n", text)
        self.assertNotIn("- one", text)

    def test_adds_a_key_at_the_end_of_its_section(self):
        self.assertIn("      - two\n    new: y\n  after: 1\n", configuration.set_in_yaml(YAML, ["top", "inner", "new"], "y"))

    def test_adds_the_sections_above_a_key(self):
        self.assertTrue(configuration.set_in_yaml(YAML, ["tags", "nofailover"], "true").endswith("tags:\n  nofailover: true\n"))

    def test_an_empty_value_takes_the_key_out(self):
        self.assertNotIn("ttl", configuration.set_in_yaml(YAML, ["top", "inner", "ttl"], ""))

    def test_a_key_of_the_same_name_elsewhere_stays(self):
        text = configuration.set_in_yaml("a:\n  ttl: 1\nb:\n  ttl: 2\n", ["b", "ttl"], "3")
        self.assertEqual(text, "a:\n  ttl: 1\nb:\n  ttl: 3\n")


class Files(unittest.TestCase):
    def test_a_setting_goes_to_the_dcs_section_and_only_to_its_member(self):
        settings = configuration.Settings(["ttl=17", "two:tags.nofailover=true"])
        text = (CONF / "patroni.yml").read_text()
        one, two = (configuration.patroni(text, settings, member) for member in ("one", "two"))
        self.assertRegex(one, r"(?m)^    ttl: 17$")
        self.assertRegex(one, r"(?m)^  nofailover: false$")
        self.assertRegex(two, r"(?m)^  nofailover: true$")

    def test_haproxy_has_a_server_line_for_each_member_in_each_backend(self):
        options = Options(members=["a-1", "a-2", "a-3"])
        text = configuration.haproxy((CONF / "haproxy.cfg").read_text(), configuration.Settings(["haproxy.inter=1s"]), options)
        self.assertEqual(re.findall(r"server (\S+) (\S+):5432", text), [(m, m) for m in options.members] * 2)
        self.assertEqual(text.count("inter 1s"), 2)
        self.assertNotIn("pg1", text)

    def test_pgbouncer_replaces_and_adds_settings(self):
        settings = configuration.Settings(["pgbouncer.server_login_retry=1", "pgbouncer.server_idle_timeout=3"])
        text = configuration.pgbouncer((CONF / "pgbouncer.ini").read_text(), settings, Options(proxy="lb"))
        self.assertEqual(text.count("server_login_retry = 1\n"), 1)
        self.assertIn("host=lb ", text)
        self.assertTrue(text.endswith("server_idle_timeout = 3\n"))

    def test_a_setting_without_value_is_refused(self):
        with self.assertRaises(ValueError):
            configuration.Settings(["ttl"])
