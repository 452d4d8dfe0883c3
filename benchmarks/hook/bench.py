"""How long a commit waits: `lading hook` on five files, against the bare start of what it stands on.

    python benchmarks/hook/bench.py [--runs N] [--scan FOLDER]

The project is examples/model-shop as a git repository of its own in a temporary folder, with a lockfile
made offline; the cache folder is a temporary one too. Each round runs every row once, in a process of its
own, so that a busy machine is as busy for each; CPU is user and system time of the process and of the git
it calls. The table shows the best and the median of N rounds (default 7), and the median of the ratios of
each round to its own base:

    base       python -Ic "import click, yaml"
    hook cold  lading hook on five files nobody has read before: the findings of no file are remembered
    hook warm  the same files once more
    scan warm  with --scan: lading scan --offline of a git working tree that was scanned before

The bar is 150 ms for the hook where the base takes 64, which is 2.3 times the base, and 5 times the base for
the scan. The cold row is a commit of new files: what the cache folder holds besides what files said (lists of
plugins and rules, parsed policy and lockfile, compiled expressions) stays. Bytecode is cached, as in an
installation: PYTHONDONTWRITEBYTECODE is taken out of the environment.
"""

from __future__ import annotations

import argparse
import os
import resource
import shutil
import sqlite3
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
FILES = (
    "deploy/compose.yaml",
    "notebooks/compare.ipynb",
    "shop/answer.py",
    "shop/assistants.py",
    "train/finetune.yaml",
)
LADING = (sys.executable, "-Im", "scanner")
BASE = (sys.executable, "-Ic", "import click, yaml")


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--runs", type=int, default=7)
    parser.add_argument("--scan", type=Path, metavar="FOLDER")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="lading-hook-") as scratch:
        show(measure(Path(scratch), options.runs, options.scan))


def measure(scratch: Path, runs: int, scanned: Path | None) -> dict[str, list[float]]:
    """Milliseconds of CPU of every row in every round; one round before them warms the bytecode."""
    project, cache = scratch / "shop", scratch / "cache"
    make_project(project, cache)
    rows: dict[str, Callable[[], float]] = {
        "base": lambda: spent(BASE, project, cache),
        "hook cold": lambda: cold(project, cache),
        "hook warm": lambda: spent((*LADING, "hook", *FILES), project, cache),
    }
    if scanned is not None:
        folder = scanned.resolve()
        command = (*LADING, "scan", "--offline", "-f", f"json={scratch / 'report.json'}")
        rows["scan warm"] = lambda: spent(command, folder, scratch / "scan")
    rounds = [{name: row() for name, row in rows.items()} for _ in range(runs + 1)][1:]
    return {name: [each[name] for each in rounds] for name in rows}


def make_project(project: Path, cache: Path) -> None:
    """A git repository of its own, committed, with a lockfile made without the network."""
    shutil.copytree(ROOT / "examples" / "model-shop", project)
    identity = ("-c", "user.name=bench", "-c", "user.email=bench@example.com")
    subprocess.run(["git", "init", "--quiet"], cwd=project, check=True)
    # 3: of some models the catalog does not say all; what it says is locked.
    locked = subprocess.run(
        [*LADING, "lock", "--offline"], cwd=project, env=environment(cache), capture_output=True, check=False
    )
    if not (project / "lading.lock").is_file():
        sys.exit(f"no lockfile was made:\n{locked.stderr.decode()}")
    subprocess.run(["git", "add", "--all"], cwd=project, check=True)
    subprocess.run(["git", *identity, "commit", "--quiet", "-m", "shop"], cwd=project, check=True)


def cold(project: Path, cache: Path) -> float:
    """The hook on files nobody has read: what files said is forgotten, the rest of the cache stays."""
    if (cache / "discovery.sqlite").is_file():
        with sqlite3.connect(cache / "discovery.sqlite") as remembered:
            remembered.execute("DELETE FROM findings")
        remembered.close()
    return spent((*LADING, "hook", *FILES), project, cache)


def spent(command: tuple[str, ...], folder: Path, cache: Path) -> float:
    """Milliseconds of CPU of one process and its children."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    done = subprocess.run(command, cwd=folder, env=environment(cache), capture_output=True, check=False)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    if done.returncode not in (0, 1, 3):
        sys.exit(f"{' '.join(command)} failed:\n{done.stderr.decode()}")
    return (after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime) * 1000


def environment(cache: Path) -> dict[str, str]:
    """Ours, with bytecode cached and lading's cache in the temporary folder."""
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return {**kept, "LADING_CACHE": str(cache)}


def show(spans: dict[str, list[float]]) -> None:
    """Print the table."""
    print(f"{'':10} {'best ms':>8} {'median ms':>10} {'ratio':>6}")
    for name, taken in spans.items():
        ratio = statistics.median(each / base for each, base in zip(taken, spans["base"], strict=True))
        print(f"{name:10} {min(taken):8.0f} {statistics.median(taken):10.0f} {ratio:6.2f}")


if __name__ == "__main__":
    main()
