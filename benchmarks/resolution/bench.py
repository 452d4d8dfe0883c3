"""Resolve 50 models of lineage depth 3 from a local Hub that answers after 100 ms.

    python -m benchmarks.resolution.bench [--models 50] [--depth 3] [--latency 0.1] [--jobs 32]

The limit is depth x latency: each step up a lineage needs the answer before it. The bar is 0.8 s with the
defaults. The Hub runs in a process of its own, so that it does not share the interpreter lock.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
from datetime import date
from pathlib import Path

BAR_SECONDS = 0.8

_SERVER = """
import sys, time
from tests.local_hub import LocalHub, serve
models, depth, latency = int(sys.argv[1]), int(sys.argv[2]), float(sys.argv[3])
hub = LocalHub(latency_seconds=latency)
for model in range(models):
    for step in range(depth):
        base = f"bench/m{model}-{step + 1}" if step + 1 < depth else ()
        hub.add(f"bench/m{model}-{step}", "apache-2.0", base)
with serve(hub) as running:
    print(running.address, flush=True)
    for line in sys.stdin:
        print(len(running.requests), flush=True)
"""


def main() -> int:
    """Measure a first run, a second run from the cache, and count the requests at the server."""
    options = _options()
    root = Path(__file__).resolve().parents[2]
    arguments = [str(options.models), str(options.depth), str(options.latency)]
    server = subprocess.Popen(
        [sys.executable, "-c", _SERVER, *arguments],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        cwd=root,
    )
    assert server.stdin is not None
    assert server.stdout is not None
    try:
        os.environ["HF_ENDPOINT"] = server.stdout.readline().strip()
        with tempfile.TemporaryDirectory() as folder:
            first, second = _run(options, Path(folder)), _run(options, Path(folder))
        server.stdin.write("\n")
        server.stdin.flush()
        requests = int(server.stdout.readline())
    finally:
        server.stdin.close()
        server.wait(10)
    limit = options.depth * options.latency
    repositories = options.models * options.depth
    print(f"first run   {first:.2f} s   ({first / limit:.1f} x the limit of {limit:.2f} s)")
    print(f"second run  {second:.2f} s")
    print(f"requests    {requests} for {repositories} repositories in two runs")
    return 0 if first <= BAR_SECONDS and requests == repositories else 1


def _run(options: argparse.Namespace, folder: Path) -> float:
    from scanner.knowledge.store import open_knowledge
    from scanner.records.sighting import Certainty, Kind, Location, Role, Scope, Sighting
    from scanner.resolution.resolve import resolve
    from scanner.settings import Settings

    sightings = tuple(
        Sighting(
            Kind.HF_MODEL,
            f"bench/m{model}-0",
            "none",
            Role.DEPENDENCY,
            Scope.SHIPPED,
            Certainty.LITERAL,
            "bench",
            Location("app.py", model + 1, 1, model + 1, 2),
        )
        for model in range(options.models)
    )
    settings = Settings(False, False, options.jobs, date(2026, 11, 22), folder)
    knowledge = open_knowledge()
    if not options.cold:
        from scanner.resolution.hub_asker import HubAsker
        from scanner.resolution.sources.hub import load_client

        HubAsker("", load_client)._session()
    started, worked = time.perf_counter(), time.process_time()
    resolution = resolve(sightings, knowledge, settings, root=folder)
    elapsed = time.perf_counter() - started
    print(f"processor   {time.process_time() - worked:.2f} s of the next run")
    assert all(isinstance(asset.lineage, tuple) for asset in resolution.assets)
    return elapsed


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--models", type=int, default=50)
    parser.add_argument("--depth", type=int, default=3)
    parser.add_argument("--latency", type=float, default=0.1)
    parser.add_argument("--jobs", type=int, default=32)
    parser.add_argument("--cold", action="store_true", help="count the Hub client's import and start too")
    return parser.parse_args()


if __name__ == "__main__":
    raise SystemExit(main())
