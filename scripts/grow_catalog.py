"""Grow the catalog from published packages and tables.

    python scripts/grow_catalog.py --package mteb-2.26.24-py3-none-any.whl --package unsloth-….whl …
                                   --table localai=SHA:gallery/index.yaml --table openness=SHA:models
                                   --table hub-tags=SHA,2025-12-12:folder-of-json --pages folder-of-pages …

A package is a wheel as the package index gives it; a table is a file or folder of a public repository
together with the commit it was taken from. Nothing is imported or run: wheels are read as archives,
Python by its syntax tree. Every row says where it stands; rows written by hand are never touched, and
where two sources give two licenses the row says so and gives none. What comes from here is at best
`corroborated`, except what kept answers of the Hub say (hub-tags, with the day of the answers), which is
the model's own card, and what publishers' own pages say (catalog_families.yaml, --pages).

The order of the sources counts: the first one that gives a name its license writes its row, and a base is
taken from the first that gives one. The rows as they stand are from, in this order,

    --table hub-tags=a6c9c419ddeed723fba726643087e52a97bf7350,2025-12-12:data/ of mosesy5688-cell/ai-nexus
    --table hub-tags=1248ac00d0022f8069f107cdf0a803a45a6e9b45,2025-12-08:search-index.json in a folder
    --table mistral=222f4ba9114f84ce9f2d718b9a12fbac1e527f4b:src/schema/models/models of platform-docs-public
    --table localai=82c191afadf5f005281e798ccfa0ffd0d5805030:gallery/index.yaml of mudler/LocalAI
    --table openness=8b5d30e90a7c62d7d6ece48b91e69ff495920a4d:models of lfai/model_openness_tool
    --table japanese=903d9dbeb18cc71fe4bc4cab1a908544922457ac:en/README.md of llm-jp/awesome-japanese-llm
    --pages the pages of catalog_families.yaml
    --package mteb 2.26.24, timm 1.0.31, unsloth 2026.10.9, xinference 4.1.0, fastembed 0.9.1, ms_swift 4.6.0,
              llamafactory 0.9.5, gpustack 2.3.0
    --read-on 2026-11-22

Each source becomes one file of scanner/knowledge/data/catalog/.
"""

from __future__ import annotations

import argparse
import sys
import zipfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import yaml
from catalog_pages import (
    from_families,
    from_gpustack,
    from_japanese,
    from_llamafactory,
    from_mistral,
    from_timm,
)
from catalog_sources import (
    CARD_IDS,
    Row,
    from_fastembed,
    from_hub_tags,
    from_localai,
    from_ms_swift,
    from_mteb,
    from_mteb_tasks,
    from_openness,
    from_unsloth,
    from_xinference,
)

ROOT = Path(__file__).resolve().parent.parent
CATALOG = ROOT / "scanner" / "knowledge" / "data" / "catalog"
GROWN = "grown-"
Reader = Callable[[zipfile.ZipFile, str], Iterator[Row]]


@dataclass
class Gathered:
    """All rows of one source."""

    file: str
    rows: list[Row] = field(default_factory=list)


def main() -> int:
    """Read the sources named on the command line and write their files."""
    parser = argparse.ArgumentParser(description="Grow the catalog from published packages and tables.")
    parser.add_argument("--package", action="append", default=[], type=Path, metavar="WHEEL")
    parser.add_argument("--table", action="append", default=[], metavar="NAME=COMMIT:PATH")
    parser.add_argument("--pages", type=Path, metavar="FOLDER", help="pages of catalog_families.yaml")
    parser.add_argument("--read-on", default=date.today().isoformat(), metavar="YYYY-MM-DD")
    given = parser.parse_args()
    gathered: dict[str, list[Row]] = {}
    for one in (*map(read_table, given.table), *read_pages(given.pages), *map(read_package, given.package)):
        gathered.setdefault(one.file, []).extend(one.rows)
    taken = names_by_hand(set(gathered))
    restore_case([row for rows in gathered.values() for row in rows])
    for file, records in share_out(gathered, taken).items():
        write(file, records, given.read_on)
        print(f"{file}: {len(records)} rows")
    return 0


def read_pages(folder: Path | None) -> list[Gathered]:
    """Read publishers' pages, where a folder of them is given."""
    if folder is None:
        return []
    specification = Path(__file__).with_name("catalog_families.yaml")
    return [Gathered(f"{GROWN}families", list(from_families(specification, folder)))]


