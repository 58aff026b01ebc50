#!/usr/bin/env python3
"""patterns.py COUNT FILE: COUNT patterns from parsers/*.yaml, spread over all of them, one a line, as rg and Hyperscan take them.

Captures lose their names; patterns with lookaround, atomic groups or possessive quantifiers are left out, because
neither knows them.
"""
import pathlib
import re
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
UNKNOWN = re.compile(r"\(\?[=!>|]|\(\?<[=!]|[*+?}]\+|\\[KGRXCh]")


def patterns():
    for path in sorted((ROOT / "parsers").glob("*.yaml")):
        for line in path.read_text().splitlines():
            match = re.match(r"    pattern: (?:'(.*)'|\"(.*)\"|(.*))$", line)
            if not match:
                continue
            text = match[1].replace("''", "'") if match[1] is not None else match[2] or match[3]
            if text and not UNKNOWN.search(text):
                yield re.sub(r"\(\?P?<\w+>", "(?:", text).replace("\\'", "'")


count, target = int(sys.argv[1]), pathlib.Path(sys.argv[2])
found = list(dict.fromkeys(patterns()))
step = max(1.0, len(found) / count)
chosen = [found[int(index * step)] for index in range(min(count, len(found)))]
target.write_text("\n".join(chosen) + "\n")
