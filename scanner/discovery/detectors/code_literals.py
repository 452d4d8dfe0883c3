"""String literals of languages without a reader of their own; every name is a guess."""

from __future__ import annotations

import re
from collections.abc import Iterator

from scanner.discovery.classify import is_ollama_address, is_open_weights, looks_like_ollama
from scanner.discovery.code_addresses import line_of, nearest_service, service_addresses, service_in_row
from scanner.discovery.code_names import ENUMERATED, LISTED, is_output
from scanner.discovery.model_constants import model_of, service_of
from scanner.discovery.names import (
    decode,
    is_hub_id,
    is_local_path,
    is_ollama_tag,
    is_placeholder,
    speaks_for_itself,
)
from scanner.discovery.plugin import Context, Detector
from scanner.discovery.service_names import read_arn, service_called
from scanner.discovery.source import Source
from scanner.discovery.views import Assignment, Bundle, Text, View
from scanner.discovery.vocabulary import words
from scanner.discovery.written_for import CLIENT_MADE, holds_model, makes_client, speaks_of_models
from scanner.patterns import regex
from scanner.records.quick import replace
from scanner.records.sighting import Certainty, Kind, Role, Scope, Sighting

ID = "code-literals"
_IS_MODEL = regex(r"(?<![wW]ith)(?<![sS]et)[mM]odel(?:_?[nN]ame|_?I[dD]|_id)?$|^[A-Z_]*(?:MODEL|LLM)[A-Z_]*$")
_NAMES_IT = regex(r"(?:^|[._])\w*?models?_?(?:id|name|repo)?$|checkpoint$", re.IGNORECASE)
MAX_TEST_MODULES = 20
"""Modules of tests of one Rust file that are told from the program."""
_TEST_MODULE = regex(
    r"(?m)^([ \t]{0,40})#\[cfg\((?:test|all\(test\b[^\]\n]{0,200})\)\][ \t]*\n"
    r"(?:[ \t]{0,40}#\[[^\n]{0,200}\n){0,9}[ \t]{0,40}(?:pub(?:\([a-z]{1,9}\))? )?mod \w{1,80} ?\{"
)
_IMPORT_OF_OLLAMA = regex(r"(?mi)^\s*(?:import|using|use|from|require)\b[^\n]{0,120}ollama")
_CLIENT_OF_OLLAMA = regex(r"\bOllama\w{0,30}(?:Client|Model|Generator|Service)\b")
_AZURE = regex(r"\bAzureOpenA[iI]\w{0,40}|\bAzure\.AI\.OpenAI\b")
_OPENAI = regex(r"\bnew OpenAIClient\(|\bAddOpenAI[A-Z]|\bOpenAi[A-Z]\w{0,40}\.builder\b")


def detect(view: View, source: Source, context: Context) -> Iterator[Sighting]:
    """Take literals that are names of the catalog, and those given to something that speaks of a model.

    A name of a hosted model counts where it is given to a model: its provider is the only one whose
    address stands in the file, else the only one with a model of this name.
    """
    if not isinstance(view, Assignment) or source.language != "code":
        return
    literals = [
        (name.value, text)
        for bundle in view.value
        if isinstance(bundle, Bundle)
        for name, value in bundle.entries
        if name is not None
        for text in value
        if isinstance(text, Text)
    ]
    addresses = service_addresses(literals, context)
    is_about_it = "/ollama/" in source.file and _IMPORT_OF_OLLAMA.search(source.text) is not None
    speaks_of_ollama = (
        is_about_it
        or _CLIENT_OF_OLLAMA.search(source.text) is not None
        or any(
            "ollama" in f"{text.value} {name}".lower() or is_ollama_address(text.value)
            for name, text in literals
        )
    )
    imports_ollama = speaks_of_ollama or _IMPORT_OF_OLLAMA.search(source.text) is not None
    tests = _test_modules(source) if literals else []
    in_test = replace(source, scope=Scope.TEST)
    for name, text in literals:
        of = in_test if any(first <= text.location.line <= last for first, last in tests) else source
        if name.endswith(ENUMERATED):
            yield from _of_enumeration(name, text, of, context)
            continue
        address = nearest_service(addresses, text, of, context)
        speaks = speaks_of_ollama or (imports_ollama and looks_like_ollama(text.value))
        yield from _name(name, text, of, context, address, addresses, speaks_of_ollama=speaks)


