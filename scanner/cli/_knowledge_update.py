"""What `lading knowledge update` does: answers of the Hub kept as catalog rows."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from scanner.cli._knowledge import write_in_one_step
from scanner.cli._showing import read_reference
from scanner.errors import KnowledgeBroken
from scanner.knowledge import catalog
from scanner.knowledge.store import open_knowledge
from scanner.records.asset import Asset, Resolution
from scanner.records.sighting import Certainty, Kind, Location, Role, Scope, Sighting
from scanner.records.unknown import Unknown
from scanner.settings import Settings

FILE = "from-the-hub.yaml"
SCHEMA = "lading.knowledge-update/1"
_PREFIX = {Kind.HF_MODEL: "", Kind.HF_DATASET: "dataset:"}


def update(names: tuple[str, ...], into: Path, settings: Settings, form: str) -> tuple[str, bool]:
    """Ask about every name and write the rows; gives what to print, and whether all answered."""
    from scanner.resolution.resolve import resolve

    sightings = tuple(_sighting(name) for name in names)
    resolution = resolve(sightings, open_knowledge(), settings, root=Path(), lock=None)
    path = into / "catalog" / FILE
    rows = _kept(path)
    day = settings.today.isoformat()
    changes = []
    for asset in resolution.assets:
        if _is_kept(asset):
            key = _PREFIX[asset.kind] + asset.name
            row = row_of(asset, day)
            changes.append((key, _difference(rows.get(key), row)))
            rows[key] = row
    if changes:
        write_in_one_step(path, _as_yaml(rows))
    return _said(resolution, changes, path, form), not resolution.unanswered


def _is_kept(asset: Asset) -> bool:
    """Whether the Hub answered with a repository anyone may read about."""
    return asset.answered_by == "hub" and asset.kind in _PREFIX and asset.availability == "public"


def row_of(asset: Asset, day: str) -> dict[str, Any]:
    """The row of a model as the Hub answered."""
    steps = () if isinstance(asset.lineage, Unknown) else asset.lineage
    direct = [step for step in steps if step.depth == 1 and step.relation != "trained-on"]
    row: dict[str, Any] = _license(asset)
    if not isinstance(asset.lineage, Unknown):
        row["bases"] = sorted({base.name for base in direct})
        row["base_confidence"] = "verified"
        relations = {base.relation for base in direct}
        if len(relations) == 1:
            row["relation"] = relations.pop()
        row["root"] = "no" if direct else "yes"
    more = {
        "pipeline_tag": asset.modality,
        "library": asset.library,
        "gated": asset.gated,
        "revision": asset.commit,
    }
    row |= {field: value for field, value in more.items() if not isinstance(value, Unknown)}
    if asset.renamed_from != "none":
        row["aliases"] = [asset.renamed_from]
    source = f"hub:{asset.name}" + (f"@{asset.commit}" if isinstance(asset.commit, str) else "")
    return {**row, "confidence": "verified", "source": source, "as_of": day, "read_on": day}


def _license(asset: Asset) -> dict[str, Any]:
    """The card's fields again: (`other`, `qwen`) was `license: other` and `license_name: qwen`."""
    declared = asset.license.declared
    if declared[:1] == ("other",) and len(declared) == 2:
        return {"license": "other", "license_name": declared[1]}
    return {"license": declared[0] if len(declared) == 1 else list(declared)}


def _sighting(name: str) -> Sighting:
    wanted = read_reference(name)
    kind = wanted.kind if isinstance(wanted.kind, Kind) else None
    if kind not in _PREFIX:
        raise KnowledgeBroken(f"{name}: only models and datasets of the Hub can be asked about\n  see --help")
    return Sighting(
        kind,
        wanted.name,
        wanted.revision,
        Role.DEPENDENCY,
        Scope.SHIPPED,
        Certainty.LITERAL,
        "command-line",
        Location("NAME", 1, 1, 1, 1),
    )


def _kept(path: Path) -> dict[str, dict[str, Any]]:
    """Rows of an earlier update."""
    if not path.exists():
        return {}
    from scanner.knowledge.compile import read_records

    text = path.read_text("utf-8")
    return {record.key: record.body for record in read_records(catalog.KIND, path.stem, text, path.name)}


def _as_yaml(rows: dict[str, dict[str, Any]]) -> str:
    """The rows as YAML; every value as JSON writes it, which is YAML too."""
    lines = ["# Written by `lading knowledge update`; each row as the Hub answered on its day.", "records:"]
    for key in sorted(rows, key=str.casefold):
        lines.append(f"  {json.dumps(key, ensure_ascii=False)}:")
        lines += [
            f"    {field}: {json.dumps(value, ensure_ascii=False)}" for field, value in rows[key].items()
        ]
    return "\n".join(lines) + "\n"


def _difference(old: dict[str, Any] | None, new: dict[str, Any]) -> list[str]:
    if old is None:
        return ["new"]
    fields = sorted({*old, *new} - {"as_of", "read_on", "source"})
    return [name for name in fields if old.get(name) != new.get(name)] or ["unchanged"]


def _said(resolution: Resolution, changes: list[tuple[str, list[str]]], path: Path, form: str) -> str:
    unanswered = [(one.asset, one.reason) for one in resolution.unanswered]
    others = [asset.name for asset in resolution.assets if not _is_kept(asset)]
    if form == "json":
        document = {
            "schema": SCHEMA,
            "file": path.as_posix(),
            "rows": [{"key": key, "changed": changed} for key, changed in changes],
            "unanswered": [{"asset": asset, "reason": reason} for asset, reason in unanswered],
            "not_from_the_hub": others,
        }
        return json.dumps(document, indent=2, ensure_ascii=False) + "\n"
    lines = [f"{key}: {', '.join(changed)}" for key, changed in changes]
    lines += [f"{asset}: not asked: {reason}" for asset, reason in unanswered]
    lines += [f"{name}: the Hub gave no answer to keep" for name in others]
    if changes:
        lines.append(f"written to {path.as_posix()}")
    return "\n".join(lines) + "\n"
