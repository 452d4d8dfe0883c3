"""Grow the catalog from published packages and tables.

    python scripts/grow_catalog.py --package mteb-2.26.24-py3-none-any.whl --package unsloth-….whl …
                                   --table localai=SHA:gallery/index.yaml --table openness=SHA:models

A package is a wheel as the package index gives it; a table is a file or folder of a public repository
together with the commit it was taken from. Nothing is imported or run: wheels are read as archives,
Python by its syntax tree. Every row says where it stands; rows written by hand are never touched, and
where two sources give two licenses the row says so and gives none. What comes from here is at best
`corroborated`: none of these sources is the model's own card.

Each source becomes one file of scanner/knowledge/data/catalog/.
"""

from __future__ import annotations

import argparse
import ast
import json
import re
import sys
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any, TypeGuard

import yaml

ROOT = Path(__file__).resolve().parent.parent
CATALOG = ROOT / "scanner" / "knowledge" / "data" / "catalog"
GROWN = "grown-"
NAME = re.compile(r"[A-Za-z0-9][\w.-]*/[A-Za-z0-9][\w.-]*")
LICENSE_ID = re.compile(r"[a-z0-9][a-z0-9.+-]*")
HUB_FILE = re.compile(r"(?:https://huggingface\.co/|huggingface://|hf://)([\w.-]+/[\w.-]+)")
HUB_PAGE = re.compile(r"https://huggingface\.co/([\w.-]+/[\w.-]+)/?")
_IDS = """
    apache-2.0 mit openrail bigscience-openrail-m creativeml-openrail-m bigscience-bloom-rail-1.0
    bigcode-openrail-m afl-3.0 artistic-2.0 bsl-1.0 bsd bsd-2-clause bsd-3-clause bsd-3-clause-clear
    c-uda cc cc0-1.0 cc-by-2.0 cc-by-2.5 cc-by-3.0 cc-by-4.0 cc-by-sa-3.0 cc-by-sa-4.0 cc-by-nc-2.0
    cc-by-nc-3.0 cc-by-nc-4.0 cc-by-nd-4.0 cc-by-nc-nd-3.0 cc-by-nc-nd-4.0 cc-by-nc-sa-2.0
    cc-by-nc-sa-3.0 cc-by-nc-sa-4.0 cdla-sharing-1.0 cdla-permissive-1.0 cdla-permissive-2.0 wtfpl
    ecl-2.0 epl-1.0 epl-2.0 etalab-2.0 eupl-1.1 eupl-1.2 agpl-3.0 gfdl gpl gpl-2.0 gpl-3.0 lgpl
    lgpl-2.1 lgpl-3.0 isc intel-research ms-pl mpl-2.0 odc-by odbl openrail++ osl-3.0 postgresql
    ofl-1.1 ncsa unlicense zlib pddl lgpl-lr deepfloyd-if-license
    fair-noncommercial-research-license llama2 llama3 llama3.1 llama3.2 llama3.3 llama4
    grok2-community gemma openmdw-1.0 openmdw-1.1
"""
CARD_IDS = frozenset(_IDS.split())
"""License ids a card of the Hub may carry; any other word is a `license_name`."""


@dataclass
class Row:
    """What one source says of one name."""

    name: str
    source: str
    license: str | None = None
    """As the source writes it."""
    is_base_of: bool = False
    """Whether the license was said of something made from it: then it is only a hint."""
    revision: str | None = None
    base: str | None = None
    relation: str | None = None
    stands_for: str | None = None


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
    parser.add_argument("--read-on", default=date.today().isoformat(), metavar="YYYY-MM-DD")
    given = parser.parse_args()
    gathered = [read_package(path) for path in given.package] + [read_table(text) for text in given.table]
    taken = names_by_hand({one.file for one in gathered})
    for one in gathered:
        written = write(one, taken, given.read_on)
        taken |= written
        print(f"{one.file}: {len(written)} rows")
    return 0


