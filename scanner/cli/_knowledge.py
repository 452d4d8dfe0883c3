"""What the commands of `lading knowledge` do and print."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import click

from scanner.errors import KnowledgeBroken, UsageError
from scanner.knowledge import catalog, lists, providers, publishers
from scanner.knowledge.bare_names import bare
from scanner.knowledge.store import Knowledge
from scanner.records.encoding import encode
from scanner.records.quick import dataclass
from scanner.records.report import KnowledgeStamp
from scanner.records.unknown import Unknown
from scanner.whole_files import put_file

SHOWN = 40
"""Records named one by one in the terminal; JSON holds all."""


@dataclass(frozen=True, slots=True)
class Checked:
    """What reading every record came to."""

    counts: dict[str, int]
    confidence: dict[str, int]
    """Records by how sure they are; `not stated` where they do not say."""
    sourceless: tuple[str, ...]
    """`KIND/KEY` of records that name no source."""
    old: tuple[tuple[str, str], ...]
    """(`KIND/KEY`, day or reason) of records older than asked for."""

    def as_json(self) -> dict[str, Any]:
        """The same for programs."""
        return {
            "counts": self.counts,
            "confidence": self.confidence,
            "sourceless": list(self.sourceless),
            "old": [{"record": record, "day": day} for record, day in self.old],
        }


@dataclass(frozen=True, slots=True)
class Written:
    """One list that was imported."""

    name: str
    file: Path
    entries: int
    as_of: str
    matched: tuple[str, ...]
    """Publishers and providers on record that it names."""

    def as_json(self) -> dict[str, Any]:
        """The same for programs."""
        return {
            "name": self.name,
            "file": self.file.as_posix(),
            "entries": self.entries,
            "as_of": self.as_of,
            "matched": list(self.matched),
        }


def print_json(value: dict[str, Any]) -> None:
    """Write a JSON document; records among its values as reports write them."""
    plain = {
        name: encode(member) if isinstance(member, KnowledgeStamp) else member
        for name, member in value.items()
    }
    click.echo(json.dumps(plain, indent=2, ensure_ascii=False))


def kinds_of(knowledge: Knowledge) -> dict[str, int]:
    """Number of records of every kind."""
    return {kind: len(knowledge.keys(kind)) for kind in knowledge.kinds}


def require_kind(knowledge: Knowledge, kind: str) -> tuple[str, ...]:
    """Keys of a kind.

    Raises:
        UsageError: there is no such kind.
    """
    if kind not in knowledge.kinds:
        raise UsageError(f"there are no records of {kind!r}\n  kinds are: {', '.join(knowledge.kinds)}")
    return knowledge.keys(kind)


def kinds_table(stamp: KnowledgeStamp, counted: dict[str, int]) -> str:
    """Kinds and numbers, aligned."""
    width = max(map(len, counted), default=0)
    rows = [f"  {kind:<{width}}  {count:>6}" for kind, count in counted.items()]
    return "\n".join([_stamp_line(stamp), *rows])


def _entries(number: int) -> str:
    return "1 entry" if number == 1 else f"{number} entries"


def lists_table(knowledge: Knowledge) -> str:
    """Every list with its day and how much it holds."""
    rows = []
    for one in lists.all_lists(knowledge):
        day = one.as_of if isinstance(one.as_of, str) else f"day not known ({one.as_of.reason})"
        what = "shipped excerpt" if one.is_starter else "imported"
        when = f" {one.imported}" if isinstance(one.imported, str) else ""
        rows.append(f"{one.name}\n  {_entries(one.entries)}, as of {day}; {what}{when}")
    return "\n".join(rows)


def check_all(knowledge: Knowledge, today: date, older_than: int | None) -> Checked:
    """Read every record by its loader and sort them by what they lack.

    Raises:
        KnowledgeBroken: a record has mistakes.
    """
    sure: Counter[str] = Counter()
    sourceless, old = [], []
    for kind in knowledge.kinds:
        for key, body in knowledge.all(kind):
            record = f"{kind}/{key}"
            _load(knowledge, kind, key)
            sure[str(body.get("confidence", "not stated"))] += 1
            if not _source(body):
                sourceless.append(record)
            if older_than is not None:
                day = _newest(body)
                if day is None:
                    old.append((record, "no day is recorded"))
                elif (today - day).days > older_than:
                    old.append((record, day.isoformat()))
    return Checked(kinds_of(knowledge), dict(sorted(sure.items())), tuple(sourceless), tuple(old))


def checked_text(stamp: KnowledgeStamp, checked: Checked) -> str:
    """What was found, for a person."""
    lines = [_stamp_line(stamp), f"{sum(checked.counts.values())} records read, none with mistakes"]
    lines += [f"  {count:>6} {name}" for name, count in checked.confidence.items()]
    lines.append(f"{len(checked.sourceless)} name no source")
    if checked.old:
        lines.append(f"{len(checked.old)} are older:")
        lines += [f"  {record}: {day}" for record, day in checked.old[:SHOWN]]
        if len(checked.old) > SHOWN:
            lines.append(f"  and {len(checked.old) - SHOWN} more; --format json names all")
    return "\n".join(lines)


def import_file(
    file: Path, into: Path, today: str, name: str | None, source: str | None
) -> tuple[Written, ...]:
    """Read a list file and write its lists below `into`.

    Raises:
        KnowledgeBroken: the file is no list, or the folder cannot be written to.
    """
    from scanner.knowledge.import_list import read_list
    from scanner.knowledge.store import open_knowledge

    try:
        content = file.read_bytes()
    except OSError as error:
        raise KnowledgeBroken(
            f"{file}: it cannot be read: {error.strerror}\n  check its permissions"
        ) from error
    knowledge = open_knowledge()
    written = []
    for one in read_list(content, file.name, today, name):
        body = one.body(today, source or file.name)
        target = into / "lists" / f"{one.key}.json"
        write_in_one_step(target, json.dumps(body, ensure_ascii=False, sort_keys=True) + "\n")
        matched = tuple(_matched(knowledge, body["by_name"]))
        written.append(Written(one.name, target, len(one.parties), body["as_of"], matched))
    return tuple(written)


def imported_text(written: tuple[Written, ...], into: Path) -> str:
    """What was written and what to do with it."""
    lines = []
    for one in written:
        lines.append(f"{one.file.as_posix()}: {one.name}, {_entries(one.entries)}, as of {one.as_of}")
        if one.matched:
            lines.append(f"  names {len(one.matched)} on record: {', '.join(one.matched[:10])}")
    lines.append(f"to use it, say in the policy:  knowledge: [./{into.as_posix()}]")
    return "\n".join(lines)


def _matched(knowledge: Knowledge, by_name: dict[str, list[int]]) -> Iterator[str]:
    for kind in (publishers.KIND, providers.KIND):
        for key, body in knowledge.all(kind):
            named = [body.get("entity"), body.get("parent"), *body.get("names", ())]
            if any(bare(name) in by_name for name in named if isinstance(name, str)):
                yield f"{kind}/{key}"


def _load(knowledge: Knowledge, kind: str, key: str) -> None:
    match kind:
        case "publishers":
            publishers.look_up(knowledge, key)
        case "providers":
            providers.by_id(knowledge, key)
        case "catalog":
            catalog.look_up(knowledge, "hf-model", key)


def _source(body: dict[str, Any]) -> bool:
    source = body.get("source")
    return bool(source) and not isinstance(source, dict)


def _newest(body: dict[str, Any]) -> date | None:
    days = []
    for field in ("read_on", "as_of", "imported"):
        try:
            days.append(date.fromisoformat(str(body.get(field))))
        except ValueError:
            continue
    return max(days, default=None)


def _stamp_line(stamp: KnowledgeStamp) -> str:
    day = stamp.as_of.reason if isinstance(stamp.as_of, Unknown) else f"as of {stamp.as_of}"
    return f"knowledge {day}, {str(stamp.digest)[:23]}"


def write_in_one_step(path: Path, text: str) -> None:
    """Write a file in one step."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        put_file(path, text.encode())
    except OSError as error:
        raise KnowledgeBroken(
            f"{path}: it cannot be written: {error.strerror}\n  check its permissions"
        ) from error
