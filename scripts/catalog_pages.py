"""Readers of publishers' own pages, of tables in Markdown, and of packages that hold registries.

Nothing is imported or run: wheels are read as archives, Python by its syntax tree, pages as text.
"""

from __future__ import annotations

import ast
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml
from catalog_sources import CARD_IDS, PACKED, Row, is_name, literal

LINK = re.compile(r"https?://(?:huggingface\.co|hf\.co)/([\w.-]+/[\w.-]+)")
PAIR = re.compile(r"(?<![\w.-])(?=([\w.-]+/[\w.-]+))")
BARE = re.compile(r"(?<![\w./-])[\w.-]+(?![\w./-])")
NO_NAMES = frozenset({"datasets", "spaces", "collections", "docs", "papers", "blog", "organizations"})
WORDS = {
    "apache 2.0": "apache-2.0",
    "apache license 2.0": "apache-2.0",
    "mit": "mit",
    "mit license": "mit",
    "llama 2 community license": "llama2",
    "llama 3 community license": "llama3",
    "llama 3.1 community license": "llama3.1",
    "llama 3.2 community license": "llama3.2",
    "llama 3.3 community license": "llama3.3",
    "gemma terms of use": "gemma",
    "gemma license": "gemma",
    "bsd-3-clause": "bsd-3-clause",
    "creativeml openrail-m": "creativeml-openrail-m",
    "creativeml openrail-m license": "creativeml-openrail-m",
    "openrail++-m": "openrail++",
}
"""Licenses as tables write them in words, and the id a card has for each."""
SEVERAL = re.compile("[?\N{FULLWIDTH QUESTION MARK}(<,/;&]")
"""What stands where a cell holds several licenses, or a doubt."""
CREATIVE_COMMONS = re.compile(r"cc[ -](by(?:-(?:nc|sa|nd|nc-sa|nc-nd))?)[ -]([234]\.0)", re.IGNORECASE)


def from_families(specification: Path, folder: Path) -> Iterator[Row]:
    """Names and license as a publisher's own page states them.

    Each entry of the specification names a page by repository, commit and path; the page lies in the folder
    as OWNER/NAME/COMMIT/PATH. The words the license rests on are compared with the page: where they do not
    stand there, or the page writes none of the names, the run ends.
    """
    for entry in yaml.load(specification.read_text("utf-8"), Loader=yaml.CSafeLoader)["pages"]:
        where = f"{entry['repository']}@{entry['commit']}:{entry['path']}"
        top = folder / entry["repository"] / entry["commit"]
        page = read_page(top / entry["path"], where)
        stated, said_in = read_page(top / entry.get("says_at", entry["path"]), where), ""
        if other := entry.get("says_in"):
            said_in = f"{other['repository']}@{other['commit']}:{other['path']}"
            stated = read_page(folder / other["repository"] / other["commit"] / other["path"], said_in)
        if " ".join(entry["says"].split()) not in " ".join(stated.split()):
            raise SystemExit(f"{where}: does not say {entry['says']!r}")
        names = names_on(page, entry)
        if not names:
            raise SystemExit(f"{where}: writes no name like {entry['names']}")
        at = f" ({said_in or entry['says_at']})" if said_in or "says_at" in entry else ""
        for name in names:
            yield from rows_of(name, entry, names, f"github:{where}{at}")


def rows_of(name: str, entry: dict[str, Any], names: list[str], source: str) -> Iterator[Row]:
    """The rows of one name: its license, and the bases the page or the name itself gives it."""
    named = next((one for one in entry.get("made_from", ()) if one["name"] == name), None)
    packed = PACKED.fullmatch(name)
    base, relation = (named["base"], named["relation"]) if named else (None, None)
    if named is None and packed and packed.group(1) in names:
        base, relation = packed.group(1), "quantized"
    license_id = entry["license"]
    yield Row(
        name,
        source,
        license_id if isinstance(license_id, str) else None,
        license_name=entry.get("license_name"),
        base=base,
        relation=relation,
        is_publisher=True,
        is_base_stated=named is not None,
        is_root=name in entry.get("roots", ()),
        unsettled=license_id["unknown"] if isinstance(license_id, dict) else None,
    )


def names_on(page: str, entry: dict[str, Any]) -> list[str]:
    """Names a page writes that the entry's pattern takes whole; bare ones get the owner it gives."""
    owner = entry.get("owner")
    bare = [f"{owner}/{word}" for word in BARE.findall(page)] if owner else []
    found = set()
    for word in (*PAIR.findall(page), *bare):
        name = word.strip(".-").removesuffix(".git")
        if re.fullmatch(entry["names"], name):
            now = entry.get("owner_now")
            found.add(f"{now}/{name.partition('/')[2]}" if now else name)
    return sorted(found)


def from_mistral(folder: Path, commit: str) -> Iterator[Row]:
    """Model descriptions of Mistral's documentation: address and license of each set of weights."""
    for path in sorted(folder.glob("*.ts")):
        text = path.read_text("utf-8")
        for block in re.findall(r"\{[^{}]*url:[^{}]*", text):
            page = re.search(r"url: '" + LINK.pattern + "'", block)
            license_id = re.search(r"license: '([^']+)'", block)
            if page and license_id:
                where = f"github:mistralai/platform-docs-public@{commit}:src/schema/models/models/{path.name}"
                yield Row(page.group(1), where, in_words(license_id.group(1)), is_publisher=True)