def _test_modules(source: Source) -> list[tuple[int, int]]:
    """First and last line of the modules of a Rust file that are compiled for its tests alone.

    The brace that closes one stands as far in as the module does.
    """
    if not source.file.endswith(".rs") or source.depth:
        return []
    found: list[tuple[int, int]] = []
    at = 0
    while (start := _TEST_MODULE.search(source.text, at)) and len(found) < MAX_TEST_MODULES:
        at = source.text.find(f"\n{start[1]}}}", start.end())
        at = len(source.text) if at < 0 else at + 1
        found.append((source.text.count("\n", 0, start.start()) + 1, source.text.count("\n", 0, at) + 1))
    return found


def _of_enumeration(name: str, text: Text, source: Source, context: Context) -> Iterator[Sighting]:
    if source.scope is Scope.TEST:
        return
    model = model_of(text.value)
    if name.endswith(f"::{ENUMERATED}"):
        service = service_of(name.removesuffix(ENUMERATED), text.value, context)
        providers: tuple[str, ...] = (service,) if service else ()
    else:
        providers = context.providers_of_model(model)
    if len(providers) == 1:
        yield _sighting(Kind.API_MODEL, f"{providers[0]}:{model}", text, source, "none", (providers[0], ""))


def _name(
    name: str,
    text: Text,
    source: Source,
    context: Context,
    address: tuple[str, str] | None,
    addresses: list[tuple[str, Text]],
    *,
    speaks_of_ollama: bool,
) -> Iterator[Sighting]:
    written = text.value.strip()
    if not written or is_placeholder(written) or is_local_path(written):
        return
    if written.startswith(("http://", "https://")):
        return  # an address is the business of links
    if (arn := read_arn(written)) is not None:
        yield _sighting(
            Kind.API_MODEL, f"aws-bedrock:{arn[0]}", text, source, "none", ("aws-bedrock", ""), arn[1]
        )
        return
    found = decode(written)
    if found is not None:
        yield _sighting(found.kind, found.name, text, source, found.revision)
        return
    if written.startswith("ai/") and is_ollama_tag(written) and speaks_of_models(name):
        if source.scope is not Scope.TEST:
            yield _sighting(Kind.OTHER, written, text, source)  # Docker's own model runner
        return
    rowed = service_in_row(addresses, text, context)
    if rowed is not None and not is_hub_id(written) and source.scope is not Scope.TEST:
        yield _sighting(Kind.API_MODEL, f"{rowed[0]}:{written}", text, source, "none", rowed)
        return
    if is_hub_id(written):
        if address is not None and address[0] != "huggingface" and _names_it(name):
            if source.scope is not Scope.TEST:
                yield _sighting(Kind.API_MODEL, f"{address[0]}:{written}", text, source, "none", address)
            return
        is_told = _is_told(name, written) or _is_linked(written, source)
        if context.is_known_model(written) or (is_told and source.scope is not Scope.TEST):
            yield _sighting(Kind.HF_MODEL, written, text, source)
        return
    if source.scope is Scope.TEST:
        return
    line = text.location.line
    if _is_asked_of_ollama(name, written, text, source, speaks_of_ollama=speaks_of_ollama):
        yield _sighting(Kind.OLLAMA, written, text, source)
        return
    if context.is_known_model(written) and _made_by(source, line, context) == "huggingface":
        yield _sighting(Kind.HF_MODEL, written, text, source)
        return
    providers = context.providers_of_model(written)
    if not _names_it(name) and not (providers and _is_constant(name, written)):
        return
    if address is not None and address[0] == "huggingface" and context.is_known_model(written):
        yield _sighting(Kind.HF_MODEL, written, text, source)
        return
    if address is not None and (providers or re.search(r"\d", written)) and _is_word(written):
        yield _sighting(Kind.API_MODEL, f"{address[0]}:{written}", text, source, "none", address)
    elif len(providers) == 1 and not is_open_weights(written):
        asked = _asked_service(providers[0], source.text)
        yield _sighting(Kind.API_MODEL, f"{asked}:{written}", text, source, "none", (asked, ""))
    elif speaks_of_ollama and is_ollama_tag(written) and _may_be_tag(name, written, line, source, address):
        yield _sighting(Kind.OLLAMA, written, text, source)
    elif not providers and (made := _made_by(source, line, context)) and _is_word(written):
        yield _sighting(Kind.API_MODEL, f"{made}:{written}", text, source, "none", (made, ""))


