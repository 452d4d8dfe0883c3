"""A deployment of Azure named in an address: `…/openai/deployments/gpt-4o/chat/completions`."""

from __future__ import annotations

from collections.abc import Iterator

from scanner.discovery.names import is_placeholder
from scanner.discovery.plugin import Context, Detector
from scanner.discovery.source import Source
from scanner.discovery.views import Deployment, View
from scanner.records.sighting import Kind, Role, Scope, Sighting, Unresolved

ID = "azure-deployment"
_PROVIDER = "azure-openai"


def detect(view: View, source: Source, context: Context) -> Iterator[Sighting | Unresolved]:
    """Report the deployment under its own name; which model stands behind it, Azure alone knows."""
    if not isinstance(view, Deployment) or is_placeholder(view.name.value):
        return
    name, at = view.name.value, view.name.location
    if not context.providers_of_model(name):
        reason = "deployment name: the model behind it is not stated"
        yield Unresolved(Kind.API_MODEL, name, at.file, at.line, at.column, reason)
        return
    yield Sighting(
        Kind.API_MODEL,
        f"{_PROVIDER}:{name}",
        "none",
        Role.MENTION if source.scope is Scope.TEST else Role.DEPENDENCY,
        source.scope,
        view.name.certainty,
        ID,
        at,
        provider=_PROVIDER,
    )


DETECTOR = Detector(
    ID,
    (Deployment,),
    detect,
    ("A deployment whose name is put together at run time is not seen.",),
)
