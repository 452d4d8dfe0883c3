"""How projects call the hosted services they use, where a model's name stands beside."""

from __future__ import annotations

from scanner.discovery.plugin import Context
from scanner.patterns import regex

SPELLED_BY_LIBRARIES = {
    "google": "google-gemini",
    "google_genai": "google-gemini",
    "google-gla": "google-gemini",
    "google_vertexai": "google-vertex",
    "vertex": "google-vertex",
    "vertexai": "google-vertex",
    "google_vertex": "google-vertex",
    "google_gemini": "google-gemini",
    "azure_openai": "azure-openai",
    "mistralai": "mistral",
    "fireworks": "fireworks",
    "together": "together",
    "siliconflow": "siliconflow",
    "stepfun": "stepfun",
    "upstage": "upstage",
    "jina": "jina",
    "zhipuai": "zhipu",
    "voyageai": "voyage",
    "moonshotai": "moonshot",
    "nvidia": "nvidia-nim",
}
"""Names libraries give to services and no router does (Pydantic AI, LangChain, the AI SDK, Spring AI)."""
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
    spellings = (plain, plain.replace(" ", "_"), plain.replace("-", "_"), plain.translate(_SIGNS))
    for spelling in dict.fromkeys(spellings):
        if found := context.provider_of_prefix(spelling) or SPELLED_BY_LIBRARIES.get(spelling):
            return found
    return None


def read_arn(text: str) -> tuple[str, str | None] | None:
    """Model and region out of how Bedrock spells a model; profiles of one's own do not name one."""
    found = _ARN.fullmatch(text) if text.startswith("arn:") else None
    if found is None:
        return None
    return found[2], found[1] if _REGION.fullmatch(found[1]) else None
