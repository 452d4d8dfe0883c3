from __future__ import annotations

import hashlib
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from scanner.errors import UsageError
from scanner.records.asset import Asset
from scanner.records.sighting import Certainty, Kind
from tests.resolution.conftest import Bench, see
from tests.resolution.sources.test_ollama_disk import manifest_of


@contextmanager
def registry(answers: dict[str, bytes | int], asked: list[str]) -> Iterator[str]:
    """A registry with fixed answers by path: bytes, or the status of a refusal."""

    class Handler(BaseHTTPRequestHandler):
        def log_message(self, format: str, *args: object) -> None:
            pass

        def do_GET(self) -> None:  # the server's own name for it
            asked.append(self.path)
            answer = answers.get(self.path, 404)
            self.send_response(answer if isinstance(answer, int) else 200)
            content = b"" if isinstance(answer, int) else answer
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join(5)


def online(bench: Bench, name: str) -> tuple[Asset, list[str]]:
    resolution = bench.resolve(see(name, Kind.OLLAMA))
    (asset,) = resolution.assets
    return asset, [unanswered.reason for unanswered in resolution.unanswered]


def test_a_tag_nobody_knows_is_asked_of_the_registry_once(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    content, blobs = manifest_of(remote_host="cloud.example")
    answers: dict[str, bytes | int] = {"/v2/someone/model/manifests/7b": content}
    answers |= {f"/v2/someone/model/blobs/sha256:{digest}": blob for digest, blob in blobs.items()}
    asked: list[str] = []
    with registry(answers, asked) as address:
        monkeypatch.setenv("LADING_OLLAMA_REGISTRY", address)
        asset, unanswered = online(bench, "someone/model:7b")
        again, _ = online(bench, "someone/model:7b")
    assert (asset.answered_by, asset.commit, unanswered) == (
        "ollama",
        hashlib.sha256(content).hexdigest(),
        [],
    )
    assert [e.value for e in asset.license.evidence if e.fact == "ollama.remote_host"] == ["cloud.example"]
    assert sorted(asked) == sorted(answers)
    assert again == asset


def test_a_tag_the_registry_lacks_is_missing(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    with registry({}, []) as address:
        monkeypatch.setenv("LADING_OLLAMA_REGISTRY", address)
        asset, unanswered = online(bench, "someone/model:7b")
    assert (asset.availability, unanswered) == ("missing", [])


def test_another_registry_that_a_file_names_is_never_asked(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    with registry({}, asked) as address:
        monkeypatch.setenv("LADING_OLLAMA_REGISTRY", address)
        online(bench, "evil.example/someone/model:7b")
    assert asked == []


def test_a_guess_is_told_to_no_registry(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    with registry({}, asked) as address:
        monkeypatch.setenv("LADING_OLLAMA_REGISTRY", address)
        guess = replace(see("someone/model:7b", Kind.OLLAMA), certainty=Certainty.GUESSED)
        bench.resolve(guess)
    assert asked == []


@pytest.mark.parametrize(
    ("answer", "reason", "requests"),
    [
        (500, "HOST answered 500", 3),
        (429, "HOST answered 429", 3),
        (418, "HOST answered 418", 1),
        (b"<html>", "HOST answered for someone/model:7b with something else", 1),
    ],
)
def test_no_usable_answer_is_said(
    bench: Bench, monkeypatch: pytest.MonkeyPatch, answer: bytes | int, reason: str, requests: int
) -> None:
    asked: list[str] = []
    with registry({"/v2/someone/model/manifests/7b": answer}, asked) as address:
        monkeypatch.setenv("LADING_OLLAMA_REGISTRY", address)
        _, unanswered = online(bench, "someone/model:7b")
        assert unanswered == [reason.replace("HOST", address.removeprefix("http://"))]
    assert len(asked) == requests


@pytest.mark.parametrize(
    ("name", "path", "is_asked"),
    [
        ("qwen2.5:3b", "library/qwen2.5", False),
        ("deepseek-r1:8b", "library/deepseek-r1", True),
        ("mistral", "library/mistral", True),
        ("gemma3:12b", "library/gemma3", False),
    ],
)
def test_the_registry_is_asked_where_the_catalog_does_not_know_what_a_tag_carries(
    bench: Bench, monkeypatch: pytest.MonkeyPatch, name: str, path: str, is_asked: bool
) -> None:
    content, blobs = manifest_of(model_type="8B")
    tag = name.partition(":")[2] or "latest"
    answers: dict[str, bytes | int] = {f"/v2/{path}/manifests/{tag}": content}
    answers |= {f"/v2/{path}/blobs/sha256:{digest}": blob for digest, blob in blobs.items()}
    asked: list[str] = []
    with registry(answers, asked) as address:
        monkeypatch.setenv("LADING_OLLAMA_REGISTRY", address)
        asset, _ = online(bench, name)
    assert (asset.answered_by, bool(asked)) == (("ollama", True) if is_asked else ("catalog", False))


def test_a_registry_that_is_no_address_is_wrong_use(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LADING_OLLAMA_REGISTRY", "http://[")
    with pytest.raises(UsageError, match="is no address\n  write https://HOST, or unset it"):
        online(bench, "someone/model:7b")