_OF_PAGES = regex(r"(?:[vV]iew|[dD]ata|[dD]omain|[pP]age)_?[mM]odel|[mM]odel_?[aA]nd_?[vV]iew")
_LOOKS_IT = regex(r"[^/]*/(?=[^/]*[A-Z0-9\-_.])")


def _is_told(name: str, written: str) -> bool:
    """Whether an `owner/name` the catalog does not know is given to a model, and looks like one."""
    if not (speaks_of_models(name) or name == LISTED) or _OF_PAGES.search(name) is not None:
        return False
    if speaks_for_itself(written):
        return True
    return _LOOKS_IT.match(written) is not None and written.partition("/")[0].lower() not in _NO_OWNERS


_NO_OWNERS = words(
    "api v1 v2 v3 rest user users admin account accounts auth shop order orders page pages view views"
)
"""What paths on servers begin with, and no owner is called."""
_SHOWS = regex(
    r"print|format|log|write|error|assert|contains|prefix|suffix|equal|expect|describe|test", re.IGNORECASE
)
"""Words of calls that show or compare what they are given."""


def _is_asked_of_ollama(
    name: str, written: str, text: Text, source: Source, *, speaks_of_ollama: bool
) -> bool:
    """Whether a name makes a client of Ollama, or is a tag with its size that a call is given."""
    if not is_ollama_tag(written):
        return False
    if makes_client(name) and "ollama" in name.lower():
        return written not in _OTHER_WORDS
    line = line_of(source, text.location.line)[: text.location.column - 1]
    if not (speaks_of_ollama or "ollama" in line.lower()) or not looks_like_ollama(written):
        return False
    called = _CALLED.search(line)
    return called is not None and _SHOWS.search(called[1]) is None


_CALLED = regex(r"([A-Za-z_]\w{0,60})[!]?\(\s*$")


def _is_linked(name: str, source: Source) -> bool:
    """Whether the same text gives the address of this very repository on the Hub."""
    address = f"huggingface.co/{name}"
    at = source.text.find(address)
    return at >= 0 and _GOES_ON.match(source.text, at + len(address)) is None


_GOES_ON = regex(r"[\w\-]|\.\w")


def _names_it(name: str) -> bool:
    return name == LISTED or _NAMES_IT.search(name) is not None or makes_client(name) or _is_key(name)


def _is_key(name: str) -> bool:
    """Whether a name is a key or variable of the environment under which a model is set."""
    return holds_model(name) and (name.isupper() or name.lower().endswith(("deployment", "deploymentname")))


_OTHER_WORDS = words(
    "auto text image vision audio user assistant system fast smart small medium large tiny best ollama openai"
    " anthropic gemini google cohere embed embeddings tool tools json gguf whisper remote cloud llm generic"
)
"""Words a variable of a model holds that are no tags."""


_ADDRESS = regex(r"https?://[^\s\"'`]{1,200}")
_MODULE = regex(r"[A-Za-z_]+(?:\.[A-Za-z_]+)+")


