"""The JSON Schema of a policy, built from the rules, for editors and for reading."""

from __future__ import annotations

import json
from typing import Any, get_args, get_origin

from scanner.policy.compose import all_rules
from scanner.policy.layer import ABOUT, HOOK_TYPES, TOP_TYPES
from scanner.policy.match import Glob
from scanner.policy.options import COMMON_TYPES, choices_of, inner_type, option_types
from scanner.policy.policy import KIND_GROUPS
from scanner.policy.reference import common_options, describe_rule
from scanner.policy.rule import Rule
from scanner.policy.use import Country, Use
from scanner.records.finding import Level
from scanner.records.sighting import Kind, Scope

IDENTITY = "https://lading.invalid/schema/policy-1.json"

Schema = dict[str, Any]


def policy_schema() -> Schema:
    """Build the schema of `lading.yaml`; what it refuses, lading refuses too, with more words."""
    rules = all_rules()
    ids = [rule.id for rule in rules]
    rule_names: Schema = {"enum": ids}
    one_or_more: Schema = {"anyOf": [rule_names, {"type": "array", "items": rule_names, "minItems": 1}]}
    rule_table: Schema = {"$ref": "#/$defs/rules"}
    top = {name: value(kind) for name, kind in TOP_TYPES.items()}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": IDENTITY,
        "title": "A policy of lading",
        **_closed(
            {
                "version": {"const": 1},
                "about": _closed({name: {"type": ["string", "number"]} for name in ABOUT}),
                **top,
                "never_baselined": {"type": "array", "items": rule_names},
                "use": _closed({name: value(kind) for name, kind in option_types(Use).items()}),
                "rules": rule_table,
                "scopes": {"type": "array", "items": _scope(rule_table)},
                "hook": _closed({name: value(kind) for name, kind in HOOK_TYPES.items()}),
                "exceptions": {"type": "array", "items": _exception(one_or_more)},
                "ignores": {
                    "type": "array",
                    "items": _closed(
                        {"path": value(Glob), "rule": one_or_more, "reason": value(str)},
                        ["path", "rule", "reason"],
                    ),
                },
                "sources": {
                    "type": "array",
                    "items": _closed(
                        {
                            "setting": value(str),
                            "source": value(str),
                            "as_of": value(str),
                            "status": {"enum": ["verified", "unverified"]},
                        },
                        ["setting", "source"],
                    ),
                },
            },
            ["version"],
        ),
        "$defs": {"rules": _closed({rule.id: _rule(rule) for rule in rules})},
    }


def schema_text() -> str:
    """The schema as it stands in docs/schema/policy-1.json."""
    return json.dumps(policy_schema(), indent=2, ensure_ascii=False) + "\n"


def value(kind: Any) -> Schema:
    """The schema of one type Options may have."""
    inner = inner_type(kind)
    if get_origin(inner) is tuple:
        member = get_args(inner)[0]
        items: Schema = value(member)
        if member is Country:
            items = {"type": "string", "pattern": "^[A-Z]{2,3}$"}
        # `...` stands for what the extended policy lists.
        if "enum" in items or "pattern" in items:
            items = {"anyOf": [items, {"const": "..."}]}
        return {"type": "array", "items": items}
    if inner is bool:
        return {"type": "boolean"}
    if inner is int:
        return {"type": "integer", "minimum": 0}
    if inner is float:
        return {"type": "number", "minimum": 0}
    if inner is Country:
        return {"type": "string", "pattern": "^[A-Z]{2}$"}
    if words := choices_of(kind):
        return {"enum": [*words, *KIND_GROUPS] if inner is Kind else list(words)}
    return {"type": "string", "minLength": 1, "maxLength": 500}


def _rule(rule: Rule) -> Schema:
    described = describe_rule(rule)
    texts = {option.name: option for option in (*described.options, *common_options())}
    kinds = {**option_types(rule.options), **COMMON_TYPES, "level": Level | None}
    properties: dict[str, Schema] = {}
    for name, kind in kinds.items():
        option = texts[name]
        properties[name] = {**value(kind), "description": option.text, "default": option.default}
    return {
        "description": described.sentence,
        "anyOf": [value(Level | None), _closed(properties), {"type": "null"}],
    }


def _scope(rule_table: Schema) -> Schema:
    return _closed(
        {
            "paths": value(tuple[Glob, ...]),
            "parts": value(tuple[Scope, ...]),
            "kinds": value(tuple[Kind, ...]),
            "references": value(tuple[Glob, ...]),
            "rules": rule_table,
        },
        [],
    )


def _exception(rules: Schema) -> Schema:
    day: Schema = {"type": "string", "pattern": r"^\d{4}-\d{2}-\d{2}$"}
    return _closed(
        {
            "rule": rules,
            "reference": value(Glob),
            "license": value(str),
            "commit": value(str),
            "paths": value(tuple[Glob, ...]),
            "owner": value(str),
            "reason": value(str),
            "granted": day,
            "expires": day,
            "status": {"enum": ["granted", "requested"]},
            "mute_unused": {"type": "boolean"},
        },
        ["rule", "reference", "owner", "reason", "expires"],
    )


def _closed(properties: dict[str, Schema], required: list[str] | None = None) -> Schema:
    closed: Schema = {"type": "object", "additionalProperties": False, "properties": properties}
    return {**closed, "required": required} if required else closed
