"""Asks the Hub, or a mirror of it, about repositories; the client itself is handed in."""

from __future__ import annotations

import threading
from collections.abc import Callable
from functools import partial
from typing import Any
from urllib.parse import quote, urlsplit

from scanner import __version__
from scanner.errors import SourceUnavailable
from scanner.records.fact import Confidence, Evidence
from scanner.records.quick import replace
from scanner.records.sighting import Kind
from scanner.records.unknown import Unknown
from scanner.resolution import pace
from scanner.resolution.card import MAX_FRONT_MATTER_BYTES, front_matter
from scanner.resolution.files import license_texts, read_text
from scanner.resolution.hub_access import endpoint, open_session, read_token
from scanner.resolution.hub_answer import is_answer, is_limited, read_answer, read_files
from scanner.resolution.model_folder import BASE_FILES, bases_of_file
from scanner.resolution.names import HUB_FOLDERS, is_repository_name
from scanner.resolution.reply import Reply, Unreached, expand, origin_of, read_json, why_unreached
from scanner.resolution.scan_reports import with_hub_scan
from scanner.resolution.snapshot import Known
from scanner.resolution.source import Absent, Outcome, Question, Repository

TIMEOUT_SECONDS = 10.0
"""Longest silence of the server: to connect, and between two pieces of an answer."""
DEADLINE_SECONDS = 20.0
"""Longest time for one answer as a whole, however steadily it drips."""
MAX_ANSWER_BYTES = 16_000_000
MAX_TEXT_BYTES = 262_144
MAX_LICENSE_TEXTS = 2
BLOBS = "blobs"
"""Asks for hash and size of every file, in place of fields."""
HEAD_START_SECONDS = 0.05
"""How long other questions wait for the first answer, which tells whether the endpoint knows `expand`.
A mirror nearby answers within it and is asked the wrong way once, not by every thread."""

_DATASET_FIELDS = (
    *("author", "cardData", "createdAt", "disabled", "gated", "lastModified", "private", "sha", "siblings"),
    "tags",
)
_MODEL_FIELDS = (
    *_DATASET_FIELDS,
    "baseModels",
    "config",
    "gguf",
    "library_name",
    "pipeline_tag",
    "safetensors",
)


