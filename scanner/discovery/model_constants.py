"""Constants that stand for a model: `openai::GPT_4O`, `anthropic.ModelClaude3Opus`."""

from __future__ import annotations

from collections.abc import Iterator

from scanner.discovery.plugin import Context
from scanner.discovery.service_names import service_called
from scanner.patterns import regex

_MEMBER = regex(
    r"[:.](?=[A-Z][A-Za-z_]{1,60}\d)([A-Z][A-Za-z0-9]{0,60}(?:_[A-Za-z0-9]{1,40}){0,9})\b(?![({!]|::|\.\w)"
)
_PATH = regex(r"(?<![\w.:])(?:[a-z]\w{1,40}(?:::|\.)){1,4}\Z")
_LONGEST_PATH = 90
_PREFIX = regex(r"^(?:Chat|Embedding|Image|Audio|Speech|Video|Realtime|Moderation)?Model_?(?=[A-Z])")
_PIECES = regex(r"\d+o(?=[A-Z_\d]|$)|\d+|[A-Z]+(?=[A-Z][a-z])|[A-Z]?[a-z]+|[A-Z]+")
_O_SERIES = regex(r"^o-(\d)(?=-|$)")
_OMNI = regex(r"^gpt-4-o(?=-|$)")
_VERSION = regex(r"^((?:gpt|gemini|llama)-\d+)-(\d)(?=-|$)")
_THOUSANDS = regex(r"(\d)-k(?=-|$)")
_BETWEEN = regex(r"::|\.")


def constants_of_modules(text: str) -> Iterator[tuple[str, int, int]]:
    """Find members of modules with a digit in their names: the module's path, and where the member stands."""
    for found in _MEMBER.finditer(text):
        start = found.start(1)
        path = _PATH.search(text[max(0, start - _LONGEST_PATH) : start])
        if path is not None:
            yield path[0], start, found.end()


def model_of(constant: str) -> str:
    """The name a constant stands for: `GPT_4_O_MINI` and `ChatModelGPT4oMini` are gpt-4o-mini."""
    name = _PREFIX.sub("", constant)
    if name.isupper():
        name = name.lower().replace("_", "-")
    else:
        name = "-".join(_PIECES.findall(name)).lower().replace("-dot-", ".")
    name = _OMNI.sub("gpt-4o", _O_SERIES.sub(r"o\1", name))
    return _VERSION.sub(r"\1.\2", _THOUSANDS.sub(r"\1k", name))


def service_of(path: str, constant: str, context: Context) -> str | None:
    """The service whose client a constant is of, where the service has a model of that name."""
    providers = context.providers_of_model(model_of(constant))
    if not providers:
        return None
    services = (service_called(segment, context) for segment in _BETWEEN.split(path) if len(segment) > 2)
    return next((service for service in services if service in providers), None)
