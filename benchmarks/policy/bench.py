"""How long a policy takes: 10,000 assets under 40 rules, and the start-up the commit hook pays.

    python -B benchmarks/policy/bench.py [--assets N]

Prints one line each. Rules beyond those that ship are copies of `license-not-allowed` under other names, so
that 40 of them judge; the start-up is measured in processes of their own, beyond `import click, yaml`.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import time
from dataclasses import replace
from datetime import date
from pathlib import Path
from types import MappingProxyType
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

RULES = 40
POLICY = """version: 1
rules:
  license-not-allowed: {allow: ["category:permissive", "GPL-3.0-only AND MIT"], scope: lineage}
"""
START_UP = """
import time
import click, yaml
began = time.process_time()
from scanner.knowledge.store import open_knowledge
knowledge = open_knowledge()
opened = time.process_time()
from datetime import date
from pathlib import Path
from scanner.policy.load import check, gather
from scanner.policy.circumstances import Circumstances
from scanner.policy.evaluate import evaluate
from tests.policy.build import asset, resolution
names = "Qwen/Qwen3-8B", "BAAI/bge-m3", "microsoft/phi-2", "openai-community/gpt2", "zai-org/GLM-4.5"
ready = resolution(*(asset(name, "Apache-2.0") for name in names))
built = time.process_time()
policy = check(gather(Path("examples/model-shop")), knowledge)
loaded = time.process_time()
evaluate(policy, ready, Circumstances(date(2026, 11, 22), knowledge, scope="files", is_hook=True))
print(opened - began, built - opened, loaded - built, time.process_time() - loaded)
"""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--assets", type=int, default=10_000)
    parser.add_argument("--runs", type=int, default=5)
    options = parser.parse_args()
    judged(options.assets)
    started(options.runs)


def judged(count: int) -> None:
    """Judge many assets under forty rules."""
    from scanner.knowledge.store import open_knowledge
    from scanner.policy.circumstances import Circumstances
    from scanner.policy.evaluate import evaluate
    from scanner.policy.load import check, gather
    from tests.policy.build import ancestor, asset, resolution

    knowledge = open_knowledge()
    policy = check(gather(Path("/nowhere"), (), {"lading.yaml": POLICY.encode()}.get), knowledge)
    judge = policy.judges[0]
    base = next(rule for rule in policy.rules if rule.id == "license-not-allowed")
    copies = [replace(base, id=f"license-not-allowed-{n}") for n in range(RULES - len(policy.rules))]
    parts: dict[str, Any] = {
        **judge.rules,
        **{rule.id: replace(judge.rules[base.id], rule=rule.id) for rule in copies},
    }
    policy = replace(
        policy,
        rules=(*policy.rules, *copies),
        judges=(replace(judge, rules=MappingProxyType(parts)),),
    )
    licenses = ("MIT", "Apache-2.0", "MIT OR GPL-3.0-only", "GPL-3.0-only AND MIT", "BSD-3-Clause")
    facts = resolution(
        *(
            asset(f"acme/m{n}", licenses[n % 5], lineage=(ancestor("acme/base", "mit", of=f"acme/m{n}"),))
            for n in range(count)
        )
    )
    run = Circumstances(date(2026, 11, 22), knowledge)
    began = time.process_time()
    judgement = evaluate(policy, facts, run)
    took = time.process_time() - began
    print(
        f"{count} assets under {len(policy.rules)} rules: {took:.2f} s CPU, "
        f"{took / count / len(policy.rules) * 1e6:.1f} us a judgement, {len(judgement.findings)} findings"
    )


def started(runs: int) -> None:
    """Load the example's policy and judge five references, each time in a new process."""
    environment = {key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}
    rows = []
    for _ in range(runs + 1):  # the first one writes bytecode
        done = subprocess.run(
            [sys.executable, "-c", START_UP],
            cwd=ROOT,
            env=environment,
            capture_output=True,
            text=True,
            check=True,
        )
        rows.append([float(part) * 1000 for part in done.stdout.split()])
    names = ("open knowledge", "import policy", "load policy", "judge 5 references")
    best = [min(row[at] for row in rows[1:]) for at in range(len(names))]
    print(
        "start-up, CPU ms beyond click and yaml: "
        + ", ".join(f"{n} {b:.0f}" for n, b in zip(names, best, strict=True))
    )


if __name__ == "__main__":
    main()
