"""What detectors may ask about the world, answered by the knowledge."""

from __future__ import annotations

from functools import cache, cached_property, lru_cache, partial

from scanner.discovery.service_names import folded
from scanner.knowledge.index_file import fold
from scanner.knowledge.libraries import CallIndex, CallRecord, read_calls
from scanner.knowledge.store import Knowledge

_ASKED_OFTEN = 20
"""Names of one owner after which all the catalog has of it are read at once."""


class KnownWorld:
    """The knowledge, in the words detectors ask in; each question is answered once."""

    def __init__(self, knowledge: Knowledge) -> None:
        self._knowledge = knowledge
        self._calls: CallIndex = read_calls(knowledge)
        self._is_known = lru_cache(maxsize=65_536)(self._ask_catalog)
        self._hosts = lru_cache(maxsize=65_536)(self._ask_host)
        self._prefixes = lru_cache(maxsize=65_536)(self._ask_prefix)
        self._routes: dict[str, set[str]] | None = None
        self._offered: tuple[str, ...] | None = None
        self._models = lru_cache(maxsize=65_536)(self._ask_model)
        self._asked: dict[str, int] = {}
        self._names_of = cache(partial(knowledge.names_beginning, "catalog"))

    def is_known_model(self, name: str) -> bool:
        """Whether the catalog holds this model, dataset or legacy name (letter case aside)."""
        return self._is_known(name)

    def provider_of_host(self, url: str) -> str | None:
        """Id of the hosted service that answers at this address, None where no record says."""
        return self._hosts(url)

    def provider_of_prefix(self, prefix: str) -> str | None:
        """Id of the hosted service behind a router prefix (`deepseek/`, `bedrock/`)."""
        return self._prefixes(prefix)

    def provider_spelled(self, word: str) -> str | None:
        """Id of the hosted service that libraries and settings call so (`google_genai`, `Vertex AI`)."""
        return self._spelled.get(folded(word))

    def providers_of_model(self, model: str) -> tuple[str, ...]:
        """Ids of the services whose model-name patterns match (`gpt-4o` → `openai`)."""
        return self._models(model)

    def has_own_models(self, provider: str) -> bool:
        """Whether a service's models bear names of its own: it does not serve those of others."""
        from scanner.knowledge import providers

        told = providers.outlines(self._knowledge).get(provider, {})
        return bool(told.get("model_patterns")) and told.get("role") == "first-party"

    def model_paths(self, provider: str) -> tuple[str, ...]:
        """Templates of the paths in which a service's addresses name a model (`*/models/{model}:*`)."""
        from scanner.knowledge import providers

        return providers.model_paths(self._knowledge, provider)

    def provider_of_client(self, library: str, call: str, model: str = "") -> str | None:
        """Id of the service a library's client speaks to when the project gives no address."""
        from scanner.knowledge import providers

        found = providers.client_default(self._knowledge, library, call, model)
        return found.provider if found else None

    def calls_of(self, name: str) -> tuple[CallRecord, ...]:
        """Records of the library calls this dotted name may be, the most specific first."""
        return self._calls.look_up(name)

    @property
    def call_arguments(self) -> frozenset[str]:
        """Keywords of all arguments the records of calls ask for."""
        return self._calls.arguments

    @property
    def call_words(self) -> dict[str, frozenset[str]]:
        """Last names of the recorded calls of each library."""
        return self._calls.words_of_root

    def calls_with(self, names: set[str], packages: set[str]) -> set[str]:
        """Last names of recorded calls a Python file can make with these names and imported packages."""
        return self._calls.made_with(names, packages)

    def patterns_of(self, root: str) -> tuple[tuple[str, ...], ...]:
        """Patterns of the recorded calls under this first name, without it."""
        return self._calls.patterns_of(root)

    @property
    def services(self) -> tuple[str, ...]:
        """Names the providers of hosted models go by before a model's name, in lower case."""
        self._ask_prefix("")
        return tuple(sorted(route.rstrip("/") for route in self._routes or ()))

    @cached_property
    def _spelled(self) -> dict[str, str]:
        from scanner.knowledge.providers import outlines

        spelled: dict[str, set[str]] = {}
        for key, body in outlines(self._knowledge).items():
            routes = (route.rstrip("/") for route in body.get("prefixes") or ())
            for spelling in (*(body.get("spellings") or ()), *routes):
                spelled.setdefault(folded(str(spelling)), set()).add(key)
        return {spelling: next(iter(keys)) for spelling, keys in spelled.items() if len(keys) == 1}

    @cached_property
    def _owners(self) -> frozenset[str] | None:
        return self._knowledge.beginnings("catalog")

    def _ask_catalog(self, name: str) -> bool:
        if self._owners is None:
            return bool(self._knowledge.resolve_alias("catalog", name))
        owner, has_owner, _ = fold(name).partition("/")
        if owner not in self._owners:
            return False
        self._asked[owner] = self._asked.get(owner, 0) + 1
        if has_owner and self._asked[owner] > _ASKED_OFTEN:
            return fold(name) in self._names_of(f"{owner}/")
        return bool(self._knowledge.resolve_alias("catalog", name))

    def _ask_host(self, url: str) -> str | None:
        from scanner.knowledge import providers

        found = providers.by_host(self._knowledge, url)
        return found.id if found else None

    def _ask_prefix(self, prefix: str) -> str | None:
        if self._routes is None:
            from scanner.knowledge.providers import outlines

            routes: dict[str, set[str]] = {}
            for key, body in outlines(self._knowledge).items():
                for route in body.get("prefixes") or ():
                    routes.setdefault(str(route).casefold(), set()).add(key)
            self._routes = routes
        found = self._routes.get(prefix.split("/", 1)[0].casefold() + "/", set())
        return next(iter(found)) if len(found) == 1 else None

    def _ask_model(self, model: str) -> tuple[str, ...]:
        from scanner.knowledge import providers

        if self._offered is None:
            bodies = providers.outlines(self._knowledge).values()
            patterns = [str(pattern) for body in bodies for pattern in body.get("model_patterns") or ()]
            self._offered = tuple({providers.fixed_start(pattern) for pattern in patterns})
        # Most texts are no names of hosted models: how they begin says so before each provider is asked.
        if not model.startswith(self._offered):
            return ()
        return tuple(found.id for found in providers.by_model(self._knowledge, model))