class HubAsker:
    """The Hub, opened."""

    def __init__(
        self,
        today: str,
        load_client: Callable[[], tuple[Any, type[Exception]]],
        *,
        wants_scans: bool = False,
    ) -> None:
        """`load_client` gives the client and the base of its transport's errors, with the first request."""
        self._load_client = load_client
        self._wants_scans = wants_scans
        self._endpoint = endpoint()
        self._host = urlsplit(self._endpoint).netloc.rpartition("@")[2]
        self._token = read_token(self._endpoint)
        self._token_refused = False
        self._today = today
        self._pace = pace.Pace(self._host)
        self._guard = threading.Lock()
        self._client: Any = None
        self._connections: Any = None
        self._failures: tuple[type[Exception], ...] = ()
        self._knows_expand: bool | None = None
        self._is_probing = False
        self._probed = threading.Event()

    def ask(self, question: Question) -> Outcome | None:
        """Ask for the metadata of one repository, in one request where the endpoint supports `expand`."""
        if not is_repository_name(question.name):
            return self._absent("missing", f"{question.name!r} is no name a repository can have")
        path = _api_path(question)
        fields = _DATASET_FIELDS if question.kind is Kind.HF_DATASET else _MODEL_FIELDS
        self._await_probe()
        try:
            reply = self._get_here(question, path, fields if self._knows_expand is not False else ())
            if self._is_confused_by_expand(reply):
                plain = self._get_here(question, path)
                if plain.status == 200:
                    self._knows_expand = False
                reply = plain
            elif reply.status == 200 and self._knows_expand is None:
                self._knows_expand = True
        finally:
            self._probed.set()
        found = self._read(reply, question)
        return with_hub_scan(found, partial(self._get_here, question)) if self._wants_scans else found

    def list_files(self, question: Question) -> tuple[Known, ...] | Absent:
        """Ask for the hash of every file of a revision.

        Raises:
            SourceUnavailable: no usable answer.
        """
        reply = self._get_here(question, _api_path(question), (BLOBS,))
        if reply.status != 200:
            return self._refusal(reply, question)
        return read_files(read_json(reply, self._host), "the Hub")

    def with_texts(self, repository: Repository) -> Repository:
        """Read the license texts at the top of a repository."""
        if not isinstance(repository.files, tuple) or repository.card.texts:
            return repository
        found = []
        for path in license_texts(file.path for file in repository.files)[:MAX_LICENSE_TEXTS]:
            content = self._read_file(repository, path, MAX_TEXT_BYTES)
            if content is not None:
                found.append(read_text(path, content))
        return replace(repository, card=replace(repository.card, texts=tuple(found)))

    def close(self) -> None:
        """Let no thread ask again; the client's connections are shared by the whole process."""
        self._pace.stop()

    def _await_probe(self) -> None:
        """Let the first question go ahead."""
        self._session()
        with self._guard:
            is_first, self._is_probing = not self._is_probing, True
        if not is_first:
            self._probed.wait(HEAD_START_SECONDS)

    def _is_confused_by_expand(self, reply: Reply) -> bool:
        """Whether an answer may only mean that this endpoint does not know `expand`."""
        if self._knows_expand is not None:
            return False
        return reply.status == 400 or (reply.status == 404 and "x-error-code" not in reply.headers)

    def _read(self, reply: Reply, question: Question) -> Outcome:
        if reply.status != 200:
            return self._refusal(reply, question)
        body = read_json(reply, self._host)
        if not is_answer(body):
            raise SourceUnavailable(f"{self._host} answered for {question.name} with something else")
        repository = read_answer(body, question, self._today, self._host)
        if is_limited(body) or (self._knows_expand is False and "cardData" not in body):
            repository = self._from_readme(repository, body, question)
        return self._with_bases(repository)

    def _get_here(self, question: Question, path: str, fields: tuple[str, ...] = ()) -> Reply:
        """Make one request; what another host, or another port of this one, says was not asked for."""
        reply = self._get(path, fields)
        if reply.host != origin_of(self._endpoint):
            raise SourceUnavailable(f"{self._host} sent the question for {question.name} on to {reply.host}")
        return reply

    def _refusal(self, reply: Reply, question: Question) -> Absent:
        """Tell apart: an answer (missing, private, gated, disabled), and no answer at all."""
        code = reply.headers.get("x-error-code", "")
        message = reply.headers.get("x-error-message", "")
        name = question.name
        if code == "GatedRepo":
            return self._absent("gated", f"{name} is gated, and this run has no access to it")
        if code == "RevisionNotFound":
            return self._absent("missing-revision", f"{name} has no revision {question.revision!r}")
        if message == "Access to this resource is disabled.":
            return self._absent("disabled", f"{name} is disabled on {self._host}")
        if code == "RepoNotFound" or reply.status in (404, 410):
            return self._absent("missing", f"{self._host} has no repository {name}")
        if reply.status == 401:
            shown = "no token was shown" if not self._token else "the token shown does not open it"
            return self._absent("missing-or-private", f"{name} is missing or private ({shown})")
        if reply.status == 403:
            return self._absent("private", f"{name} may not be read with this token")
        raise SourceUnavailable(f"{self._host} answered {reply.status} for {name}")

    def _absent(self, availability: str, reason: str) -> Absent:
        return Absent(availability, reason, f"hub:{self._host}", "hub", self._today)

    def _from_readme(self, repository: Repository, body: dict[str, object], question: Question) -> Repository:
        """Read the card from the README where the endpoint's metadata leaves it out."""
        lacking = [name for name in ("cardData", "tags", "gated", "pipeline_tag") if name not in body]
        said = f"limited mirror: {self._host} does not give {', '.join(lacking)}"
        note = Evidence("limited mirror", said, repository.source, self._today, Confidence.VERIFIED)
        card: dict[str, object] = {}
        if not isinstance(repository.files, tuple) or any(f.path == "README.md" for f in repository.files):
            content = self._read_file(repository, "README.md", MAX_FRONT_MATTER_BYTES)
            card = dict(front_matter((content or b"").decode("utf-8", "replace")))
        filled = read_answer({**body, "cardData": card}, question, self._today, self._host)
        unsaid = Unknown(said)
        stated = card.get("pipeline_tag"), card.get("library_name")
        return replace(
            filled,
            evidence=(*filled.evidence, note),
            modality=stated[0] if isinstance(stated[0], str) else unsaid,
            library=stated[1] if isinstance(stated[1], str) else unsaid,
            gated=filled.gated if "gated" in body else unsaid,
            repository_id=filled.repository_id if "_id" in body else unsaid,
            files=filled.files if isinstance(filled.files, tuple) else unsaid,
        )

    def _with_bases(self, repository: Repository) -> Repository:
        """Read the file of an adapter or a merge that says what its card leaves out."""
        if repository.bases or not isinstance(repository.files, tuple):
            return repository
        listed = {file.path for file in repository.files}
        for name in BASE_FILES:
            if name in listed:
                content = self._read_file(repository, name, MAX_TEXT_BYTES)
                return replace(repository, bases=bases_of_file(name, content, repository.source))
        return repository

    def _read_file(self, repository: Repository, path: str, most_bytes: int) -> bytes | None:
        """Read one small file of a repository through `resolve`, None where it may not be read."""
        folder = "/datasets" if repository.kind is Kind.HF_DATASET else ""
        revision = repository.commit if isinstance(repository.commit, str) else "main"
        where = f"{folder}/{repository.name}/resolve/{quote(revision, safe='')}/{quote(path)}"
        reply = self._get(where, (), most_bytes)
        return reply.body if reply.status == 200 else None

    def _get(self, path: str, fields: tuple[str, ...], cut_bytes: int = 0) -> Reply:
        """Make one request, again where that may help, and heed what the server says of its pace.

        `cut_bytes` cuts a longer answer there; without it, a longer one than MAX_ANSWER_BYTES is refused.

        Raises:
            SourceUnavailable: no usable answer after all attempts, or none in time.
        """
        reason = ""
        for attempt in range(1, pace.ATTEMPTS + 1):
            self._pace.wait_turn()
            try:
                reply = self._request(path, fields, cut_bytes)
            except Unreached as failure:
                reason = failure.reason
            except SourceUnavailable:
                self._pace.failed()
                raise
            else:
                self._pace.heed(reply.status, reply.headers)
                if reply.status not in pace.RETRIED:
                    self._pace.succeeded()
                    return self._without_token(path, fields, cut_bytes) if self._is_refused(reply) else reply
                reason = f"{self._host} answered {reply.status}"
            if attempt < pace.ATTEMPTS:
                self._pace.back_off(attempt)
        self._pace.failed()
        raise SourceUnavailable(f"{reason} ({pace.ATTEMPTS} attempts)")

    def _is_refused(self, reply: Reply) -> bool:
        """Whether the server calls the token itself invalid, which would hide public repositories too."""
        invalid = "Invalid credentials in Authorization header"
        refused = reply.status == 401 and reply.headers.get("x-error-message") == invalid
        return refused and self._token is not None and not self._token_refused

    def _without_token(self, path: str, fields: tuple[str, ...], cut_bytes: int) -> Reply:
        self._token_refused = True
        return self._get(path, fields, cut_bytes)

    def _request(self, path: str, fields: tuple[str, ...], cut_bytes: int) -> Reply:
        session, headers = self._session()
        started, body = pace.clock(), bytearray()
        most = cut_bytes or MAX_ANSWER_BYTES
        try:
            with session.stream(
                "GET",
                self._endpoint + path,
                params=[(field, "true") if field == BLOBS else ("expand", field) for field in fields],
                headers=headers,
                timeout=TIMEOUT_SECONDS,
            ) as answer:
                named = {name.lower(): value for name, value in answer.headers.items()}
                for piece in answer.iter_raw():
                    body += piece
                    if len(body) > most:
                        break
                    if pace.clock() - started > DEADLINE_SECONDS:
                        raise SourceUnavailable(f"{self._host} took longer than {DEADLINE_SECONDS:.0f} s")
                content = expand(bytes(body), named.get("content-encoding", ""), most, self._host)
                if len(content) > most and not cut_bytes:
                    raise SourceUnavailable(f"{self._host} sent more than {most} bytes")
                return Reply(answer.status_code, named, content[:most], origin_of(str(answer.url)))
        except self._failures as failure:
            raise Unreached(f"{self._host} could not be reached ({why_unreached(failure)})") from failure

    def _session(self) -> tuple[Any, dict[str, str]]:
        """The client's own session and headers."""
        with self._guard:
            if self._client is None:
                client, transport = self._load_client()
                self._failures = (transport, OSError)
                # Asked for once, under the guard: in release 1.0 threads that ask together make one each.
                self._connections = open_session(client)
                self._client = client
        token: str | bool = False if self._token_refused else self._token or False
        headers = self._client.build_hf_headers(
            token=token,
            library_name="lading",
            library_version=__version__,
            headers={"accept-encoding": "gzip"},
        )
        return self._connections, headers


def _api_path(question: Question) -> str:
    path = f"/api/{HUB_FOLDERS[question.kind]}/{question.name}"
    return path if question.revision == "none" else f"{path}/revision/{quote(question.revision, safe='')}"
