"""Catalogs of figures: prices and limits of very many models, looked up by name."""

from __future__ import annotations

from collections.abc import Sequence

from scanner.discovery.config_keys import snake
from scanner.discovery.tree_nodes import Node, Table
from scanner.patterns import regex

FEWEST = 100
"""Models from which on a table of figures tells of models, whichever the project uses."""
_FIGURE = regex(
    r"(?:context|content)_?(?:window|length|size)|max_(?:output|input|context|completion)(?:_tokens|_length)?"
    r"|(?:input|output|prompt|completion)_(?:cost|price)\w*|cost\w*|prices?|pricing|max_tokens|token_limit"
)


def lists_figures(members: Sequence[Node]) -> bool:
    """Whether more than half of very many members give prices or limits of one model each."""
    if len(members) < FEWEST:
        return False
    told = sum(isinstance(member, Table) and _tells_figures(member) for member in members)
    return told > len(members) / 2


def _tells_figures(table: Table) -> bool:
    return any(_FIGURE.fullmatch(snake(key.value)) for key, _ in table.entries[:60])