def read_package(path: Path) -> Gathered:
    """Read one wheel by the reader of its package."""
    package, version = path.name.split("-")[:2]
    readers = {"mteb": from_mteb, "unsloth": from_unsloth, "xinference": from_xinference}
    readers |= {"fastembed": from_fastembed, "ms_swift": from_ms_swift}
    if package not in readers:
        raise SystemExit(f"{path.name}: no reader for the package {package}; there are: {', '.join(readers)}")
    with zipfile.ZipFile(path) as wheel:
        rows = list(readers[package](wheel, f"{package} {version}"))
    return Gathered(f"{GROWN}{package.replace('_', '-')}", rows)


def read_table(text: str) -> Gathered:
    """Read one table, given as NAME=COMMIT:PATH."""
    name, _, place = text.partition("=")
    commit, _, path = place.partition(":")
    readers = {"localai": from_localai, "openness": from_openness}
    if name not in readers or not path:
        raise SystemExit(f"{text}: write NAME=COMMIT:PATH with NAME one of {', '.join(readers)}")
    return Gathered(f"{GROWN}{name}", list(readers[name](Path(path), commit)))


def from_mteb(wheel: zipfile.ZipFile, source: str) -> Iterator[Row]:
    """`ModelMeta(name=…, license=…, revision=…, adapted_from=…)` of the model records."""
    for path in sorted(wheel.namelist()):
        if "/model_implementations/" not in path or not path.endswith(".py"):
            continue
        tree = ast.parse(wheel.read(path))
        constants = {
            statement.targets[0].id: statement.value
            for statement in tree.body
            if isinstance(statement, ast.Assign) and isinstance(statement.targets[0], ast.Name)
        }
        for call in (node for node in ast.walk(tree) if isinstance(node, ast.Call)):
            if not (isinstance(call.func, ast.Name) and call.func.id == "ModelMeta"):
                continue
            said = {keyword.arg: literal(keyword.value, constants) for keyword in call.keywords}
            name, base = said.get("name"), said.get("adapted_from")
            if not is_name(name) or said.get("open_weights") is False:
                continue
            bases = [base] if isinstance(base, str) else base if isinstance(base, (list, tuple)) else []
            usable = [one for one in bases if is_name(one) and one != name]
            license_id = said.get("license")
            revision = said.get("revision")
            yield Row(
                name,
                f"{source}: {path.split('/')[-1]}",
                license_id if isinstance(license_id, str) and license_id != "not specified" else None,
                revision=revision if is_commit(revision) else None,
                base=usable[0] if len(usable) == 1 else None,
                relation="finetune",
            )


def from_unsloth(wheel: zipfile.ZipFile, source: str) -> Iterator[Row]:
    """The map from requantizations to what they were made from."""
    path = "unsloth/models/mapper.py"
    for statement in ast.parse(wheel.read(path)).body:
        target = statement.targets[0] if isinstance(statement, ast.Assign) else None
        if not (isinstance(target, ast.Name) and target.id.endswith("INT_TO_FLOAT_MAPPER")):
            continue
        if not isinstance(statement, ast.Assign) or not isinstance(statement.value, ast.Dict):
            continue
        for quantized, originals in ast.literal_eval(statement.value).items():
            groups = originals.values() if isinstance(originals, dict) else [originals]
            for names in groups:
                listed = [names] if isinstance(names, str) else [one for one in names if one]
                origin = next((one for one in reversed(listed) if not one.startswith("unsloth/")), None)
                if origin is None:
                    continue
                for copy in {quantized, *listed} - {origin}:
                    if is_name(copy) and copy.startswith("unsloth/"):
                        kind = "quantized" if re.search(r"bnb|[Ff][Pp]8|4bit|[Dd]ynamic", copy) else None
                        yield Row(copy, f"{source}: {path}", base=origin, relation=kind)


