"""Names under which bills of material know things: purls, addresses, stable ids."""

from __future__ import annotations

import re
import uuid
from collections import defaultdict

from scanner.patterns import regex
from scanner.records.asset import Asset, Reference
from scanner.records.report import Report
from scanner.records.sighting import Kind, Role
from scanner.records.unknown import Unknown
from scanner.reporting.escaping import visible

HUB = "https://huggingface.co"

_HUB_NAME = regex(r"[A-Za-z0-9][\w.-]*(/[A-Za-z0-9][\w.-]*)?", re.ASCII)
_COMMIT = regex(r"[0-9a-f]{40}")
_ADDRESS = regex(r"https?://[A-Za-z0-9][A-Za-z0-9.-]*(:\d{1,5})?(/[A-Za-z0-9._~%/-]*)?")
_HOST = regex(r"[A-Za-z0-9][A-Za-z0-9.-]*(:\d{1,5})?")


def purl(kind: Kind, name: str, commit: str | Unknown) -> str | None:
    """Make the package URL of a model on the Hub; None for what has no purl type of its own.

    The version of a `huggingface` purl is a commit; a tag or branch never stands there, because purls
    of this type are compared in lower case. Datasets have no type.
    """
    if kind is not Kind.HF_MODEL or not _HUB_NAME.fullmatch(name):
        return None
    from packageurl import PackageURL

    owner, _, model = name.rpartition("/")
    version = commit if isinstance(commit, str) and _COMMIT.fullmatch(commit) else None
    return PackageURL(type="huggingface", namespace=owner or None, name=model, version=version).to_string()


def hub_address(kind: Kind, name: str) -> str | None:
    """Make the address of a repository on the Hub; None for things that are not there."""
    if not _HUB_NAME.fullmatch(name):
        return None
    if kind is Kind.HF_MODEL:
        return f"{HUB}/{name}"
    return f"{HUB}/datasets/{name}" if kind is Kind.HF_DATASET else None


def endpoints_of(asset: Asset, references: list[Reference]) -> list[str]:
    """List the addresses a hosted API is reached at, as the project or the provider's record gives them."""
    written = {
        each.sighting.base_url
        for each in references
        if isinstance(each.sighting.base_url, str) and _ADDRESS.fullmatch(each.sighting.base_url)
    }
    if asset.endpoint and isinstance(asset.endpoint.host, str) and _HOST.fullmatch(asset.endpoint.host):
        own = f"https://{asset.endpoint.host}"
        if not any(address.startswith(own) for address in written):
            written.add(own)
    return sorted(written)


def references_by_asset(report: Report) -> dict[str, list[Reference]]:
    """Group the places by the asset they name."""
    grouped: dict[str, list[Reference]] = defaultdict(list)
    for reference in report.references:
        grouped[reference.asset].append(reference)
    return grouped


def is_dependency(references: list[Reference]) -> bool:
    """Say whether any place would load or call the asset."""
    return any(each.sighting.role is Role.DEPENDENCY for each in references)


def report_uuid(report: Report) -> str:
    """Make a UUID of what a bill of materials shows: another bill, another UUID."""
    import hashlib

    digest = hashlib.sha256()
    shown: tuple[object, ...] = (report.tool, report.project, report.date, report.policy, report.knowledge)
    for part in (*shown, *report.assets, *report.references, *report.unresolved, report.summary):
        digest.update(repr(part).encode("utf-8", "backslashreplace"))
    return stable_uuid(digest.hexdigest())


def stable_uuid(text: str) -> str:
    """Make a UUID from a text: the same text, the same UUID."""
    return str(uuid.uuid5(uuid.NAMESPACE_URL, visible(text)))


def midnight(day: str) -> str:
    """Write a day as the moment a bill of material asks for."""
    return f"{day}T00:00:00Z"