def _may_be_tag(name: str, written: str, line: int, source: Source, address: tuple[str, str] | None) -> bool:
    """Whether a name is a tag: by its digits, or because it is given to a model or a client of Ollama."""
    if _MODULE.fullmatch(written) or name == LISTED:
        return looks_like_ollama(written)
    if not looks_like_ollama(written) and _is_asked_elsewhere(source, line):
        return False
    if re.search(r"\d", written):
        return True
    if "ollama" in name.lower() or "ollama" in line_of(source, line).lower():
        return True
    if "-" in written and _CLIENT_OF_OLLAMA.search(source.text) is not None:
        return True
    if address is not None or written in _OTHER_WORDS or _NAMES_IT.search(written.replace("-", "_")):
        return False  # also no flag or key of that name: `model := flag("chat-model")`
    return _IS_MODEL.search(name) is not None


def _is_asked_elsewhere(source: Source, line: int) -> bool:
    """Whether the nearest lines give an address, and it is not Ollama's."""
    lines = source.text.split("\n", line)[max(0, line - 3) : line] if source.depth == 0 else ()
    addresses = [found[0] for found in map(_ADDRESS.search, reversed(lines)) if found is not None]
    return bool(addresses) and not is_ollama_address(addresses[0]) and "//ollama.com/" not in addresses[0]


def _made_by(source: Source, line: int, context: Context) -> str | None:
    """The service whose client is made on a line: `groq.New().WithModel("…")`."""
    made = CLIENT_MADE.search(line_of(source, line))
    service = service_called(made[1], context) if made is not None else None
    return service if service != "local" else None


def _is_constant(name: str, written: str) -> bool:
    """Whether a constant stands for a model: `ModelTernPro = "tern-2-pro"`."""
    is_one = _CONSTANT.search(name) is not None and re.search(r"\d", written) is not None
    return is_one and not is_output(name)


_CONSTANT = regex(r"(?:^|\.)(?:Model(?=[A-Z])|MODEL_)\w{1,60}$")


def _asked_service(maker: str, text: str) -> str:
    """The service a file asks for models of a maker: Azure's and Vertex have clients of their own."""
    if maker == "openai" and _is_on_azure(text):
        return "azure-openai"
    if maker == "google-gemini" and _VERTEX.search(text) is not None and _GEMINI.search(text) is None:
        return "google-vertex"
    return maker


_VERTEX = regex(r"^[^/#\n]{0,40}(?:google\.com/go/|google\.cloud\.|Google\.Cloud\.)[vV]ertex", re.MULTILINE)
_GEMINI = regex(r"generativelanguage|generative-ai|google\.golang\.org/genai|com\.google\.genai")


def _is_on_azure(text: str) -> bool:
    """Whether a file makes clients of Azure's service and none of OpenAI's own."""
    return _AZURE.search(text) is not None and _OPENAI.search(text) is None


def _is_word(text: str) -> bool:
    return len(text) <= 100 and not any(sign.isspace() for sign in text)


def _sighting(
    kind: Kind,
    name: str,
    text: Text,
    source: Source,
    revision: str = "none",
    service: tuple[str, str] | None = None,
    region: str | None = None,
) -> Sighting:
    return Sighting(
        kind,
        name,
        revision,
        Role.MENTION if source.scope is Scope.TEST else Role.DEPENDENCY,
        source.scope,
        Certainty.GUESSED,
        ID,
        text.location,
        provider=service[0] if service else None,
        base_url=(service[1] or None) if service else None,
        region=region,
    )


DETECTOR = Detector(
    ID,
    (Assignment,),
    detect,
    (
        "Constants of other files, texts put together and variables that are set again are not followed.",
        "Members of enumerations (`OpenAiChatModelName.GPT_4_O`) and constants of a service's client"
        " (`openai::GPT_4O`) count where the service has such a name.",
        "Of a list of more than 200 models in one file, the names behind the first 200 are not seen as its.",
        "A hosted model whose name several services use is reported only beside the address of one.",
    ),
    languages=("code",),
)
