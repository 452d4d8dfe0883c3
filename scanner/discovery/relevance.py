"""Whether a text of code can name a model at all; asked before it is parsed."""

from __future__ import annotations

import re

_WORDS = re.compile(
    r"model|pipeline|pretrained|hugging|hf[.:_-]|checkpoint|tokeni[sz]er|embed|dataset|openai|anthropic|claude|gpt"
    r"|gemini|gemma|llama|qwen|mistral|deepseek|whisper|gateway|replicate|cohere|groq|bedrock|vertex|langchain"
    r"|@cf/|onnx|gguf|safetensors|diffusion|(?<![a-z])llm",
    re.IGNORECASE,
)


def may_name_models(text: str) -> bool:
    """Whether any word stands in the text that speaks of models, hubs or their vendors.

    A text without one is not parsed: a name of the Hub in it would have nothing around it that says so.
    """
    return _WORDS.search(text) is not None