def read_package(path: Path) -> Gathered:
    """Read one wheel by the reader of its package."""
    package, version = path.name.split("-")[:2]
    readers: dict[str, Reader] = {
        "mteb": from_all_of_mteb,
        "unsloth": from_unsloth,
        "xinference": from_xinference,
    }
    readers |= {"fastembed": from_fastembed, "ms_swift": from_ms_swift}
    readers |= {"timm": from_timm, "llamafactory": from_llamafactory, "gpustack": from_gpustack}
    if package not in readers:
        raise SystemExit(f"{path.name}: no reader for the package {package}; there are: {', '.join(readers)}")
    with zipfile.ZipFile(path) as wheel:
        rows = list(readers[package](wheel, f"{package} {version}"))
    return Gathered(f"{GROWN}{package.replace('_', '-')}", rows)


def from_all_of_mteb(wheel: zipfile.ZipFile, source: str) -> Iterator[Row]:
    """The models of the package, then the datasets of its tasks."""
    yield from from_mteb(wheel, source)
    yield from from_mteb_tasks(wheel, source)


def read_table(text: str) -> Gathered:
    """Read one table, given as NAME=COMMIT:PATH."""
    name, _, place = text.partition("=")
    commit, _, path = place.partition(":")
    readers = {"localai": from_localai, "openness": from_openness, "hub-tags": from_hub_tags}
    readers |= {"mistral": from_mistral, "japanese": from_japanese}
    if name not in readers or not path:
        raise SystemExit(f"{text}: write NAME=COMMIT:PATH with NAME one of {', '.join(readers)}")
    return Gathered(f"{GROWN}{name}", list(readers[name](Path(path), commit)))


def restore_case(rows: list[Row]) -> None:
    """Write bases as their own rows are written: tags of the Hub give them in small letters."""
    written = {row.name.casefold(): row.name for row in rows}
    written |= {row.base.casefold(): row.base for row in rows if row.base and row.base != row.base.casefold()}
    for path in CATALOG.glob("*.yaml"):
        if not path.stem.startswith(GROWN):
            for name in yaml.load(path.read_text("utf-8"), Loader=yaml.CSafeLoader).get("records", {}):
                written[name.casefold()] = name
    for row in rows:
        if row.base:
            row.base = written.get(row.base.casefold(), row.base)


def names_by_hand(rewritten: set[str]) -> set[str]:
    """Names, letter case aside, of every file this run does not write anew."""
    names: set[str] = set()
    for path in CATALOG.glob("*.yaml"):
        if path.stem not in rewritten:
            records = yaml.load(path.read_text("utf-8"), Loader=yaml.CSafeLoader).get("records", {})
            names |= {key.casefold() for key in records}
            for body in records.values():
                names |= {alias.casefold() for alias in body.get("aliases", ())}
    return names


def share_out(gathered: dict[str, list[Row]], taken: set[str]) -> dict[str, dict[str, dict[str, Any]]]:
    """Give each name to the first source that knows its license, else to the first that knows its base.

    A base that source does not know is taken from the first of the others that does.
    """
    said: dict[str, dict[str, list[Row]]] = {}
    for file, rows in gathered.items():
        for row in rows:
            if row.name.casefold() not in taken:
                said.setdefault(row.name.casefold(), {}).setdefault(file, []).append(row)
    shared: dict[str, dict[str, dict[str, Any]]] = {file: {} for file in gathered}
    for by_file in said.values():
        made = {file: body for file, rows in by_file.items() if (body := record(rows)) is not None}
        if not made:
            continue
        licensed = [
            file
            for file, body in made.items()
            if isinstance(body.get("license", ""), str) or any(row.unsettled for row in by_file[file])
        ]
        chosen = next(iter([*licensed, *made]))
        body = made[chosen]
        based = next((one for one in made.values() if one.get("bases")), None)
        if not body.get("bases") and body.get("root") != "yes" and based is not None:
            sources = [one for each in (body, based) for one in as_list(each["source"])]
            filled = {key: based[key] for key in ("bases", "relation", "base_confidence", "root")}
            body = {**body, **filled, "source": list(dict.fromkeys(sources))}
        shared[chosen][by_file[chosen][0].name] = body
    return shared


def as_list(source: Any) -> list[Any]:
    """A source or a list of them, as a list."""
    return source if isinstance(source, list) else [source]


