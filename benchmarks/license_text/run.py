"""Compares ways of recognizing license texts, in one run.

    python benchmarks/license_text/run.py [FOLDER]

FOLDER holds texts (`KEY.txt` or `.LICENSE` files; default: those of the installed package
licensedcode-data). Every variant scripts/license_text_variants.py makes of them is given to lading and
to two common measures of likeness over the same texts. Printed: share right, answers that name another
license, milliseconds a file; and how long a fresh process takes for one file.
"""

from __future__ import annotations

import argparse
import re
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from importlib import metadata
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from scanner.knowledge.license_text import identify  # noqa: E402
from scripts.fingerprint_licenses import titles  # noqa: E402
from scripts.license_text_variants import Variant, negatives, read_folder, score, variants  # noqa: E402

THRESHOLD = 0.90
NO_LICENSE = 0.30


def words(text: str) -> list[str]:
    """Words as the plain measures see them."""
    return re.findall(r"[a-z0-9]+|[\u4e00-\u9fff]", text.lower())


def grams(text: str) -> Counter[tuple[str, ...]]:
    """Every run of five words."""
    found = words(text)
    return Counter(tuple(found[at : at + 5]) for at in range(max(1, len(found) - 4)))


def by_lading(texts: dict[str, str]) -> Callable[[str], tuple[str, frozenset[str]]]:
    """lading's own answer."""

    def ask(text: str) -> tuple[str, frozenset[str]]:
        said = identify(text)
        return said.answer, frozenset(match.key for match in said.matches if match.is_copy)

    return ask


def by_word_sets(texts: dict[str, str]) -> Callable[[str], tuple[str, frozenset[str]]]:
    """Soerensen-Dice over sets of words."""
    known = {key: frozenset(words(text)) for key, text in texts.items()}

    def ask(text: str) -> tuple[str, frozenset[str]]:
        mine = frozenset(words(text))
        best = max(known, key=lambda key: dice(mine, known[key]))
        return verdict(best, dice(mine, known[best]))

    def dice(one: frozenset[str], other: frozenset[str]) -> float:
        return 2 * len(one & other) / max(1, len(one) + len(other))

    return ask


def by_grams(texts: dict[str, str]) -> Callable[[str], tuple[str, frozenset[str]]]:
    """Soerensen-Dice over multisets of five words."""
    known = {key: grams(text) for key, text in texts.items()}
    sizes = {key: sum(each.values()) for key, each in known.items()}

    def ask(text: str) -> tuple[str, frozenset[str]]:
        mine = grams(text)
        size = sum(mine.values())
        likeness = {
            key: 2
            * sum(min(count, mine[gram]) for gram, count in each.items() if gram in mine)
            / max(1, size + sizes[key])
            for key, each in known.items()
        }
        best = max(likeness, key=likeness.__getitem__)
        return verdict(best, likeness[best])

    return ask


def verdict(best: str, likeness: float) -> tuple[str, frozenset[str]]:
    """The nearest text above the threshold, `unknown` below it, `none` far below."""
    if likeness >= THRESHOLD:
        return best, frozenset({best})
    return ("unknown" if likeness >= NO_LICENSE else "none"), frozenset()


def measure(name: str, ask: Callable[[str], tuple[str, frozenset[str]]], every: list[Variant]) -> str:
    """One row of the table."""
    found: Counter[str] = Counter()
    by_kind: dict[str, Counter[str]] = {}
    began = time.perf_counter()
    for variant in every:
        answer, held = ask(variant.text)
        result = score(variant, answer, held)
        found[result] += 1
        by_kind.setdefault(variant.kind, Counter())[result] += 1
    each = 1000 * (time.perf_counter() - began) / len(every)
    shares = " ".join(
        f"{kind} {counts['right'] / sum(counts.values()):6.1%}" for kind, counts in by_kind.items()
    )
    return f"{name:28s} {found['right'] / len(every):6.1%}  {found['confused']:5d}  {each:7.1f} ms  {shares}"


def fresh_process() -> float:
    """Seconds a fresh process takes to identify one file; the best of five."""
    with tempfile.NamedTemporaryFile("w", suffix="-LICENSE", delete=False) as file:
        file.write((ROOT / "LICENSE").read_text("utf-8"))
    command = [sys.executable, "-Im", "scanner", "license", "identify", file.name]
    best = 99.0
    for _ in range(5):
        began = time.perf_counter()
        subprocess.run(command, check=True, capture_output=True, cwd=ROOT)
        best = min(best, time.perf_counter() - began)
    Path(file.name).unlink()
    return best


def default_folder() -> Path:
    """The texts of the installed package licensedcode-data."""
    package = metadata.distribution("licensedcode-data")
    mit = next(file for file in package.files or [] if file.name == "mit.LICENSE")
    return Path(str(package.locate_file(mit))).parent


def main() -> int:
    """Print the table."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder", nargs="?", type=Path)
    options = parser.parse_args()
    texts = read_folder(options.folder or default_folder())
    names = titles()
    every = [*variants(texts), *negatives({key: names[key] for key in texts})]
    print(f"{len(every)} files made of {len(texts)} texts")
    print(f"{'':28s}  right  wrong license   a file")
    for name, ask in (
        ("lading", by_lading(texts)),
        ("sets of words, Dice 0.90", by_word_sets(texts)),
        ("five words, Dice 0.90", by_grams(texts)),
    ):
        print(measure(name, ask, every))
    print(f"a fresh process, one file: {fresh_process():.2f} s")
    return 0


if __name__ == "__main__":
    sys.exit(main())
