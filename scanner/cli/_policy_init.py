"""Writes the first policy of a project, with its reasons."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from typing import Any

import click

from scanner.errors import UsageError
from scanner.records.quick import dataclass

DEFAULT_PACK = "baseline"


@dataclass(frozen=True, slots=True)
class Answers:
    """What was said by options or at the prompt; None is not said."""

    packs: tuple[str, ...]
    country: str | None
    territories: tuple[str, ...]
    is_commercial: bool | None
    distribution: tuple[str, ...]
    users: int | None
    revenue: int | None
    fields: tuple[str, ...]


def ask(said: Mapping[str, Any]) -> Answers:
    """Take the options; on a terminal without any, ask.

    Raises:
        UsageError: a pack does not exist.
    """
    from scanner.policy.mistakes import nearest
    from scanner.policy.sources import pack_names

    if not any(value for value in said.values()) and sys.stdin.isatty():
        return _prompt(pack_names())
    for pack in said["packs"]:
        if pack not in pack_names():
            near = nearest(pack, pack_names())
            advice = f"\n  did you mean {near!r}?" if near else ""
            raise UsageError(f"no pack is called {pack!r}\n  packs are {', '.join(pack_names())}{advice}")
    return Answers(
        said["packs"] or (DEFAULT_PACK,), said["country"], said["territories"], said["commercial"],
        said["distribution"], said["users"], said["revenue"], said["fields"],
    )  # fmt: skip


def policy_text(answers: Answers, *, with_schema: bool) -> str:
    """The file: what was said, and every other fact as a comment to fill in."""
    lines = ["# yaml-language-server: $schema=./lading-policy.schema.json"] if with_schema else []
    lines += [
        "# Which AI models this project may depend on. Every key: lading explain RULE; what is in force:",
        "# lading policy show.",
        "version: 1",
        f"extends: [{', '.join(answers.packs)}]",
        "",
        '# What the organization does with the models. What is not said here is unknown, not "no": a license',
        "# whose terms depend on it gives a question that names the line to write.",
        "use:",
        *_use(answers),
        "",
        "# Uncomment what the pack does not say the way you want it.",
        "# rules:",
        '#   license-not-allowed: {allow: ["category:permissive", Apache-2.0], level: error}',
        "#   revision-not-pinned: error",
        "",
        "# Let one model pass for a while: lading policy exception add NAME --owner … --reason …",
        "exceptions: []",
    ]
    return "\n".join(lines) + "\n"


def _use(answers: Answers) -> list[str]:
    rows: list[tuple[str, str | None, str]] = [
        ("organization_country", answers.country, "XX"),
        ("territories", _listed(answers.territories), "[XX]      # where it is used, offered or shipped"),
        ("commercial", _boolean(answers.is_commercial), "true"),
        (
            "distribution",
            _listed(answers.distribution),
            "[internal]      # hosted-service, embedded, redistributed-weights",
        ),
        ("monthly_active_users", _number(answers.users), "0"),
        ("annual_revenue_usd", _number(answers.revenue), "0"),
        ("fields", _listed(answers.fields), "[retail]      # military, medical, research, …"),
        ("trains_on_outputs", None, "false"),
    ]
    lines = [f"  {name}: {value}" if value else f"  # {name}: {example}" for name, value, example in rows]
    # A mapping of comments alone would be nothing at all.
    return lines if any(value for _, value, _ in rows) else ["  {}", *lines]


def _prompt(packs: tuple[str, ...]) -> Answers:
    def say(question: str) -> str:
        return str(click.prompt(question, default="", show_default=False)).strip()

    click.echo("What is left empty stays unknown and gives questions instead of answers.")
    pack = click.prompt("Pack to begin with", type=click.Choice(packs), default=DEFAULT_PACK)
    country = say("Country of the organization (two letters)").upper()
    places = say("Where it is used (two letters each, spaces between)").upper()
    commercial = say("Commercial use (yes/no)").lower()
    ways = say("How it reaches others (internal hosted-service embedded redistributed-weights)")
    users = say("Monthly active users")
    revenue = say("Annual revenue in US dollars")
    fields = say("Fields of use (retail medical research …)")
    return Answers(
        (pack,),
        country or None,
        tuple(places.split()),
        {"yes": True, "no": False}.get(commercial),
        tuple(ways.split()),
        int(users) if users.isdigit() else None,
        int(revenue) if revenue.isdigit() else None,
        tuple(fields.split()),
    )


def _listed(values: tuple[str, ...]) -> str | None:
    return f"[{', '.join(values)}]" if values else None


def _boolean(value: bool | None) -> str | None:
    return None if value is None else str(value).lower()


def _number(value: int | None) -> str | None:
    return None if value is None else str(value)