def from_xinference(wheel: zipfile.ZipFile, source: str) -> Iterator[Row]:
    """Model specifications: formats of one size belong together, hubs name the same model twice."""
    for path in sorted(wheel.namelist()):
        if not re.fullmatch(r"xinference/model/\w+/models/[^/]+\.json", path):
            continue
        for model in json.loads(wheel.read(path)):
            specs = model.get("model_specs") if isinstance(model, dict) else None
            plain = {
                spec.get("model_size_in_billions"): one
                for spec in specs or []
                if spec.get("model_format") == "pytorch"
                for one in hub_names(spec, "huggingface")[:1]
            }
            for spec in specs or []:
                origin = plain.get(spec.get("model_size_in_billions"))
                made = hub_names(spec, "huggingface") if spec.get("model_format") != "pytorch" else []
                for name in made:
                    if origin and name != origin:
                        yield Row(name, f"{source}: {path.split('/')[-1]}", base=origin, relation="quantized")
                there = filled(spec, "huggingface")
                for kind, here in filled(spec, "modelscope").items():
                    if kind in there and here != there[kind]:
                        where = f"{source}: {path.split('/')[-1]}"
                        yield Row(f"modelscope:{here}", where, stands_for=there[kind])


def from_fastembed(wheel: zipfile.ZipFile, source: str) -> Iterator[Row]:
    """Model descriptions: a model, its license, and the repository its converted weights come from."""
    for path in sorted(wheel.namelist()):
        if not path.endswith(".py"):
            continue
        for call in (node for node in ast.walk(ast.parse(wheel.read(path))) if isinstance(node, ast.Call)):
            said = {keyword.arg: keyword.value for keyword in call.keywords}
            if not {"model", "license", "sources"} <= said.keys():
                continue
            name, license_id = literal(said["model"], {}), literal(said["license"], {})
            sources = said["sources"]
            inner = (
                {k.arg: literal(k.value, {}) for k in sources.keywords}
                if isinstance(sources, ast.Call)
                else {}
            )
            if is_name(name) and isinstance(license_id, str):
                yield Row(name, f"{source}: {path}", license_id)
                if is_name(inner.get("hf")) and inner["hf"] != name:
                    yield Row(inner["hf"], f"{source}: {path}", base=name, relation="quantized")


def from_ms_swift(wheel: zipfile.ZipFile, source: str) -> Iterator[Row]:
    """`Model(name on ModelScope, name on the Hub)` where the two differ."""
    for path in sorted(wheel.namelist()):
        if not re.fullmatch(r"swift/model/models/\w+\.py", path):
            continue
        for call in (node for node in ast.walk(ast.parse(wheel.read(path))) if isinstance(node, ast.Call)):
            if isinstance(call.func, ast.Name) and call.func.id == "Model" and len(call.args) >= 2:
                here, there = (literal(argument, {}) for argument in call.args[:2])
                if is_name(here) and is_name(there) and here != there:
                    yield Row(f"modelscope:{here}", f"{source}: {path}", stands_for=there)


def from_localai(path: Path, commit: str) -> Iterator[Row]:
    """Gallery entries: the repository of the files carries the license, a page beside it is the base."""
    for entry in yaml.load(path.read_text("utf-8"), Loader=yaml.CSafeLoader):
        where = f"github:mudler/LocalAI@{commit}:{path.name}#{entry['name']}"
        uris = [str(file.get("uri", "")) for file in entry.get("files") or []]
        holders = {found.group(1) for uri in uris if (found := HUB_FILE.match(uri))}
        pages = {found.group(1) for url in entry.get("urls") or [] if (found := HUB_PAGE.fullmatch(str(url)))}
        license_id = entry.get("license")
        license_text = license_id if isinstance(license_id, str) else None
        if len(holders) != 1:
            continue
        holder = holders.pop()
        origins = [page for page in pages - {holder} if is_made_from(holder, page)]
        base = origins[0] if len(origins) == 1 else None
        if license_text or base:
            yield Row(holder, where, license_text, base=base, relation="quantized")
        if base and license_text:
            yield Row(base, where, license_text, is_base_of=True)


def from_openness(folder: Path, commit: str) -> Iterator[Row]:
    """Records of the Model Openness Tool: the license of the final parameters."""
    for path in sorted(folder.glob("*.yml")):
        release = yaml.load(path.read_text("utf-8"), Loader=yaml.CSafeLoader).get("release", {})
        page = HUB_PAGE.fullmatch(str(release.get("huggingface") or ""))
        parts = {part.get("name"): part.get("license") for part in release.get("components") or []}
        license_id = str(parts.get("Model parameters (Final)") or "").lower()
        if page and license_id in CARD_IDS:
            where = f"github:lfai/model_openness_tool@{commit}:models/{path.name}"
            yield Row(page.group(1), where, license_id)


