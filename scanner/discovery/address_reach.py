"""Which of the addresses beside a name it is asked at: settings are not all of one service.

`OPENAI_BASE_URL` is where `OPENAI_MODEL` and `LLM_MODEL` are asked; what embeds, ranks or transcribes beside
it mostly runs elsewhere, and `HF_MODEL` is of the Hub.
"""

from __future__ import annotations

from scanner.discovery.classify import hub_of_provider, is_ollama_address, is_open_weights
from scanner.discovery.config_keys import snake
from scanner.discovery.names import is_hub_id
from scanner.discovery.plugin import Context
from scanner.discovery.service_names import service_called
from scanner.discovery.setting_neighbours import TELLING_KEYS, is_api_address
from scanner.discovery.views import Assignment
from scanner.discovery.vocabulary import words
from scanner.patterns import regex

_ADDRESS = regex(r"(?:.*_)?(?:base_url|api_base|api_url|api_endpoint|base_uri|endpoint)")
_NEVER = words("provider vendor backend engine service type platform client region location")

_OF_ADDRESS = words("address api base endpoint host http https inference path root server uri url v1")
_NO_OWNER = words("ai chat completion completions default gpt llm llms main model models openai primary text")
"""Words of addresses and names that do not say whose they are; `openai` is also the word for the protocol."""
_EMBEDS = words("embed embedder embedding embeddings emb")
_OTHER_KINDS = words(
    "asr audio clip diffusion image ocr rank ranker rerank reranker reranking sd speech stt transcribe"
    " transcriber transcription tts vision voice whisper"
)
_FIRST_PARTIES = frozenset({"openai", "anthropic", "google-gemini"})
"""Services that offer models of their own alone, whose names say so."""


def is_address(key: str, value: str) -> bool:
    """Whether a setting is where models are asked."""
    name = snake(key)
    if "://" not in value or name in _NEVER:
        return False
    return name in TELLING_KEYS or _ADDRESS.fullmatch(name) is not None or is_api_address(name, value)


def reaching(view: Assignment, name: str, context: Context) -> tuple[tuple[str, str], ...]:
    """What stands beside a name, of the addresses only the one it is asked at."""
    addresses = [pair for pair in view.siblings if is_address(*pair)]
    if not addresses:
        return view.siblings
    asked = _words(view.target)
    if _EMBEDS & _words((view.owner or "").replace(".", "_")):
        asked -= _EMBEDS  # a class of embedders: the address is theirs
    own = [pair for pair in addresses if _words(pair[0]) & asked - _NO_OWNER]
    kept = own or [pair for pair in addresses if _reaches(pair, asked, name, context)]
    if len({url for _, url in kept}) > 1:
        offering = context.providers_of_model(name)
        fitting = [pair for pair in kept if context.provider_of_host(pair[1]) in offering]
        kept = fitting or (kept if view.how == "key" else [])
    others = tuple(pair for pair in view.siblings if pair not in addresses)
    return (("base_url", kept[0][1]), *others) if kept else others


def _words(key: str) -> frozenset[str]:
    return frozenset(snake(key).split("_")) - _OF_ADDRESS


def _reaches(address: tuple[str, str], asked: frozenset[str], name: str, context: Context) -> bool:
    """Whether a name that bears none of an address's own words is asked there all the same."""
    key, url = address
    owner = _words(key) - _NO_OWNER
    provider = context.provider_of_host(url)
    if owner & (_EMBEDS | _OTHER_KINDS) or _is_anothers(asked, url, provider, context):
        return False
    offering = () if is_open_weights(name) else context.providers_of_model(name)
    if is_ollama_address(url):
        is_tag = not offering and not is_hub_id(name) and name == name.lower()
        return is_tag and asked.isdisjoint(_OTHER_KINDS)
    if asked & _OTHER_KINDS:
        return provider in offering
    if asked & _EMBEDS:
        return provider in offering if offering else not is_hub_id(name) and provider not in _FIRST_PARTIES
    if not owner or provider in offering:
        return True
    # `DEEPSEEK_BASE_URL` is no address of `gpt-4o`, and `CALLBACK_BASE_URL` of no model.
    return not offering and any(_is_service(word, provider, context) for word in owner)


def _is_service(word: str, provider: str | None, context: Context) -> bool:
    """Whether a word of an address is that of the service there, or of a server of one's own."""
    if provider in (None, "local"):
        return bool(hub_of_provider(word) or service_called(word, context))
    return service_called(word, context) == provider


def _is_anothers(asked: frozenset[str], url: str, provider: str | None, context: Context) -> bool:
    """Whether a name's own words are those of another service, or of what one runs oneself."""
    for word in asked - _NO_OWNER:
        if hub := hub_of_provider(word):
            if not (hub == "ollama" and is_ollama_address(url)):
                return True
        elif len(word) > 3 and service_called(word, context) not in (None, provider, "local"):
            return True
    return False
