"""Values that the catalog knows, under keys that do not say what they hold."""

from __future__ import annotations

from scanner.discovery.config_keys import named_keys
from scanner.discovery.names import is_hub_id, is_placeholder, speaks_for_itself
from scanner.discovery.plugin import Context
from scanner.discovery.views import Entry
from scanner.discovery.vocabulary import words

_OF_OTHERS = words(
    "action actions alias aliases answer author authors benchmark benchmarks branch card changelog"
    " citation code compare competitor contributor corpus data dataset datasets dependencies"
    " dependency description dir docs eval evals evaluated example examples file folder fork git"
    " github gitlab href image images instruction keywords label labels leaderboard license link links"
    " maintainer mount org output outputs owner package packages page path paths plugin plugins prefix"
    " prompt question related repo repos repository result results split subset supported tag tags"
    " test tests text title topic topics train trained upstream url urls user uses valid volume"
)
"""Words of keys under which such names tell of something, or name another thing than a model."""
_NAMES = words("name names id ids key display_name")
_TASKS = words(
    "asr stt tts ner ocr vad vlm llm diarization diarizer transcription transcriber translation translator"
    " sentiment summarizer summarization classifier detector captioner caption judge moderation guard"
    " reranker embedder encoder speech voice segmentation detection emotion toxicity qa vision"
)
"""Words of keys that say what a model does."""


def may_be_of_catalog(keys: tuple[str, ...], text: str) -> bool:
    """Whether a value has the shape of a repository, under a key that tells of no other thing."""
    if "/" not in text or not is_hub_id(text) or is_placeholder(text):
        return False
    named = named_keys(keys)
    if not named or named[-1] in _NAMES:
        return False
    return not any(_OF_OTHERS.intersection(key.split("_")) for key in named)


def is_of_catalog(view: Entry, text: str, context: Context) -> bool:
    """Whether a value is a model the catalog has, or speaks for itself under the name of a task."""
    if view.format == "model-card" or view.is_looked_up:
        return False
    return is_of_task(view.keys, text, context)


def is_of_task(keys: tuple[str, ...], text: str, context: Context) -> bool:
    """The same of any keys or flags that lead to a value."""
    if not may_be_of_catalog(keys, text):
        return False
    if context.is_known_model(text):
        return True
    return speaks_for_itself(text) and not _TASKS.isdisjoint(named_keys(keys)[-1].split("_"))
