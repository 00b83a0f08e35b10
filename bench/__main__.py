"""Runs benchmarks: all of them, or those that are named.

    python -m bench [--record] [--list] [NAME...]

Each module beside this one is a benchmark and runs as a process of its own. Nothing is written but to the terminal;
with --record each table also goes to bench/results/<date>-<name>.md, together with the machine it was made on.
"""

import argparse
import datetime
import os
import platform
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).parent
SUPPORT = ("__init__", "__main__", "sheet")


def names() -> list[str]:
    return sorted(path.stem for path in HERE.glob("*.py") if path.stem not in SUPPORT and path.stem[0] != "_")


def machine() -> str:
    """What the numbers depend on: processor, cores, memory, system, Python, and what else was running."""
    model = platform.machine()
    cpu_info = Path("/proc/cpuinfo")
    if cpu_info.exists():
        lines = [line for line in cpu_info.read_text().splitlines() if line.startswith("model name")]
        model = lines[0].partition(":")[2].strip() if lines else model
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    load = "/".join(f"{value:.1f}" for value in os.getloadavg())
    return (
        f"{model}, {os.cpu_count()} cores, {memory:.0f} GiB; {platform.system()} {platform.release()}, "
        f"Python {platform.python_version()}; load before the start {load}"
    )


def run(name: str, *, record: bool) -> bool:
    """Run one and show what it prints as it comes; whether it ended well."""
    about = machine()
    print(f"\n## {name}\n\n{about}\n", flush=True)
    process = subprocess.Popen(
        [sys.executable, "-m", f"bench.{name}"], cwd=HERE.parent, stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    output = []
    for line in process.stdout:
        print(line, end="", flush=True)
        output.append(line)
    if process.wait() != 0:
        return False
    if record:
        today = datetime.datetime.now(datetime.UTC).date()
        path = HERE / "results" / f"{today}-{name}.md"
        path.parent.mkdir(exist_ok=True)
        table = "".join(output)
        # Tables in Markdown stay tables; others keep their columns.
        body = table if "|---" in table else f"```\n{table}```\n"
        path.write_text(f"# {name}, {today}\n\n{about}\n\n    python -m bench {name}\n\n{body}")
        print(f"recorded in {path.relative_to(HERE.parent)}")
    return True


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__.splitlines()[0])
    parser.add_argument("names", nargs="*", metavar="NAME", help=", ".join(names()))
    parser.add_argument("--record", action="store_true", help="write bench/results/<date>-<name>.md too")
    parser.add_argument("--list", action="store_true", help="print the names")
    options = parser.parse_args()
    unknown = set(options.names) - set(names())
    if unknown:
        parser.error(f"no such benchmark: {', '.join(sorted(unknown))}; there are {', '.join(names())}")
    if options.list:
        print("\n".join(names()))
        return 0
    failed = [name for name in options.names or names() if not run(name, record=options.record)]
    if failed:
        print(f"failed: {', '.join(failed)}", file=sys.stderr)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
