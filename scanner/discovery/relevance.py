"""Whether a text of code can name a model at all; asked before it is parsed."""

from __future__ import annotations

from scanner.discovery.vocabulary import any_of

_SPOKEN = """
model pipeline pretrained hugging hf. hf: hf_ hf- checkpoint tokeniz tokenis embed dataset openai anthropic
claude gpt gemini gemma llama qwen mistral deepseek whisper gateway replicate cohere groq bedrock vertex
langchain ai-sdk openrouter fal-ai repo_id repoid hfrepo @cf/ /api/pull onnx gguf safetensors diffusion
transformers llm
"""
_WORDS = tuple(_SPOKEN.split())


def may_name_models(text: str) -> bool:
    """Whether any word stands in the text that speaks of models, hubs or their vendors.

    A text without one is not parsed: a name of the Hub in it would have nothing around it that says so.
    """
    return any_of(_WORDS, text.lower())
