"""What a rule's own file says of it: sentence, options with defaults, limits."""

from __future__ import annotations

import ast
import inspect
import sys
from functools import cache
from pathlib import Path
from typing import Any

from scanner.policy.match import Entity, Glob, LicenseName
from scanner.policy.options import (
    COMMON_TYPES,
    choices_of,
    defaults,
    describe,
    inner_type,
    option_types,
)
from scanner.policy.policy import Common
from scanner.policy.rule import PolicyFacts, ProjectFacts, Rule
from scanner.records.choices import Enum
from scanner.records.finding import Level
from scanner.records.quick import dataclass


@dataclass(frozen=True, slots=True)
class Option:
    """One option as documentation shows it."""

    name: str
    wants: str
    """What may be written (`one of error, warning, question, note, off`)."""
    default: str
    text: str
    """What the rule's file says of it."""


@dataclass(frozen=True, slots=True)
class Description:
    """One rule as documentation shows it."""

    id: str
    sentence: str
    text: str
    """The rest of the docstring, `""` where there is none."""
    judges: str
    options: tuple[Option, ...]
    needs: tuple[str, ...]
    blind_spots: tuple[str, ...]


LEVEL_TEXT = "How loud its findings are."
"""Of a `level` the rule's file has nothing to say about."""
SUBJECTS = {
    "Place": "each place that names a model, dataset or hosted API",
    "Asset": "each model, dataset or hosted API",
    "Unresolved": "each place whose name is decided elsewhere",
    "HubSwitch": "each setting that sends downloads to another hub",
    "CodeLoad": "each call that opens a file in a way that can run code",
    ProjectFacts.__name__: "the project as a whole",
    PolicyFacts.__name__: "the policy itself",
}


@cache
def describe_rule(rule: Rule) -> Description:
    """Read a rule's file and write down what it says."""
    module = sys.modules[rule.check.__module__]
    tree = ast.parse(Path(inspect.getfile(module)).read_text(encoding="utf-8"))
    first, _, rest = (ast.get_docstring(tree) or "").partition("\n\n")
    texts = _field_texts(tree, rule.options.__name__)
    held = defaults(rule.options)
    options = tuple(
        Option(
            name,
            describe(kind if name != "level" else kind | None),
            written(held[name], kind),
            " ".join(texts.get(name, LEVEL_TEXT if name == "level" else "").split()),
        )
        for name, kind in option_types(rule.options).items()
    )
    return Description(
        rule.id,
        " ".join(first.split()),
        " ".join(rest.split()),
        " and ".join(SUBJECTS[kind.__name__] for kind in rule.subjects),
        options,
        tuple(need.value for need in rule.needs),
        rule.blind_spots,
    )


@cache
def common_options() -> tuple[Option, ...]:
    """What every rule understands besides its own."""
    tree = ast.parse(Path(inspect.getfile(Common)).read_text(encoding="utf-8"))
    texts = _field_texts(tree, Common.__name__)
    words = "kinds of the report, or weights, api, datasets, models"
    return tuple(
        Option(
            name,
            f"a list of {words}" if name == "kinds" else describe(kind),
            "none",
            " ".join(texts.get(name, "").split()),
        )
        for name, kind in COMMON_TYPES.items()
    )


def written(value: Any, kind: Any = None) -> str:
    """A value as a policy would write it; of a level that may be absent, absence is `off`."""
    match value:
        case None:
            return "off" if inner_type(kind) is Level else "none"
        case bool():
            return str(value).lower()
        case Enum():
            return str(value.value)
        case Glob() | Entity() | LicenseName():
            return value.text
        case tuple() | frozenset():
            return "[" + ", ".join(sorted(written(each) for each in value)) + "]"
    return str(value)


def words_of(kind: Any) -> tuple[str, ...]:
    """The words an option may be set to, for the schema."""
    return choices_of(kind)


def _field_texts(tree: ast.Module, class_name: str) -> dict[str, str]:
    """The text under each field of a class of the module."""
    texts: dict[str, str] = {}
    for node in tree.body:
        if not isinstance(node, ast.ClassDef) or node.name != class_name:
            continue
        for field, below in zip(node.body, node.body[1:], strict=False):
            if (
                isinstance(field, ast.AnnAssign)
                and isinstance(field.target, ast.Name)
                and isinstance(below, ast.Expr)
                and isinstance(below.value, ast.Constant)
                and isinstance(below.value.value, str)
            ):
                texts[field.target.id] = below.value.value
    return texts
