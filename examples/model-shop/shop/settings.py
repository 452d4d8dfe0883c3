"""Which models the assistant may use."""

import os

# Small enough for the office machine; pinned, because answers are compared week by week.
LOCAL_MODEL = "Qwen/Qwen3-8B"
LOCAL_REVISION = "b968826d9c46dd6066d109eabc6255188de91218"

# Tried one after the other when a question needs more thinking.
REASONERS = {
    "fast": "deepseek-ai/DeepSeek-R1-Distill-Llama-8B",
    "quantized": "nvidia/DeepSeek-R1-FP4",
    "neutral": "perplexity-ai/r1-1776",
}

AGENT_MODEL = os.getenv("SHOP_AGENT_MODEL", "moonshotai/Kimi-K2-Instruct")
