"""Names that had no owner before the Hub gave their repositories one."""

from __future__ import annotations

from scanner.discovery.plugin import Context

ADOPTED_BY = (
    "distilbert",
    "google-bert",
    "openai-community",
    "FacebookAI",
    "google-t5",
    "albert",
    "almanach",
)
"""Owners the Hub gave the repositories to that had none; their old names still lead there."""


def is_adopted(name: str, context: Context) -> bool:
    """Whether the catalog has a repository under one of these owners that is called so."""
    return "-" in name and any(context.is_known_model(f"{owner}/{name}") for owner in ADOPTED_BY)
