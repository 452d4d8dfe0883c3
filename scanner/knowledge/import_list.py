"""Turns a published list into a record of a user's own knowledge."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterable, Iterator
from typing import Any

from scanner.errors import KnowledgeBroken
from scanner.knowledge.bare_names import bare
from scanner.knowledge.lists import STATUSES
from scanner.patterns import regex
from scanner.records.quick import dataclass, field

MAX_BYTES = 200_000_000
MAX_ENTRIES = 500_000
MIN_FURTHER = 4
"""Letters a further name of a party must have; shorter ones (`MIT`, `AI`) belong to many."""
_CRAFT = frozenset({"vessel", "ship", "aircraft"})
_UK_NAMES = ("Name 1", "Name 2", "Name 3", "Name 4", "Name 5", "Name 6")
_PRIMARY = frozenset({"primary name", "primary"})
_DAY = regex(r"(\d{4})-(\d{2})-(\d{2})|(\d{2})/(\d{2})/(\d{4})|(\d{1,2})-([A-Z][a-z]{2})-(\d{4})")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


@dataclass(slots=True)
class Party:
    """One party of a list, with every name the list gives it."""

    name: str
    names: dict[str, None] = field(default_factory=dict)
    as_of: str | None = None
    source: str | None = None
    citation: str | None = None
    status: str = "listed"
    is_person: bool = False

    @property
    def telling_names(self) -> set[str]:
        """Names that may tell this party: its own, and further ones long enough to be nobody else's.

        A person is told by a full name only.
        """
        own = bare(self.name)
        further = {bare(name) for name in self.names} - {own}
        if self.is_person:
            return {name for name in (own, *further) if " " in name}
        return {own} | {name for name in further if not name.isascii() or len(name) >= MIN_FURTHER}


@dataclass(slots=True)
class Imported:
    """One list as it was read."""

    name: str
    issuer: str | None
    as_of: str | None
    """The day the file speaks of, where it says one."""
    parties: list[Party]

    @property
    def key(self) -> str:
        """File name of the record."""
        return re.sub(r"[^a-z0-9]+", "-", self.name.lower()).strip("-")[:80] or "list"

    def body(self, imported: str, source: str) -> dict[str, Any]:
        """The record: every entry, and which entries each name leads to."""
        by_name: dict[str, list[int]] = {}
        for number, party in enumerate(self.parties):
            for name in party.telling_names:
                by_name.setdefault(name, []).append(number)
        entries = [
            {
                "name": party.name,
                "status": party.status,
                **({"as_of": party.as_of} if party.as_of else {}),
                **({"source": party.source} if party.source else {}),
                **({"citation": party.citation} if party.citation else {}),
            }
            for party in self.parties
        ]
        return {
            "name": self.name,
            **({"issuer": self.issuer} if self.issuer else {}),
            "as_of": self.as_of or imported,
            "imported": imported,
            "source": source,
            "confidence": "verified",
            "entries": entries,
            "by_name": by_name,
        }


def read_list(content: bytes, file: str, today: str, name: str | None = None) -> tuple[Imported, ...]:
    """Read a list in the columns of its issuer, or in lading's own.

    Known are the US Consolidated Screening List (CSV, JSON; one list per `source`), the consolidated list
    of the European Union (CSV with semicolons), the lists of the United Kingdom (CSV with a line above the
    columns), and a plain table with `name` and, where known, `names`, `status`, `as_of`, `source`,
    `citation`. Names of one party are kept together; nothing is looked up elsewhere. `today` (YYYY-MM-DD)
    decides whether an entry with an end has ended.

    Raises:
        KnowledgeBroken: it is none of these, holds no party, or is larger than MAX_BYTES.
    """
    if len(content) > MAX_BYTES:
        raise KnowledgeBroken(f"{file}: it is larger than {MAX_BYTES} bytes\n  import one list at a time")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise KnowledgeBroken(f"{file}: it is not UTF-8 text\n  save it as UTF-8") from error
    banner, rows = _rows_of_json(text, file) if text.lstrip()[:1] in "[{" else _rows_of_csv(text, file)
    columns = {column for row in rows[:50] for column in row}
    if {"name", "source", "alt_names"} <= columns:
        found = tuple(_us(rows, today))
    elif "NameAlias_WholeName" in columns:
        found = (_eu(rows, name),)
    elif {"Name 6", "Name 1"} <= columns:
        found = (_uk(rows, name, banner),)
    elif "name" in columns:
        found = (_plain(rows, name or file),)
    else:
        raise KnowledgeBroken(
            f"{file}: its columns are those of no list lading knows: {', '.join(sorted(columns)[:8])}\n"
            "  give it a column `name` (and names, status, as_of, source), or use the issuer's own file"
        )
    found = tuple(one for one in found if one.parties)
    if not found:
        raise KnowledgeBroken(f"{file}: it names no party\n  is it the file with the entries?")
    return found


def _rows_of_json(text: str, file: str) -> tuple[str, list[dict[str, str]]]:
    try:
        value = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise KnowledgeBroken(
            f"{file}: it is not JSON: {error}\n  import the file as its issuer gives it"
        ) from error
    members = value.get("results", value.get("entries")) if isinstance(value, dict) else value
    if not isinstance(members, list):
        raise KnowledgeBroken(
            f"{file}: it holds no list of entries\n  write a list, or an object with `results`"
        )
    rows = [
        {column: _joined(cell) for column, cell in member.items()}
        for member in members[:MAX_ENTRIES]
        if isinstance(member, dict)
    ]
    return "", rows


def _joined(cell: Any) -> str:
    if isinstance(cell, list):
        return ";".join(str(member) for member in cell)
    return "" if cell is None else str(cell)


def _rows_of_csv(text: str, file: str) -> tuple[str, list[dict[str, str]]]:
    """The rows by column name; a line above the columns is given back beside them."""
    lines = text.splitlines(keepends=True)
    banner = ""
    if lines and not _is_header(lines[0]) and len(lines) > 1 and _is_header(lines[1]):
        banner, lines = lines[0], lines[1:]
    sign = ";" if lines and lines[0].count(";") > lines[0].count(",") else ","
    reader = csv.DictReader(io.StringIO("".join(lines)), delimiter=sign, restkey="", restval="")
    try:
        rows = [
            {str(column).strip(): str(cell or "").strip() for column, cell in row.items() if column}
            for _, row in zip(range(MAX_ENTRIES), reader, strict=False)
        ]
    except csv.Error as error:
        raise KnowledgeBroken(
            f"{file}: it is no table: {error}\n  import the file as its issuer gives it"
        ) from error
    return banner, rows


def _is_header(line: str) -> bool:
    return any(word in line for word in ("Name 6", "NameAlias_WholeName", "alt_names")) or (
        "name" in re.split(r"[,;\s\"]+", line.strip())
    )


def _us(rows: list[dict[str, str]], today: str) -> Iterator[Imported]:
    """US Consolidated Screening List: each row a party, each `source` a list of its own."""
    by_list: dict[str, list[Party]] = {}
    issuers: dict[str, str] = {}
    for row in rows:
        if not row.get("name") or row.get("type", "").casefold() in _CRAFT:
            continue
        title, _, issuer = row["source"].partition(" - ")
        end = _day(row.get("end_date", ""))
        issuers.setdefault(title, issuer)
        by_list.setdefault(title, []).append(
            Party(
                row["name"],
                dict.fromkeys(_split(row.get("alt_names", ""))),
                _day(row.get("start_date", "")),
                row.get("source_list_url") or row.get("source_information_url") or None,
                row.get("federal_register_notice") or None,
                "delisted" if end and end < today else "listed",
                row.get("type", "").casefold() == "individual",
            )
        )
    for title, parties in sorted(by_list.items()):
        yield Imported(title, issuers[title] or None, None, parties)


def _eu(rows: list[dict[str, str]], name: str | None) -> Imported:
    """Consolidated list of the European Union: one row per name, parties by their logical id."""
    parties: dict[str, Party] = {}
    for row in rows:
        whole = row.get("NameAlias_WholeName") or " ".join(
            part for column in ("First", "Middle", "Last") if (part := row.get(f"NameAlias_{column}Name", ""))
        )
        if whole:
            party = parties.setdefault(row.get("Entity_LogicalId") or whole, Party(whole))
            party.names[whole] = None
            party.is_person = party.is_person or row.get("Entity_SubjectType", "").casefold() == "person"
            party.as_of = party.as_of or _day(
                row.get("Entity_DesignationDate") or row.get("Entity_Regulation_PublicationDate", "")
            )
            party.source = party.source or row.get("Entity_Regulation_PublicationUrl") or None
            party.citation = party.citation or row.get("Entity_Regulation_NumberTitle") or None
    days = sorted(filter(None, (_day(row.get("fileGenerationDate", "")) for row in rows[:1])))
    return Imported(
        name or "EU consolidated financial sanctions list",
        "European Union",
        days[-1] if days else None,
        list(parties.values()),
    )


def _uk(rows: list[dict[str, str]], name: str | None, banner: str) -> Imported:
    """Lists of the United Kingdom: names in six columns, parties by group or unique id."""
    parties: dict[str, Party] = {}
    for row in rows:
        parts = [row.get(column, "") for column in _UK_NAMES]
        whole = " ".join(part for part in parts if part and part != "0")
        subject = _first(row, "Designation Type", "Group Type", "Individual, Entity, Ship").casefold()
        if whole and subject not in _CRAFT:
            key = row.get("Unique ID") or row.get("Group ID") or row.get("OFSI Group ID") or whole
            party = parties.setdefault(key, Party(whole))
            if _first(row, "Name type", "Name Type", "Alias Type").casefold() in _PRIMARY:
                party.name = whole
            if "low quality" not in _first(row, "Alias strength", "Alias Quality").casefold():
                party.names[whole] = None
            party.is_person = party.is_person or subject == "individual"
            if other := row.get("Name Non-Latin Script") or row.get("Name non-latin script"):
                party.names[other] = None
            party.as_of = party.as_of or _day(row.get("Date Designated") or row.get("Listed On", ""))
            party.citation = party.citation or row.get("Regime Name") or row.get("Regime") or None
    return Imported(name or "UK sanctions list", "United Kingdom", _day(banner), list(parties.values()))


def _first(row: dict[str, str], *columns: str) -> str:
    """What the first column says that says anything; issuers rename their columns."""
    return next((row[column] for column in columns if row.get(column)), "")


def _plain(rows: list[dict[str, str]], name: str) -> Imported:
    parties = []
    for row in rows:
        if row.get("name"):
            status = row.get("status") or "listed"
            if status not in STATUSES:
                raise KnowledgeBroken(
                    f"{name}: the status of {row['name']!r} cannot be {status!r}\n"
                    f"  one of: {', '.join(STATUSES)}"
                )
            names = _split(row.get("names") or row.get("aliases") or "")
            parties.append(
                Party(
                    row["name"],
                    dict.fromkeys(names),
                    row.get("as_of") or None,
                    row.get("source") or None,
                    row.get("citation") or None,
                    status,
                )
            )
    return Imported(name, None, None, parties)


def _split(names: str) -> Iterable[str]:
    return (name.strip() for name in names.split(";") if name.strip())


def _day(text: str) -> str | None:
    """The first day in a text, as YYYY-MM-DD; with slashes or a month in letters the day stands first."""
    found = _DAY.search(text)
    if found is None:
        return None
    year, month, day, first, second, third, written, name, last = found.groups()
    if name is not None:
        return f"{last}-{_MONTHS.index(name) + 1:02}-{int(written):02}" if name in _MONTHS else None
    return f"{year}-{month}-{day}" if year else f"{third}-{second}-{first}"
