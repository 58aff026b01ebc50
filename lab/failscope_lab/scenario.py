"""A scenario: a TOML file with a cluster, steps and what a right report says about them.

    title = "…"                     one sentence: what was done
    steps = ["wait 20", "kill db-a", …]
    from_start = true               record from the first line on; else from the moment the cluster works
    end = 15                        seconds of log after the last step
    [cluster]                       fields of options.Options
    [expected]                      keys of expected.json that hold for the whole log; "auto" values see expectation.py
    [[expected.incidents]]
"""
import tomllib
from dataclasses import dataclass, field
from pathlib import Path

from .options import Options

FOLDER = Path(__file__).resolve().parent.parent / "scenarios"


@dataclass
class Scenario:
    name: str
    title: str
    steps: list
    options: Options
    expected: dict = field(default_factory=dict)
    from_start: bool = False
    wait_for_cluster: bool = True
    end: float = 15.0

    @classmethod
    def load(cls, name):
        path = Path(name) if name.endswith(".toml") else FOLDER / f"{name}.toml"
        with open(path, "rb") as handle:
            content = tomllib.load(handle)
        options = Options.from_mapping({"name": path.stem[:24]} | content.pop("cluster", {}))
        return cls(name=path.stem, options=options, **content)


def names():
    return sorted(path.stem for path in FOLDER.glob("*.toml"))
