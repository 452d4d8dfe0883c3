"""Asks a registry of Ollama for manifests and the small blobs they name."""

from __future__ import annotations

from urllib.parse import urlsplit

from scanner import __version__
from scanner.errors import SourceUnavailable
from scanner.resolution import ollama_tag, pace
from scanner.resolution.reply import why_unreached
from scanner.resolution.source import Absent, Outcome, Question, Repository

TIMEOUT_SECONDS = 10.0
DEADLINE_SECONDS = 20.0
PIECE_BYTES = 65_536


class RegistryAsker:
    """The registry, opened."""

    def __init__(self, address: str, today: str, guesses: frozenset[Question]) -> None:
        self._guesses = guesses
        self._address = address
        self._host = urlsplit(self._address).netloc.rpartition("@")[2]
        self._today = today
        self._pace = pace.Pace(self._host)

    def ask(self, question: Question) -> Outcome | None:
        """Read the manifest of a tag and the small blobs it names."""
        tag = ollama_tag.read_tag(question.name)
        if tag is None or tag.host != ollama_tag.DEFAULT_HOST or question in self._guesses:
            return None
        top = f"/v2/{tag.path}"
        content = self._get(f"{top}/manifests/{tag.tag}", ollama_tag.MAX_MANIFEST_BYTES)
        if content is None:
            reason = f"{self._host} has no tag {tag.path}:{tag.tag}"
            return Absent("missing", reason, f"ollama:{self._host}", "ollama", self._today)
        manifest = ollama_tag.read_manifest(content)
        if manifest is None:
            raise SourceUnavailable(f"{self._host} answered for {question.name} with something else")
        digests = ollama_tag.license_digests(manifest)
        config = self._blob(top, ollama_tag.config_digest(manifest))
        licenses = tuple(text for digest in digests if (text := self._blob(top, digest)))
        said_by = (f"ollama:{tag.path}:{tag.tag}", "ollama", self._today)
        return ollama_tag.describe(question, content, config or b"", licenses, said_by)

    def with_texts(self, repository: Repository) -> Repository:
        """Texts were read with the manifest."""
        return repository

    def close(self) -> None:
        """Let no thread ask again."""
        self._pace.stop()

    def _blob(self, top: str, digest: str | None) -> bytes | None:
        if digest is None:
            return None
        return self._get(f"{top}/blobs/sha256:{digest}", ollama_tag.MAX_BLOB_BYTES)

    def _get(self, path: str, most_bytes: int) -> bytes | None:
        """Read one answer, None for what is not there; again where that may help.

        Raises:
            SourceUnavailable: no usable answer after all attempts.
        """
        from http.client import HTTPException
        from urllib.error import HTTPError

        reason = ""
        for attempt in range(1, pace.ATTEMPTS + 1):
            self._pace.wait_turn()
            try:
                content = self._request(path, most_bytes)
            except HTTPError as error:
                error.close()
                self._pace.heed(error.code, {name.lower(): text for name, text in error.headers.items()})
                if error.code in (401, 403, 404, 410):
                    self._pace.succeeded()
                    return None
                reason = f"{self._host} answered {error.code}"
                if error.code not in pace.RETRIED:
                    break
            except (OSError, HTTPException) as error:
                reason = f"{self._host} could not be reached ({why_unreached(error)})"
            else:
                self._pace.succeeded()
                return content
            if attempt < pace.ATTEMPTS:
                self._pace.back_off(attempt)
        self._pace.failed()
        raise SourceUnavailable(reason)

    def _request(self, path: str, most_bytes: int) -> bytes:
        from http.client import HTTPException
        from urllib.request import Request, urlopen

        # The scheme is http or https (see `registry`), never a file.
        request = Request(  # noqa: S310
            self._address + path,
            headers={
                "User-Agent": f"lading/{__version__}",
                "Accept": "application/vnd.docker.distribution.manifest.v2+json, */*",
            },
        )
        started, body = pace.clock(), bytearray()
        with urlopen(request, timeout=TIMEOUT_SECONDS) as answer:  # noqa: S310
            while piece := answer.read1(PIECE_BYTES):
                body += piece
                if len(body) > most_bytes:
                    raise SourceUnavailable(f"{self._host} sent more than {most_bytes} bytes")
                if pace.clock() - started > DEADLINE_SECONDS:
                    raise SourceUnavailable(f"{self._host} took longer than {DEADLINE_SECONDS:.0f} s")
            stated = answer.headers.get("content-length", "")
        if stated.isdigit() and int(stated) != len(body):
            raise HTTPException("the answer is shorter than it says")
        return bytes(body)
