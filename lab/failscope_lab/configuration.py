"""Settings that differ from the files in conf/: the lab runs copies of those files with single lines changed.

A setting is `PATH=VALUE`, or `MEMBER:PATH=VALUE` for one member only:

    synchronous_mode=true                        in Patroni's DCS section (bootstrap.dcs)
    postgresql.parameters.max_connections=30     there too: bootstrap.dcs.postgresql.parameters
    local.postgresql.use_unix_socket=true        at the top level of patroni.yml
    tags.nofailover=true, watchdog.mode=required at the top level of patroni.yml, as these sections have no other place
    haproxy.inter=1s                             in HAProxy's default-server lines, or a `timeout …` line
    pgbouncer.server_login_retry=1               in pgbouncer.ini
    etcd.ETCD_HEARTBEAT_INTERVAL=500             in etcd's environment
"""
import re
from pathlib import Path

TOP_LEVEL = ("tags", "watchdog", "restapi", "log", "bootstrap", "etcd3", "etcd", "ctl", "namespace")


class Settings:
    """The settings of one cluster, sorted by what they change."""

    def __init__(self, texts):
        self.entries = [self.parse(text) for text in texts]

    @staticmethod
    def parse(text):
        path, separator, value = text.partition("=")
        if not separator:
            raise ValueError(f"a setting is PATH=VALUE: {text!r}")
        member, colon, rest = path.partition(":")
        return (member if colon else None, (rest if colon else path).split("."), value)

    def of(self, component, member=None):
        """(path, value) of the settings for one component: haproxy, pgbouncer, etcd or patroni."""
        for owner, path, value in self.entries:
            named = path[0] if path[0] in ("haproxy", "pgbouncer") or path[0] == "etcd" and path[1].startswith("ETCD_") else "patroni"
            if named == component and owner in (None, member):
                yield (path if component == "patroni" else path[1:]), value


def patroni(text, settings, member):
    """patroni.yml of one member."""
    for path, value in settings.of("patroni", member):
        if path[0] == "local":
            path = path[1:]
        elif path[0] not in TOP_LEVEL:
            path = ["bootstrap", "dcs", *path]
        text = set_in_yaml(text, path, value)
    return text


def set_in_yaml(text, path, value):
    """`text` with the block-style key at `path` set, added where it is missing, or taken out where the value is empty."""
    lines = text.splitlines()
    start, end, indent = 0, len(lines), 0
    for depth, key in enumerate(path):
        found = find_key(lines, start, end, indent, key)
        last = depth == len(path) - 1
        if found is None:
            new = [" " * (indent + 2 * i) + f"{k}:" for i, k in enumerate(path[depth:])]
            new[-1] += f" {value}"
            lines[end:end] = new if value else []
            break
        stop = block_end(lines, found, end, indent)
        if last:
            lines[found:stop] = [" " * indent + f"{key}: {value}"] if value else []
            break
        start, end, indent = found + 1, stop, indent + 2
    return "\n".join(lines) + "\n"


def find_key(lines, start, end, indent, key):
    pattern = re.compile(rf"^ {{{indent}}}{re.escape(key)}:( |$)")
    return next((i for i in range(start, end) if pattern.match(lines[i])), None)


def block_end(lines, start, end, indent):
    """The line after the block that begins at `start`; blank lines and comments belong to what follows."""
    last = start
    for i in range(start + 1, end):
        line = lines[i]
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        if len(line) - len(line.lstrip()) <= indent:
            break
        last = i
    return last + 1


def haproxy(text, settings, options):
    """haproxy.cfg with one `server` line for each member, after the model of the line of pg1."""
    lines = []
    for line in text.splitlines():
        words = line.split()
        if words[:1] == ["server"]:
            if words[1] == "pg1":
                lines += [re.sub(r"\bpg1\b", member, line) for member in options.members]
            continue
        lines.append(line)
    text = "\n".join(lines) + "\n"
    for path, value in settings.of("haproxy"):
        key = ".".join(path)
        if key.startswith("timeout"):
            text = re.sub(rf"(?m)^(\s+{key.replace('.', ' ')}) \S+$", rf"\1 {value}", text)
        elif key == "log-format":
            text = re.sub(r"(?m)^(\s+log stdout format) \S+", rf"\1 {value}", text)
        elif key == "option":
            text = text.replace("    mode tcp\n", f"    mode tcp\n    option {value}\n", 1)
        else:
            text = re.sub(rf"(default-server .*\b{re.escape(key)}) \S+", rf"\1 {value}", text)
    return text


def pgbouncer(text, settings, options):
    text = text.replace("host=haproxy", f"host={options.proxy}")
    for path, value in settings.of("pgbouncer"):
        key = path[0]
        text, count = re.subn(rf"(?m)^{re.escape(key)} =.*$", f"{key} = {value}", text)
        if not count:
            text += f"{key} = {value}\n"
    return text


def read_environment(path):
    """An env file as a mapping; comments and blank lines left out."""
    entries = (line.split("=", 1) for line in Path(path).read_text().splitlines() if "=" in line and not line.startswith("#"))
    return {key: value for key, value in entries}