def from_japanese(path: Path, commit: str) -> Iterator[Row]:
    """The list of Japanese models: every repository linked in the cells before training data.

    Each table has a column `License`; rows whose cell there holds several, or a doubt, are passed over.
    """
    where = f"github:llm-jp/awesome-japanese-llm@{commit}:en/{path.name}"
    column, width = None, 0
    for line in path.read_text("utf-8").splitlines():
        cells = [cell.strip() for cell in line.strip().strip("|").split("|")] if line.startswith("|") else []
        if not cells:
            column = None
        elif any(cell.lower().startswith("license") for cell in cells):
            column = next(at for at, cell in enumerate(cells) if cell.lower().startswith("license"))
            heads = [cell.lower() for cell in cells]
            width = next((at for at, cell in enumerate(heads) if "data" in cell or "developer" in cell), 2)
        elif column is not None and column < len(cells):
            license_id = in_words(re.sub(r"\[\^\d+\]", "", cells[column]))
            links = LINK.findall("|".join(cells[: max(1, width)]))
            for name in dict.fromkeys(links) if license_id else ():
                if name.split("/")[0] not in NO_NAMES:
                    yield Row(name, where, license_id)


def in_words(text: str) -> str | None:
    """The id a card has for a license written in words; the words where it has none; None where unsure."""
    said = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", text).strip().rstrip(".")
    lowered = said.lower()
    if not said or len(said) > 60 or SEVERAL.search(said):
        return None
    if matched := CREATIVE_COMMONS.fullmatch(lowered):
        return f"cc-{matched.group(1).lower()}-{matched.group(2)}"
    return WORDS.get(lowered, lowered if lowered in CARD_IDS else said)


def from_timm(wheel: zipfile.ZipFile, source: str) -> Iterator[Row]:
    """Pretrained configurations with a license: `NAME.TAG: _cfg(hf_hub_id="timm/", license=…)`."""
    for path in sorted(wheel.namelist()):
        if not re.fullmatch(r"timm/models/\w+\.py", path):
            continue
        tree = ast.parse(wheel.read(path))
        defaults = {
            node.name: license_in(node) for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)
        }
        for node in ast.walk(tree):
            if not isinstance(node, ast.Dict):
                continue
            for key, value in zip(node.keys, node.values, strict=True):
                name = literal(key, {}) if key is not None else None
                if not (isinstance(name, str) and "." in name and isinstance(value, ast.Call)):
                    continue
                said = {one.arg: literal(one.value, {}) for one in value.keywords}
                made = value.func.id if isinstance(value.func, ast.Name) else ""
                license_id = said.get("license") or defaults.get(made)
                is_told = isinstance(license_id, str) and license_id not in ("unknown", "other")
                if said.get("hf_hub_id") == "timm/" and is_told:
                    yield Row(f"timm/{name}", f"{source}: {path}", license_id)


def license_in(function: ast.FunctionDef) -> str | None:
    """The license a function puts into every configuration it makes."""
    for node in ast.walk(function):
        if isinstance(node, ast.Dict):
            for key, value in zip(node.keys, node.values, strict=True):
                if key is not None and literal(key, {}) == "license":
                    said = literal(value, {})
                    return said if isinstance(said, str) else None
    return None


def from_gpustack(wheel: zipfile.ZipFile, source: str) -> Iterator[Row]:
    """Model sets with one license, and the repositories of their specifications."""
    path = "gpustack/assets/model-catalog.yaml"
    said: dict[str, str] = {}
    for model in yaml.load(wheel.read(path), Loader=yaml.CSafeLoader)["model_sets"]:
        licenses, specs = model.get("licenses") or [], model.get("specs") or []
        names = [spec.get("huggingface_repo_id") for spec in specs]
        if len(licenses) == 1:
            said |= {name: str(licenses[0]) for name in names if is_name(name)}
    for name, license_id in sorted(said.items()):
        packed = PACKED.fullmatch(name)
        base = packed.group(1) if packed and packed.group(1) in said else None
        yield Row(name, f"{source}: {path}", license_id, base=base, relation="quantized" if base else None)


def from_llamafactory(wheel: zipfile.ZipFile, source: str) -> Iterator[Row]:
    """Model groups: the name on the Hub and, where it differs, the name on ModelScope."""
    path = "llamafactory/extras/constants.py"
    for node in ast.walk(ast.parse(wheel.read(path))):
        if not isinstance(node, ast.Dict):
            continue
        said = {
            key.attr: literal(value, {})
            for key, value in zip(node.keys, node.values, strict=True)
            if isinstance(key, ast.Attribute)
        }
        there, here = said.get("DEFAULT"), said.get("MODELSCOPE")
        if is_name(there) and is_name(here) and there != here:
            yield Row(f"modelscope:{here}", f"{source}: {path}", stands_for=there)


def read_page(path: Path, where: str) -> str:
    """The text of a page.

    Raises:
        SystemExit: it does not lie where the specification says.
    """
    if not path.is_file():
        raise SystemExit(f"{where}: lay it at {path.name} below the folder of pages")
    return path.read_text("utf-8")
