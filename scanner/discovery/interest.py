"""Whether a text is worth reading at all: one cheap search before any parser."""

from __future__ import annotations

from scanner.patterns import presence

_INTEREST = presence(
    r"model|MODEL|Model|llm|LLM|[Ee]mbed|EMBED|hugg|HUGG|hf[_.:/-]|HF_|\bhf |\blms "
    r"|repo_id|name_or_path|[Ee]ncoder|ENCODER|[Bb]ackbone|_hub_url|[Dd]ataset|DATASET|ollama|OLLAMA"
    r"|[Tt]okenizer|TOKENIZER|[Cc]heckpoint|CHECKPOINT|[Ll]ora\b|lora_|LORA|adapter|pretrained|rerank|RERANK|DEPLOYMENT"
    r"|safetensors|gguf|GGUF|unet|vae\b|vocoder|controlnet|en_core_|vllm|VLLM|sglang|storageUri|spacy"
    r"|googleapis\.com/|api\.nvidia\.com/|openrouter|openai|anthropic|bedrock|/[A-Za-z]\w*-\w|claude|gpt-|gemini|mistral|deepseek|groq"
)


def may_name_models(text: str) -> bool:
    """Whether any word in a text speaks of models."""
    return _INTEREST(text)
