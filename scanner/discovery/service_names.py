"""How projects call the hosted services they use, where a model's name stands beside."""

from __future__ import annotations

from scanner.discovery.plugin import Context
from scanner.patterns import regex

_SIGNS = str.maketrans("", "", " -_.")
_ARN = regex(
    r"arn:(?:aws[\w-]*|\$\{[^{}\s]{1,80}\}):bedrock:([a-z0-9-]*|\*|\$\{[^{}\s]{1,80}\})"
    r":(?:\d*|\*|\$\{[^{}\s]{1,80}\}):(?:inference-profile|foundation-model)/([a-z0-9][\w.:-]+)"
)
_REGION = regex(r"[a-z]+-[a-z0-9-]+")


def service_called(word: str, context: Context) -> str | None:
    """Id of the service a word stands for, however it is written (`OpenAI`, `Mistral AI`, `x-ai`)."""
    plain = word.strip().lower()
    if not plain or len(plain) > 40:
        return None
    spellings = (plain, plain.replace(" ", "_"), plain.replace("-", "_"), folded(plain))
    for spelling in dict.fromkeys(spellings):
        if found := context.provider_of_prefix(spelling):
            return found
    return context.provider_spelled(plain)


def folded(word: str) -> str:
    """A service's name without what its spellings differ in: case, spaces, hyphens, underscores, dots."""
    return word.lower().translate(_SIGNS)


def read_arn(text: str) -> tuple[str, str | None] | None:
    """Model and region out of how Bedrock spells a model; profiles of one's own do not name one."""
    found = _ARN.fullmatch(text) if text.startswith("arn:") else None
    if found is None:
        return None
    return found[2], found[1] if _REGION.fullmatch(found[1]) else None