def literal(node: ast.expr, constants: dict[str, ast.expr]) -> Any:
    """Value of a literal, or of a module constant that is one; None otherwise."""
    if isinstance(node, ast.Name):
        node = constants.get(node.id, node)
    try:
        return ast.literal_eval(node)
    except ValueError:
        return None


def is_name(value: Any) -> TypeGuard[str]:
    """Whether a value is OWNER/NAME as the Hub writes it."""
    return isinstance(value, str) and NAME.fullmatch(value) is not None


def is_commit(value: Any) -> bool:
    """Whether a value is a full commit."""
    return isinstance(value, str) and re.fullmatch(r"[0-9a-f]{40}", value) is not None


def is_made_from(holder: str, page: str) -> bool:
    """Whether a repository of converted files carries the name of another one."""
    made, origin = (re.sub(r"[^a-z0-9]", "", name.split("/")[1].lower()) for name in (holder, page))
    return len(origin) >= 5 and origin in made and made != origin


def filled(spec: dict[str, Any], hub: str) -> dict[str, str]:
    """Names a specification gives on one hub, by quantization."""
    place = (spec.get("model_src") or {}).get(hub) or {}
    name = str(place.get("model_id") or "")
    kinds = [str(kind) for kind in place.get("quantizations") or [""]]
    written = {kind: name.replace("{quantization}", kind) for kind in kinds}
    return {kind: one for kind, one in written.items() if is_name(one)}


def hub_names(spec: dict[str, Any], hub: str) -> list[str]:
    """Names a specification gives on one hub, each once."""
    return list(dict.fromkeys(filled(spec, hub).values()))


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


def write(gathered: Gathered, taken: set[str], read_on: str) -> set[str]:
    """Write the rows of one source that no other file has; gives the names written."""
    by_name: dict[str, list[Row]] = {}
    for row in gathered.rows:
        by_name.setdefault(row.name, []).append(row)
    records = {
        name: record(rows)
        for name, rows in sorted(by_name.items(), key=lambda pair: pair[0].casefold())
        if name.casefold() not in taken
    }
    records = {name: body for name, body in records.items() if body is not None}
    shared = {"as_of": {"unknown": "the source gives no day of the card"}, "read_on": read_on}
    text = yaml.dump({**shared, "records": records}, sort_keys=False, allow_unicode=True, width=108)
    (CATALOG / f"{gathered.file}.yaml").write_text(text, "utf-8")
    return {name.casefold() for name in records}


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
    if len(licenses) == 1:
        body |= license_fields(licenses[0])
        is_hint = all(row.is_base_of for row in own if row.license)
        body["confidence"] = "unverified" if is_hint else "corroborated"
    else:
        said = " and ".join(licenses)
        reason = f"the source says {said}" if licenses else "the source names no license"
        body |= {"license": {"unknown": reason}, "confidence": "unverified"}
    if revision := next((row.revision for row in rows if row.revision), None):
        body["revision"] = revision
    bases = sorted({row.base for row in rows if row.base})
    if bases:
        relations = {row.relation for row in rows if row.relation}
        relation: Any = relations.pop() if len(relations) == 1 else {"unknown": "not stated"}
        body |= {"bases": bases, "relation": relation, "base_confidence": "corroborated", "root": "no"}
    return {**body, **closing(rows)} if len(licenses) == 1 or bases else None


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


def closing(rows: Iterable[Row]) -> dict[str, Any]:
    """Where a record comes from: at most three places, the rest counted."""
    places = list(dict.fromkeys(row.source for row in rows))
    more = [f"and {len(places) - 3} more entries"] if len(places) > 3 else []
    return {"source": [*places[:3], *more] if len(places) > 1 else places[0]}


if __name__ == "__main__":
    sys.exit(main())