def write(file: str, records: dict[str, dict[str, Any]], read_on: str) -> None:
    """Write the rows of one source."""
    ordered = dict(sorted(records.items(), key=lambda pair: pair[0].casefold()))
    shared = {"as_of": {"unknown": "the source gives no day of the card"}, "read_on": read_on}
    text = yaml.dump({**shared, "records": ordered}, sort_keys=False, allow_unicode=True, width=108)
    (CATALOG / f"{file}.yaml").write_text(text, "utf-8")


def record(rows: list[Row]) -> dict[str, Any] | None:
    """One record from all that a source says of a name; None where it says nothing of use."""
    body: dict[str, Any] = {}
    own = [row for row in rows if not row.is_base_of] or rows
    licenses = sorted({row.license for row in own if row.license})
    if rows[0].stands_for:
        targets = sorted({row.stands_for for row in rows if row.stands_for})
        return (
            {"kind": "modelscope", "stands_for": targets[0], **closing(rows)} if len(targets) == 1 else None
        )
    seen = max((row.card for row in rows if row.card), default=None)
    if len(licenses) == 1 and seen:
        body |= card_fields(licenses[0], [row.license_name for row in own if row.license_name])
        body |= {"bases": [], "confidence": "verified", "base_confidence": "verified", "as_of": seen}
        body["datasets"] = sorted({one for row in own for one in row.datasets or ()}, key=str.casefold)
    elif len(licenses) == 1 and own[0].is_publisher:
        names = [row.license_name for row in own if row.license_name]
        body |= {"license": licenses[0]} if not names else card_fields(licenses[0], names)
        body |= {} if names or licenses[0].lower() in CARD_IDS else license_fields(licenses[0])
        body["confidence"] = "verified"
    elif len(licenses) == 1:
        body |= license_fields(licenses[0])
        is_hint = all(row.is_base_of for row in own if row.license)
        body["confidence"] = "unverified" if is_hint else "corroborated"
    else:
        said = " and ".join(licenses)
        open_ = next((row.unsettled for row in own if row.unsettled), "the source names no license")
        reason = f"the source says {said}" if licenses else open_
        body |= {"license": {"unknown": reason}, "confidence": "unverified"}
    if revision := next((row.revision for row in rows if row.revision), None):
        body["revision"] = revision
    bases = sorted({row.base for row in rows if row.base and row.base.casefold() != row.name.casefold()})
    if bases:
        relations = {row.relation for row in rows if row.relation}
        relation: Any = relations.pop() if len(relations) == 1 else {"unknown": "not stated"}
        sure = "verified" if seen or any(row.is_base_stated for row in rows) else "corroborated"
        body |= {"bases": bases, "relation": relation, "base_confidence": sure, "root": "no"}
    elif any(row.is_root for row in rows):
        body |= {"bases": [], "base_confidence": "verified", "root": "yes"}
    is_told = len(licenses) == 1 or bool(bases) or any(row.unsettled for row in own)
    if rows[0].name.startswith("dataset:"):
        body = {"kind": "hf-dataset", **body}
    return {**body, **closing(rows)} if is_told else None


def license_fields(said: str) -> dict[str, Any]:
    """A license as a card would state it: an id, or `other` with a name; of a bare address only that."""
    if said.startswith("http"):
        return {"license": {"unknown": "the source gives an address only"}, "license_link": said}
    lowered = said.lower()
    if lowered in CARD_IDS:
        return {"license": lowered}
    if lowered in ("other", "unknown", "multiple"):
        return {"license": {"unknown": f"the source says {said}"}}
    return {"license": "other", "license_name": said}


def card_fields(said: str, names: list[str]) -> dict[str, Any]:
    """A license as the card states it; of `other` the tags do not carry the name."""
    if said != "other":
        return {"license": said}
    missing = {"unknown": "the tags of the Hub do not carry the name"}
    return {"license": "other", "license_name": names[0] if names else missing}


def closing(rows: Iterable[Row]) -> dict[str, Any]:
    """Where a record comes from: at most three places, the rest counted."""
    places = list(dict.fromkeys(row.source for row in rows))
    more = [f"and {len(places) - 3} more entries"] if len(places) > 3 else []
    return {"source": [*places[:3], *more] if len(places) > 1 else places[0]}


if __name__ == "__main__":
    sys.exit(main())
