"""The knowledge a project works with: what is shipped, and the project's own facts over it."""

from __future__ import annotations

from pathlib import Path

from scanner.errors import PolicyBroken
from scanner.knowledge.store import Knowledge, open_knowledge
from scanner.policy.load import gather


def knowledge_of(project: Path) -> Knowledge:
    """Open the knowledge with the overlays the project's policy names.

    Raises:
        PolicyBroken: the policy cannot be read, so that nobody knows which facts hold.
        KnowledgeBroken: an overlay has mistakes.
    """
    return open_knowledge(overlays_of(project))


def overlays_of(project: Path) -> tuple[Path, ...]:
    """The folders of facts a project's policy names.

    Raises:
        PolicyBroken: the policy cannot be read, so that nobody knows which facts hold.
    """
    gathered = gather(project, ())
    if gathered.mistakes:
        raise PolicyBroken(gathered.mistakes)
    return tuple(project / folder for folder in gathered.overlays)
