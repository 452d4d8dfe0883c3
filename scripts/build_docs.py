"""Build the documentation site: python scripts/build_docs.py

Copies docs/ to build/docs, generates the reference from the code and the data, and runs mkdocs with warnings
as errors. Needs mkdocs-material.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import click

from scanner.cli._commands import cli
from scanner.discovery import detectors, readers
from scanner.discovery.plugin import Detector, Reader
from scanner.knowledge.licenses import look_up
from scanner.knowledge.store import open_knowledge
from scanner.plugins import load_plugins
from scanner.policy.compose import all_rules
from scanner.policy.reference import describe_rule
from scanner.policy.sources import pack_names, read_pack
from scanner.records.unknown import Unknown
from scanner.reporting.write import find_format, format_names

HOUSE = Path(__file__).parent.parent
PAGES = HOUSE / "build" / "docs"


def main() -> None:
    """Write the pages and build the site."""
    shutil.rmtree(PAGES, ignore_errors=True)
    shutil.copytree(HOUSE / "docs", PAGES, ignore=shutil.ignore_patterns("ci"))
    reference = PAGES / "reference"
    reference.mkdir()
    pages = {
        "rules": rules(),
        "packs": packs(),
        "licenses": licenses(),
        "formats": formats(),
        "commands": commands(),
        "blind-spots": blind_spots(),
        "limits": limits(),
        "decisions": decisions(),
    }
    for name, lines in pages.items():
        (reference / f"{name}.md").write_text("\n".join(lines) + "\n", encoding="utf-8")
    done = subprocess.run([sys.executable, "-m", "mkdocs", "build", "--quiet"], cwd=HOUSE, check=False)
    sys.exit(done.returncode)


def rules() -> Iterator[str]:
    """Every rule: sentence, options with defaults, what it does not see."""
    yield from (
        "# Rules",
        "",
        "Generated from the rules' own files; `lading explain RULE` prints the same.",
        "",
    )
    for rule in sorted(all_rules(), key=lambda rule: rule.id):
        said = describe_rule(rule)
        yield from (f"## {said.id}", "", cell(said.sentence), "", cell(said.text), "")
        yield from (
            f"Judges {said.judges}." + (f" Needs: {', '.join(said.needs)}." if said.needs else ""),
            "",
        )
        yield from ("| option | default | |", "|---|---|---|")
        yield from (
            f"| `{o.name}` | `{cell(o.default) or '-'}` | {cell(o.text)} ({cell(o.wants)}) |"
            for o in said.options
        )
        if said.blind_spots:
            yield from ("", "It does not see:", "", *(f"- {cell(spot)}" for spot in said.blind_spots))
        yield ""


def packs() -> Iterator[str]:
    """Every pack, as it stands."""
    yield from ("# Packs", "", "Each is named for its user. Copy one, or extend it.", "")
    for name in pack_names():
        file = read_pack(name)
        if file is not None:
            yield from (f"## {name}", "", "```yaml", file.content.decode("utf-8").rstrip(), "```", "")


def licenses() -> Iterator[str]:
    """Every license on record, a line each."""
    knowledge = open_knowledge()
    yield from ("# Licenses", "", "`lading license show KEY` tells the terms of one, clause by clause.", "")
    yield from ("| key | title | SPDX | category |", "|---|---|---|---|")
    for key in knowledge.keys("licenses"):
        record = look_up(knowledge, key)
        if record is None:
            continue
        shown = [
            "unknown" if isinstance(v, Unknown) else str(getattr(v, "value", v))
            for v in (record.title, record.spdx, record.category)
        ]
        yield "| " + " | ".join([f"`{key}`", *(cell(value) for value in shown)]) + " |"


def formats() -> Iterator[str]:
    """Every report format."""
    yield from ("# All formats", "", "| name | what it is |", "|---|---|")
    yield from (f"| `{name}` | {cell(find_format(name).description)} |" for name in format_names())


def commands() -> Iterator[str]:
    """The help text of every command."""
    yield from ("# Commands", "")

    def tell(command: click.Command, path: str, parent: click.Context | None) -> Iterator[str]:
        context = click.Context(command, info_name=path.split()[-1], parent=parent, terminal_width=80)
        yield from (f"## {path}", "", "```text", command.get_help(context).rstrip(), "```", "")
        if isinstance(command, click.Group):
            for name in command.list_commands(context):
                if below := command.get_command(context, name):
                    yield from tell(below, f"{path} {name}", context)

    yield from tell(cli, "lading", None)


_LIMIT = re.compile(r'(?m)^(MAX_[A-Z_]+) = ([\d_]+)\n"""([^"]+)"""')


def limits() -> Iterator[str]:
    """Every limit of reading files, with its number, from the constants themselves."""
    yield from ("# Limits", "", "How much of a file and of a project is read.", "")
    yield "A file beyond a limit is read up to it. What was left out stands in `coverage.skipped` of the"
    yield "report, with the file, the limit and, where it is known, the line. Limits on what explains a name"
    yield "(its neighbors), or on how much of it is shown, leave no name out and are not told."
    yield from ("", "| where | limit | of what |", "|---|---|---|")
    for room in (HOUSE / "scanner" / "project", HOUSE / "scanner" / "discovery"):
        for path in sorted(room.rglob("*.py")):
            where = path.relative_to(HOUSE / "scanner").with_suffix("").as_posix().replace("_", " ")
            for _, number, what in _LIMIT.findall(path.read_text(encoding="utf-8")):
                yield f"| {where} | {int(number):,} | {cell(' '.join(what.split()))} |"


def blind_spots() -> Iterator[str]:
    """What detectors and rules are known not to see."""
    yield from ("# Blind spots", "", "What is known not to be seen, from the files that do not see it.", "")
    yield from ("## Detectors", "")
    for detector in load_plugins(detectors, "DETECTOR", Detector):
        yield from (f"### {detector.id}", "", *(f"- {cell(spot)}" for spot in detector.blind_spots), "")
    yield from ("## Rules", "")
    for rule in sorted(all_rules(), key=lambda rule: rule.id):
        if rule.blind_spots:
            yield from (f"### {rule.id}", "", *(f"- {cell(spot)}" for spot in rule.blind_spots), "")
    yield from ("## Files that are read", "")
    for reader in load_plugins(readers, "READER", Reader):
        claimed = ", ".join(f"`{each}`" for each in (*reader.endings, *reader.names))
        yield f"- {reader.language}: {claimed or 'inside other files'}"


def decisions() -> Iterator[str]:
    """The list of decisions."""
    yield from (
        "# Decisions",
        "",
        "What a newcomer would question: context, options, choice, consequence.",
        "",
    )
    for page in sorted((HOUSE / "docs" / "decisions").glob("*.md")):
        title = page.read_text(encoding="utf-8").splitlines()[0].removeprefix("# ")
        yield f"- [{title}](../decisions/{page.name})"


def cell(text: str) -> str:
    """Text inside a table or a list: one line, its markup kept harmless."""
    parts = " ".join(text.split()).split("`")
    parts[::2] = [re.sub(r"([|<>*_])", r"\\\1", part) for part in parts[::2]]
    return "`".join(parts)


if __name__ == "__main__":
    main()
