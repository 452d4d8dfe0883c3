"""Which of the addresses of services in a code file a name is asked at."""

from __future__ import annotations

import re

from scanner.discovery.names import is_hub_id
from scanner.discovery.plugin import Context
from scanner.discovery.source import Source
from scanner.discovery.views import Text


def line_of(source: Source, line: int) -> str:
    """A line of a file by its number; empty in a text inside of another."""
    return source.text.split("\n", line)[line - 1] if source.depth == 0 else ""


def _is_said(service: str, line: int, source: Source) -> bool:
    """Whether the line of a name speaks of a service: of OpenAI clients of others do as well."""
    words = service.split("-")[:2]
    return service != "openai" and any(word in line_of(source, line).lower() for word in words)


MOST_LINES = 6
"""Lines between an address and the name that is asked there, where a file holds several."""


def service_addresses(literals: list[tuple[str, Text]], context: Context) -> list[tuple[str, Text]]:
    """The hosted services whose addresses stand in the file, with those addresses."""
    found: list[tuple[str, Text]] = []
    for _, text in literals:
        if text.value.startswith(("https://", "http://")):
            provider = context.provider_of_host(text.value)
            if provider is not None and provider != "local":
                found.append((provider, text))
    return found


def nearest_service(
    addresses: list[tuple[str, Text]], name: Text, source: Source, context: Context
) -> tuple[str, str] | None:
    """The service a name is asked of: the only one; of several the one whose name it is, or the nearest."""
    offering = context.providers_of_model(name.value)
    owners = [one for one in offering if any(one == provider for provider, _ in addresses)]
    near = [each for each in addresses if len(owners) != 1 or each[0] == owners[0]]
    if not owners and (offering or is_hub_id(name.value)):
        # A name of others is not asked of a service that has names of its own.
        near = [each for each in near if not context.has_own_models(each[0])]
        if any(_is_said(one, name.location.line, source) for one in offering):
            return None
    services = {provider for provider, _ in near}
    if len(services) == 1:
        return near[0][0], near[0][1].value

    def distance(each: tuple[str, Text]) -> int:
        return abs(each[1].location.line - name.location.line)

    near = sorted((each for each in near if distance(each) <= MOST_LINES), key=distance)
    if not near or (len(near) > 1 and distance(near[0]) == distance(near[1]) and near[0][0] != near[1][0]):
        return None
    return near[0][0], near[0][1].value


def service_in_row(addresses: list[tuple[str, Text]], text: Text, context: Context) -> tuple[str, str] | None:
    """The service whose address stands in one line with a name of a model it has: a row of a table."""
    row = [each for each in addresses if each[1].location.line == text.location.line]
    if len(row) != 1 or not (len(text.value) <= 100 and "-" in text.value and re.search(r"\d", text.value)):
        return None
    service, address = row[0]
    is_its = service in context.providers_of_model(text.value) or not context.has_own_models(service)
    return (service, address.value) if is_its else None
