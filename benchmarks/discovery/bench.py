"""Discovery against ripgrep: cold and warm, one process and two, with peak memory.

    python benchmarks/discovery/bench.py FOLDER [--runs N]

FOLDER is a git working tree. Each row is the best of N runs (default 3) in a fresh process:

    search     ripgrep with the words discovery looks for (git grep where ripgrep is not installed)
    cold       discovery with an empty cache
    warm       discovery with the cache of the run before

`ratio` is the wall time over that of the search; `cpu` the seconds all processes computed, start and walk
included, which other work on the machine changes less. `MB` and `child MB` are the peaks of the process and
of its largest child, pages they share counted twice; `tree MB` is the peak of all of them together, each
page counted once (Linux only, looked at twenty times a second).
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

WORDS = (
    "from_pretrained|huggingface|hf\\.co|hf://|transformers|diffusers|sentence.transformers|openai|anthropic|litellm"
    "|langchain|ollama|vllm|sglang|modelscope|load_dataset|snapshot_download|base_model|model_name|model_id|repo_id"
    "|safetensors|gguf|pipeline\\(|api_base|base_url|embedding"
)


def measure(folder: Path, cache: Path, processes: int) -> dict[str, float]:
    """One run in a fresh interpreter; walking and opening the knowledge are shown apart."""
    environment = {key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}
    command = [sys.executable, __file__, "--inside", str(folder), str(cache), str(processes)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment) as running:
        peak = 0.0
        while running.poll() is None:
            peak = max(peak, tree_megabytes(running.pid))
            time.sleep(0.05)
        printed = running.stdout.read() if running.stdout else ""
    if running.returncode:
        raise subprocess.CalledProcessError(running.returncode, command)
    figures: dict[str, float] = json.loads(printed)
    return figures | {"tree": peak}


def tree_megabytes(process: int) -> float:
    """Memory of a process and its children now, shared pages in equal parts; 0 where nobody says."""
    proc = Path("/proc") / str(process)
    try:
        rollup = (proc / "smaps_rollup").read_text()
        children = (proc / "task" / str(process) / "children").read_text().split()
    except OSError:
        return 0.0
    own = next((int(line.split()[1]) for line in rollup.splitlines() if line.startswith("Pss:")), 0)
    return own / 1024 + sum(tree_megabytes(int(child)) for child in children)


def inside(folder: Path, cache: Path, processes: int) -> None:
    """What the fresh interpreter does: walk, open, discover, print."""
    from scanner.discovery.discover import discover
    from scanner.knowledge.store import open_knowledge
    from scanner.project.walk import walk

    start = time.perf_counter()
    knowledge = open_knowledge()
    opened = time.perf_counter()
    tree = walk(folder)
    walked = time.perf_counter()
    found = discover(tree, knowledge, cache_folder=cache, processes=processes)
    ended = time.perf_counter()
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    own, children = (each.ru_maxrss / 1024 for each in used)
    print(
        json.dumps(
            {
                "knowledge": opened - start,
                "walk": walked - opened,
                "discover": ended - walked,
                "cpu": sum(each.ru_utime + each.ru_stime for each in used),
                "memory": own,
                "child": children,
                "files": found.read,
                "sightings": len(found.sightings),
            }
        )
    )


def search(folder: Path) -> tuple[str, float]:
    """Wall time of the plain search for the same words."""
    if tool := shutil.which("rg"):
        name, command = "ripgrep", [tool, "-c", "--hidden", "-e", WORDS, "."]
    else:
        name, command = "git grep", ["git", "grep", "-cE", WORDS]
    start = time.perf_counter()
    subprocess.run(command, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False)
    return name, time.perf_counter() - start


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder", type=Path)
    parser.add_argument("--runs", type=int, default=3)
    options = parser.parse_args()
    tool, searched = min(
        (search(options.folder) for _ in range(max(options.runs, 2))), key=lambda pair: pair[1]
    )
    columns = f"{'cpu':>6} {'walk':>6} {'MB':>5} {'child MB':>8} {'tree MB':>7}"
    print(f"{'':10} {'processes':>9} {'seconds':>8} {'ratio':>7} {columns}")
    print(f"{tool:10} {'':9} {searched:8.2f} {1.0:7.1f}")
    for processes in (1, 2):
        cold: list[dict[str, float]] = []
        warm: list[dict[str, float]] = []
        for _ in range(options.runs):
            with tempfile.TemporaryDirectory() as cache:
                cold.append(measure(options.folder, Path(cache), processes))
                warm.append(measure(options.folder, Path(cache), processes))
        for name, runs in (("cold", cold), ("warm", warm)):
            best = min(runs, key=lambda run: run["discover"])
            print(
                f"{name:10} {processes:9} {best['discover']:8.2f} {best['discover'] / searched:7.1f}"
                f" {best['cpu']:6.1f} {best['walk']:6.2f} {best['memory']:5.0f} {best['child']:8.0f}"
                f" {best['tree']:7.0f}"
            )
    print(f"{best['files']:.0f} files read, {best['sightings']:.0f} sightings")


if __name__ == "__main__":
    if sys.argv[1:2] == ["--inside"]:
        inside(Path(sys.argv[2]), Path(sys.argv[3]), int(sys.argv[4]))
    else:
        main()
