"""Readers of the packages and tables the catalog is grown from.

Nothing is imported or run: wheels are read as archives, Python by its syntax tree.
"""

from __future__ import annotations

import ast
import json
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeGuard

import yaml

NAME = re.compile(r"[A-Za-z0-9][\w.-]*/[A-Za-z0-9][\w.-]*")
DATASET = re.compile(r"[A-Za-z0-9][\w.-]*(?:/[A-Za-z0-9][\w.-]*)?")
LICENSE_ID = re.compile(r"[a-z0-9][a-z0-9.+-]*")
HUB_FILE = re.compile(r"(?:https://huggingface\.co/|huggingface://|hf://)([\w.-]+/[\w.-]+)")
HUB_PAGE = re.compile(r"https://huggingface\.co/([\w.-]+/[\w.-]+)/?")
PACKED = re.compile(r"(.+)-(?:(?:AWQ|GPTQ)(?:-Int[48])?|Int[48]|GGUF|FP8|MLX|NVFP4)", re.IGNORECASE)
"""Endings by which publishers name repositories that only pack another one."""
RELATIONS = frozenset({"finetune", "quantized", "adapter", "merge"})
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
    grok2-community gemma openmdw-1.0 openmdw-1.1 apple-ascl apple-amlr h-research
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
    license_name: str | None = None
    card: str | None = None
    """Day of the Hub's own answer, where that is what the source kept."""
    is_publisher: bool = False
    """Whether the publisher's own page says so."""
    is_base_stated: bool = False
    """Whether the page states the base, not the name alone."""
    is_root: bool = False
    """Whether the page says it was trained from nothing else."""
    datasets: tuple[str, ...] | None = None
    """Training datasets the card names; None where the source does not tell."""
    unsettled: str | None = None
    """Why the source leaves the license open, where it speaks of it all the same."""


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


def from_mteb_tasks(wheel: zipfile.ZipFile, source: str) -> Iterator[Row]:
    """`TaskMetadata(dataset={"path": …, "revision": …}, license=…)` of the tasks: datasets of the Hub."""
    for path in sorted(wheel.namelist()):
        if "/tasks/" not in path or not path.endswith(".py"):
            continue
        for call in (node for node in ast.walk(ast.parse(wheel.read(path))) if isinstance(node, ast.Call)):
            if not (isinstance(call.func, ast.Name) and call.func.id == "TaskMetadata"):
                continue
            said = {keyword.arg: literal(keyword.value, {}) for keyword in call.keywords}
            dataset, license_id = said.get("dataset"), said.get("license")
            name = dataset.get("path") if isinstance(dataset, dict) else None
            if is_name(name) and isinstance(license_id, str) and license_id != "not specified":
                yield Row(f"dataset:{name}", f"{source}: {path.split('/')[-1]}", license_id)


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
    """`Model(name on ModelScope, name on the Hub)` where the two differ; packed copies of others it names."""
    there_named: dict[str, str] = {}
    for path in sorted(wheel.namelist()):
        if not re.fullmatch(r"swift/model/models/\w+\.py", path):
            continue
        for call in (node for node in ast.walk(ast.parse(wheel.read(path))) if isinstance(node, ast.Call)):
            if isinstance(call.func, ast.Name) and call.func.id == "Model" and len(call.args) >= 2:
                here, there = (literal(argument, {}) for argument in call.args[:2])
                if is_name(there):
                    there_named.setdefault(there, f"{source}: {path}")
                if is_name(here) and is_name(there) and here != there:
                    yield Row(f"modelscope:{here}", f"{source}: {path}", stands_for=there)
    for name, where in there_named.items():
        packed = PACKED.fullmatch(name)
        if packed and packed.group(1) in there_named:
            yield Row(name, where, base=packed.group(1), relation="quantized")


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


def from_hub_tags(folder: Path, commit_and_day: str) -> Iterator[Row]:
    """Kept answers of the Hub: lists of models with their tags, some with the card's first lines."""
    commit, _, day = commit_and_day.partition(",")
    for path in sorted(folder.glob("*.json")):
        where = f"github:mosesy5688-cell/ai-nexus@{commit}:{path.name} (answers of the Hub)"
        for entry in json.loads(path.read_text("utf-8")):
            page = HUB_PAGE.fullmatch(str(entry.get("source_url") or ""))
            name = page.group(1) if page else entry.get("id")
            if str(name).startswith("huggingface-"):
                name = f"{entry.get('author')}/{entry.get('name')}"
            tags = [tag for tag in entry.get("tags") or [] if isinstance(tag, str)]
            licenses = [tag.removeprefix("license:") for tag in tags if tag.startswith("license:")]
            if not is_name(name) or len(licenses) != 1:
                continue
            relations = [tag.split(":", 2)[1:] for tag in tags if tag.startswith("base_model:")]
            named = [
                pair for pair in relations if len(pair) == 2 and pair[0] in RELATIONS and is_name(pair[1])
            ]
            front = re.match(r"---\n(.*?)\n---", str(entry.get("body_content") or ""), re.DOTALL)
            stated = re.search(r"^license_name: *(\S.*)$", front.group(1), re.MULTILINE) if front else None
            license_name = stated.group(1).strip("'\" ") if stated else None
            trained_on = (tag.removeprefix("dataset:") for tag in tags if tag.startswith("dataset:"))
            datasets = tuple(sorted({one for one in trained_on if DATASET.fullmatch(one)}))
            pairs: list[tuple[str | None, str | None]] = [(relation, base) for relation, base in named]
            for relation, base in pairs or [(None, None)]:
                yield Row(
                    name,
                    where,
                    licenses[0],
                    base=base,
                    relation=relation,
                    license_name=license_name,
                    card=day,
                    datasets=datasets,
                )


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
