"""Settings files of tools that name no models, known by their names."""

from __future__ import annotations

import re

from scanner.patterns import regex

TEMPLATE_ENDINGS = (".tpl", ".tftpl", ".j2", ".jinja", ".jinja2", ".gotmpl", ".tmpl")
"""Endings of templates that become settings, or anything else."""
_MANIFEST = regex(
    r"(?:package|package-lock|npm-shrinkwrap|composer|tsconfig[\w.-]*|jsconfig|angular|nx|lerna|turbo|deno|bun|bower"
    r"|manifest|tslint|\.eslintrc|\.prettierrc|renovate|biome|launch|tasks|extensions|cspell|components|vercel|netlify"
    r"|tokenizer|vocab|added_tokens|special_tokens_map|merges|preprocessor_config|tokenizer_config|\.swcrc|babel\.config"
    r"|firebase|now|app|typedoc|jest\.config|cypress|openapi|swagger|[\w.-]*[.-]lock)\.jsonc?"
)
_LOCK_NAMES = regex(
    r"(?:pnpm-lock|yarn\.lock|package-lock|conda-lock|pubspec\.lock|mkdocs|\.pre-commit-config|\.pre-commit-hooks"
    r"|poetry\.lock|dependabot|codecov|CITATION|_config|\.readthedocs|openapi|swagger)[\w.\-]*",
    re.IGNORECASE,
)


_COMMANDS_IN = {
    "package.json": "scripts",
    "composer.json": "scripts",
    "deno.json": "tasks",
    "deno.jsonc": "tasks",
}


def table_of_manifest(name: str, text: str) -> str:
    """The key under which a manifest of this name holds commands; empty where the text has none."""
    key = _COMMANDS_IN.get(name, "")
    return key if key and f'"{key}"' in text else ""


def is_manifest(name: str) -> bool:
    """Whether a JSON file of this name lists packages, words or switches of a tool."""
    return _MANIFEST.fullmatch(name) is not None


def is_lock(name: str) -> bool:
    """Whether a YAML file of this name pins packages or belongs to a tool."""
    return _LOCK_NAMES.fullmatch(name) is not None
