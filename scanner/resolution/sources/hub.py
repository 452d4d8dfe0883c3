"""The Hugging Face Hub, or a mirror of it, asked through its own client."""

from __future__ import annotations

from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import SplitResult, urlsplit

from scanner.errors import SourceUnavailable, UsageError
from scanner.records.sighting import Kind
from scanner.records.unknown import Unknown
from scanner.resolution.hub_access import endpoint, read_token
from scanner.resolution.names import HUB_FOLDERS
from scanner.resolution.source import Absent, Place, Question, Reach, Source, Surroundings
from scanner.settings import Settings

if TYPE_CHECKING:
    from scanner.resolution.hub_asker import HubAsker
    from scanner.resolution.snapshot import Known


def _quiet() -> None:
    """Turn the client's extras off, whether this run is the first to import it or a plugin did before.

    Else it asks the public Hub, whatever the endpoint, which tools it may run under and tells the endpoint
    (src utils/_detect_agent.py and utils/_headers.py of huggingface_hub 2.4.0).
    """
    from huggingface_hub import constants

    constants.HF_HUB_DISABLE_TELEMETRY = True


def load_client() -> tuple[Any, type[Exception]]:
    """Import the client with its extras off; with it goes the base of its transport's errors."""
    _quiet()
    from huggingface_hub import errors, utils

    # Which library the errors are of depends on the release.
    transport: type[Exception] = errors.HTTPError  # type: ignore[attr-defined]
    return utils, transport


def _address() -> SplitResult:
    """The endpoint in its parts.

    Raises:
        UsageError: it is no address.
    """
    try:
        address = urlsplit(endpoint())
        is_address = address.scheme in ("http", "https") and bool(address.hostname)
    except ValueError:
        is_address = False
    if not is_address:
        raise UsageError(f"HF_ENDPOINT={endpoint()!r} is no address\n  write https://HOST, or unset it")
    return address


def download(question: Question, cache: Path, leave_out: tuple[str, ...] = ()) -> tuple[Known, ...] | Absent:
    """Bring one commit into a cache through the client, and hand on what the Hub says its files are.

    Raises:
        SourceUnavailable: it could not be reached, or broke off.
        UsageError: `HF_ENDPOINT` is no address.
    """
    host = _address().netloc.rpartition("@")[2]
    _quiet()
    from huggingface_hub import HfApi, errors
    from huggingface_hub.utils import disable_progress_bars  # type: ignore[attr-defined]

    from scanner.resolution.snapshot import MAX_FILES, Known

    disable_progress_bars()
    api = HfApi(endpoint=endpoint(), token=read_token(endpoint()) or False, library_name="lading")
    kind = "dataset" if question.kind is Kind.HF_DATASET else "model"
    what: dict[str, Any] = {"repo_id": question.name, "repo_type": kind, "revision": question.revision}
    gone = (errors.RepositoryNotFoundError, errors.RevisionNotFoundError, errors.DisabledRepoError)
    try:
        entries = islice(api.list_repo_tree(**what, recursive=True), MAX_FILES + 1)
        listed: list[Any] = [entry for entry in entries if hasattr(entry, "blob_id")]
        if len(listed) <= MAX_FILES:
            api.snapshot_download(**what, cache_dir=cache, ignore_patterns=list(leave_out) or None)
    except gone as error:
        said = type(error).__name__.removesuffix("Error")
        reason = f"{host} does not give commit {question.revision[:12]} of {question.name} ({said})"
        return Absent("missing", reason, f"hub:{host}", "hub", Unknown("not looked up"))
    except Exception as error:  # the client reads hostile answers: whatever it raises is none
        raise SourceUnavailable(f"{host} gave no whole answer ({type(error).__name__})") from error
    if len(listed) > MAX_FILES:
        raise SourceUnavailable(f"{question.name} has more than {MAX_FILES} files")
    hashes = {each.path: each.lfs.sha256 if each.lfs else each.blob_id for each in listed}
    return tuple(Known(each.path, hashes[each.path], each.size, "the Hub") for each in listed)


def open_hub(settings: Settings) -> HubAsker:
    """Open the Hub this run asks.

    Raises:
        UsageError: `HF_ENDPOINT` is no address.
    """
    # Offline nothing is asked: what asking takes is not imported.
    from scanner.resolution.hub_asker import HubAsker

    _address()
    return HubAsker(settings.today.isoformat(), load_client, wants_scans=settings.wants_scans)


def _open(surroundings: Surroundings) -> HubAsker:
    return open_hub(surroundings.settings)


def _place() -> Place:
    address = _address()
    # Whoever writes credentials into the endpoint does not find them in a cache.
    shown = f"{address.scheme}://{address.netloc.rpartition('@')[2]}{address.path}"
    return Place("hub", shown, read_token(endpoint()) is None)


SOURCE = Source(
    id="hub",
    order=60,
    reach=Reach.NETWORK,
    kinds=frozenset(HUB_FOLDERS),
    open=_open,
    place=_place,
)
