"""Names made up to be taken for others: ten of each kind, each with the name it resembles.

Written before the rule, and none of them is known to exist. The change stands in the account or in the
model's name under an account nobody knows; under the account of the original nobody else can publish.
"""

from __future__ import annotations

ONE_LETTER = (
    ("mistralaj/Mistral-7B-Instruct-v0.3", "mistralai/Mistral-7B-Instruct-v0.3"),
    ("meta-llame/Llama-3.1-8B-Instruct", "meta-llama/Llama-3.1-8B-Instruct"),
    ("sentence-transformerz/all-MiniLM-L6-v2", "sentence-transformers/all-MiniLM-L6-v2"),
    ("deepseek-au/DeepSeek-R1", "deepseek-ai/DeepSeek-R1"),
    ("qwens/Qwen2.5-7B-Instruct", "Qwen/Qwen2.5-7B-Instruct"),
    ("baaai/bge-m3", "BAAI/bge-m3"),
    ("microsaft/phi-2", "microsoft/phi-2"),
    ("openaix/whisper-large-v3", "openai/whisper-large-v3"),
    ("googles/flan-t5-base", "google/flan-t5-base"),
    ("intfloatt/e5-base-v2", "intfloat/e5-base-v2"),
)
"""One letter exchanged or added."""

HOMOGLYPHS = (
    ("mistr\u0430lai/Mistral-7B-Instruct-v0.3", "mistralai/Mistral-7B-Instruct-v0.3"),
    ("m\u0435ta-llama/Llama-3.1-8B-Instruct", "meta-llama/Llama-3.1-8B-Instruct"),
    ("d\u0435epseek-ai/DeepSeek-R1", "deepseek-ai/DeepSeek-R1"),
    ("Qw\u0435n/Qwen2.5-7B-Instruct", "Qwen/Qwen2.5-7B-Instruct"),
    ("micros\u043eft/phi-2", "microsoft/phi-2"),
    ("\u03bfpenai/whisper-large-v3", "openai/whisper-large-v3"),
    ("g\u043e\u043egle/flan-t5-base", "google/flan-t5-base"),
    ("int\ufb02oat/e5-base-v2", "intfloat/e5-base-v2"),
    ("rneta-llama/Llama-3.1-8B-Instruct", "meta-llama/Llama-3.1-8B-Instruct"),
    ("acme-mirror-of-things/whisp\u0435r-large-v3", "openai/whisper-large-v3"),
)
"""A letter of another alphabet, or letters that run together."""

HYPHENS = (
    ("meta_llama/Llama-3.1-8B-Instruct", "meta-llama/Llama-3.1-8B-Instruct"),
    ("sentence_transformers/all-MiniLM-L6-v2", "sentence-transformers/all-MiniLM-L6-v2"),
    ("deepseek_ai/DeepSeek-R1", "deepseek-ai/DeepSeek-R1"),
    ("metallama/Llama-3.1-8B-Instruct", "meta-llama/Llama-3.1-8B-Instruct"),
    ("mistral-ai/Mistral-7B-Instruct-v0.3", "mistralai/Mistral-7B-Instruct-v0.3"),
    ("deepseekai/DeepSeek-R1", "deepseek-ai/DeepSeek-R1"),
    ("sentencetransformers/all-MiniLM-L6-v2", "sentence-transformers/all-MiniLM-L6-v2"),
    ("open-ai/whisper-large-v3", "openai/whisper-large-v3"),
    ("google_bert/bert-base-uncased", "google-bert/bert-base-uncased"),
    ("ba-ai/bge-m3", "BAAI/bge-m3"),
)
"""A hyphen for an underscore, one left out, one put in."""

DIGITS = (
    ("mistra1ai/Mistral-7B-Instruct-v0.3", "mistralai/Mistral-7B-Instruct-v0.3"),
    ("meta-1lama/Llama-3.1-8B-Instruct", "meta-llama/Llama-3.1-8B-Instruct"),
    ("meta-IIama/Llama-3.1-8B-Instruct", "meta-llama/Llama-3.1-8B-Instruct"),
    ("g00gle/flan-t5-base", "google/flan-t5-base"),
    ("0penai/whisper-large-v3", "openai/whisper-large-v3"),
    ("micr0soft/phi-2", "microsoft/phi-2"),
    ("deepseek-a1/DeepSeek-R1", "deepseek-ai/DeepSeek-R1"),
    ("intf1oat/e5-base-v2", "intfloat/e5-base-v2"),
    ("goog1e-bert/bert-base-uncased", "google-bert/bert-base-uncased"),
    ("BAA1/bge-m3", "BAAI/bge-m3"),
)
"""l, I and 1; O and 0."""

DROPPED = (
    ("mistrlai/Mistral-7B-Instruct-v0.3", "mistralai/Mistral-7B-Instruct-v0.3"),
    ("meta-lama/Llama-3.1-8B-Instruct", "meta-llama/Llama-3.1-8B-Instruct"),
    ("sentence-transfomers/all-MiniLM-L6-v2", "sentence-transformers/all-MiniLM-L6-v2"),
    ("depseek-ai/DeepSeek-R1", "deepseek-ai/DeepSeek-R1"),
    ("Qwn/Qwen2.5-7B-Instruct", "Qwen/Qwen2.5-7B-Instruct"),
    ("BAI/bge-m3", "BAAI/bge-m3"),
    ("microsft/phi-2", "microsoft/phi-2"),
    ("opnai/whisper-large-v3", "openai/whisper-large-v3"),
    ("goole/flan-t5-base", "google/flan-t5-base"),
    ("intfloa/e5-base-v2", "intfloat/e5-base-v2"),
)
"""A letter left out."""

ALL = (*ONE_LETTER, *HOMOGLYPHS, *HYPHENS, *DIGITS, *DROPPED)
