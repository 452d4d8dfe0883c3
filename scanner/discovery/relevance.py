"""Whether a text of code can name a model at all; asked before it is parsed."""

from __future__ import annotations

_SPOKEN = """
model pipeline pretrained hugging hf. hf: hf_ hf- checkpoint tokeniz tokenis embed dataset openai anthropic
claude gpt gemini gemma llama qwen mistral deepseek whisper gateway replicate cohere groq bedrock vertex
langchain @cf/ onnx gguf safetensors diffusion transformers llm
"""
_WORDS = tuple(_SPOKEN.split())


def may_name_models(text: str) -> bool:
    """Whether any word stands in the text that speaks of models, hubs or their vendors.

    A text without one is not parsed: a name of the Hub in it would have nothing around it that says so.
    """
    # Many plain searches are several times faster than one regular expression of many words.
    lowered = text.lower()
    for word in _WORDS:  # noqa: SIM110  # asked of every file: a generator costs more than the search
        if word in lowered:
            return True
    return False
