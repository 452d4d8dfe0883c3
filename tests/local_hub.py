"""A small Hub over real HTTP for tests: three shapes, latency, faults by name, every request counted."""

from __future__ import annotations

import gzip
import hashlib
import json
import ssl
import subprocess
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

RECORDED = Path(__file__).parent / "recorded" / "hub"
_ALWAYS = ("_id", "id", "modelId")
_PLAIN = (
    "author",
    "private",
    "disabled",
    "gated",
    "sha",
    "lastModified",
    "createdAt",
    "pipeline_tag",
    "tags",
)
_MORE = ("library_name", "downloads", "likes", "cardData", "config", "siblings", "safetensors", "gguf")
DEFAULT_FIELDS = frozenset({*_ALWAYS, *_PLAIN, *_MORE, "usedStorage"})
"""What the Hub answers without `expand`; baseModels is not among it."""
EXPANDABLE = DEFAULT_FIELDS - {"_id", "id", "modelId"} | {"baseModels", "childrenModelCount"}
FOUR_ROUTES = frozenset({"id", "_id", "sha", "siblings", "private"})
"""What a package manager's mirror answers."""
TOKEN = "hf_localhubtesttokenlocalhubtesttoken"


@dataclass
class LocalRepository:
    """One repository of the local Hub."""

    body: dict[str, Any]
    files: dict[str, bytes] = field(default_factory=dict)
    folder: str = "models"
    is_private: bool = False
    revisions: dict[str, str] = field(default_factory=dict)
    scan: dict[str, Any] | None = None
    """What the Hub's scanners say: `securityRepoStatus`."""
    past: dict[str, dict[str, bytes]] = field(default_factory=dict)
    """Files by commit, of commits the repository had before."""

    def at(self, revision: str) -> tuple[str, dict[str, bytes]] | None:
        """Commit and files of a revision; None where there is no such commit."""
        if revision in self.past:
            return revision, self.past[revision]
        is_commit = len(revision) == 40 and revision != self.body["sha"]
        return None if is_commit and revision not in self.revisions else (self.body["sha"], self.files)


@dataclass
class LocalHub:
    """The server's state; change it between requests as the test needs."""

    shape: str = "full"
    """full, no-expand (400 to expand, or 404), or four-routes."""
    latency_seconds: float = 0.0
    expand_refusal: int = 400
    repositories: dict[str, LocalRepository] = field(default_factory=dict)
    moved: dict[str, str] = field(default_factory=dict)
    """Old name to new name: answered by a redirect."""
    faults: dict[str, list[str]] = field(default_factory=dict)
    """Name to faults; each request takes the next one, the last stays; "" is none."""
    requests: list[tuple[str, str]] = field(default_factory=list)
    tokens: list[tuple[str, str]] = field(default_factory=list)
    """(path, authorization) of every request that showed a token."""
    rate: tuple[int, int] | None = None
    """(requests left, seconds to the reset): sent with every answer, counted down."""
    address: str = ""
    compresses: bool = False
    elsewhere: str = ""
    """Where the fault `elsewhere` redirects to."""
    guard: threading.Lock = field(default_factory=threading.Lock)

    def add(self, name: str, license_: object = None, bases: object = (), **more: Any) -> LocalRepository:
        """Add a model in the Hub's own shape; `more` overrides fields of the answer."""
        card: dict[str, Any] = dict(more.pop("card", {}))
        if license_ is not None:
            card["license"] = license_
        names = [bases] if isinstance(bases, str) else list(bases)  # type: ignore[call-overload]
        if names:
            card["base_model"] = names if len(names) > 1 else names[0]
        relation = more.pop("relation", "merge" if len(names) > 1 else "finetune")
        files = {path: text.encode() for path, text in more.pop("files", {}).items()}
        folder, private = more.pop("folder", "models"), more.pop("is_private", False)
        files.setdefault("README.md", f"---\n{json.dumps(card)}\n---\n# {name}\n".encode())
        body: dict[str, Any] = {
            "_id": f"{len(self.repositories) + 1:024x}",
            "id": name,
            "sha": f"{len(self.repositories) + 1:040x}",
            "private": private,
            "disabled": False,
            "gated": False,
            "pipeline_tag": "text-generation",
            "library_name": "transformers",
            "tags": [f"license:{license_}"] if isinstance(license_, str) else [],
            "createdAt": "2025-01-02T03:04:05.000Z",
            "siblings": [{"rfilename": path} for path in (*files, "model.safetensors")],
            "cardData": card,
        }
        if names:
            body["baseModels"] = {
                "relation": relation,
                "models": [{"_id": "0", "id": each} for each in names],
            }
        body.update(more)
        for absent in [key for key, value in body.items() if value is ...]:
            del body[absent]
        repository = LocalRepository(body, files, folder, private)
        self.repositories[name] = repository
        return repository

    def add_recorded(self, file: str) -> LocalRepository:
        """Add a repository from a recorded answer."""
        body = json.loads((RECORDED / file).read_text("utf-8"))
        repository = LocalRepository(body.get("body", body))
        repository.folder = "datasets" if file.startswith("dataset__") else "models"
        self.repositories[repository.body["id"]] = repository
        return repository

    def count(self, *, path: str = "") -> int:
        """Number of requests so far whose path holds this text."""
        return sum(path in asked for _, asked in self.requests)

    def counted(self) -> Counter[str]:
        """Requests by path, queries aside."""
        return Counter(urlsplit(asked).path for _, asked in self.requests)


class Server(ThreadingHTTPServer):
    """Takes many connections at once; with the default of 5 the kernel lets some wait for a second."""

    daemon_threads = True
    request_queue_size = 256


@contextmanager
def serve(hub: LocalHub, certificate: tuple[Path, Path] | None = None) -> Iterator[LocalHub]:
    """Run the Hub on a free port of this machine until the block ends."""
    server = Server(("127.0.0.1", 0), _handler(hub))
    scheme = "http"
    if certificate is not None:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(*certificate)
        server.socket = context.wrap_socket(server.socket, server_side=True)
        scheme = "https"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    host = "localhost" if certificate else "127.0.0.1"
    hub.address = f"{scheme}://{host}:{server.server_port}"
    try:
        yield hub
    finally:
        server.shutdown()
        server.server_close()
        thread.join(5)


def make_certificate(folder: Path) -> tuple[Path, Path]:
    """Make a self-signed certificate for localhost (needs the `openssl` program)."""
    certificate, key = folder / "certificate.pem", folder / "key.pem"
    subprocess.run(
        [
            *("openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "3650"),
            *("-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1"),
            *("-keyout", str(key), "-out", str(certificate)),
        ],
        check=True,
        capture_output=True,
    )
    return certificate, key


def tree_entry(path: str, content: bytes) -> dict[str, Any]:
    """A file as the Hub lists it: by the hash git keeps it under, weights by their own."""
    oid = hashlib.sha1(b"blob %d\0" % len(content) + content).hexdigest()
    entry = {"type": "file", "path": path, "size": len(content), "oid": oid}
    if path.endswith((".safetensors", ".bin", ".gguf", ".pkl")):
        entry["lfs"] = {"oid": hashlib.sha256(content).hexdigest(), "size": len(content), "pointerSize": 130}
    return entry


def sibling(path: str, content: bytes) -> dict[str, Any]:
    """The same file in the answer for the repository, where hashes are asked for."""
    entry = tree_entry(path, content)
    made: dict[str, Any] = {"rfilename": path, "size": len(content), "blobId": entry["oid"]}
    if "lfs" in entry:
        made["lfs"] = {"sha256": entry["lfs"]["oid"], "size": len(content), "pointerSize": 130}
    return made


def _handler(hub: LocalHub) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        disable_nagle_algorithm = True

        def log_message(self, format: str, *args: object) -> None:
            pass

        def do_HEAD(self) -> None:  # the server's own name for it
            self.do_GET()

        def do_GET(self) -> None:
            with hub.guard:
                hub.requests.append((self.command, self.path))
                if authorization := self.headers.get("authorization"):
                    hub.tokens.append((self.path, authorization))
            if hub.latency_seconds:
                time.sleep(hub.latency_seconds)
            path = unquote(urlsplit(self.path).path)
            parts = path.strip("/").split("/")
            if parts[:1] == ["api"] and parts[1:2] in (["models"], ["datasets"]):
                self.metadata(parts[1], parts[2:])
            elif "resolve" in parts:
                at = parts.index("resolve")
                folder = "datasets" if parts[0] == "datasets" else "models"
                name = "/".join(parts[1:at] if folder == "datasets" else parts[:at])
                self.file(name, parts[at + 1], "/".join(parts[at + 2 :]))
            else:
                self.send(404, {"error": "Sorry, we can't find the page you are looking for."})

        def metadata(self, folder: str, parts: list[str]) -> None:
            if parts[-1:] == ["scan"] and self.path.endswith("/scan"):
                if self.broken("/".join(parts)):
                    return
                held = hub.repositories.get("/".join(parts[:-1]))
                said = held.scan if held is not None else None
                self.send(200 if said is not None else 404, said or {"error": "no"})
                return
            if "tree" in parts:
                self.tree("/".join(parts[: parts.index("tree")]), parts[parts.index("tree") + 1])
                return
            at = parts.index("revision") if "revision" in parts else len(parts)
            name, revision = "/".join(parts[:at]), "/".join(parts[at + 1 :])
            if self.broken(name):
                return
            if name in hub.moved:
                target = self.path.replace(name, hub.moved[name], 1)
                self.send(307, b"Temporary Redirect. Redirecting", Location=target)
                return
            expand = parse_qs(urlsplit(self.path).query).get("expand", [])
            if expand and hub.shape != "full":
                self.send(hub.expand_refusal, {"error": "unknown query"})
                return
            repository = hub.repositories.get(name)
            if repository is None or repository.folder != folder or not self.may_see(repository):
                self.missing()
                return
            body = repository.body
            if revision and revision not in {"main", body["sha"], *repository.revisions}:
                self.send(404, {"error": "Invalid rev id"}, **{"X-Error-Code": "RevisionNotFound"})
                return
            body = {**body, "sha": repository.revisions.get(revision, body["sha"])}
            if "blobs=true" in urlsplit(self.path).query:
                held = repository.at(body["sha"])
                body["siblings"] = [sibling(*each) for each in sorted(held[1].items())] if held else []
            wanted = {"_id", "id", *expand} if expand else DEFAULT_FIELDS
            if hub.shape == "four-routes":
                wanted = FOUR_ROUTES
            self.send(200, {key: value for key, value in body.items() if key in wanted})

        def tree(self, name: str, revision: str) -> None:
            if self.broken(name):
                return
            if name in hub.moved:
                target = self.path.replace(name, hub.moved[name], 1)
                self.send(307, b"Temporary Redirect. Redirecting", Location=target)
                return
            repository = hub.repositories.get(name)
            if repository is None or not self.may_see(repository):
                self.missing()
                return
            held = repository.at(revision)
            if held is None:
                self.send(404, {"error": "Invalid rev id"}, **{"X-Error-Code": "RevisionNotFound"})
                return
            self.send(200, [tree_entry(path, content) for path, content in sorted(held[1].items())])

        def may_see(self, repository: LocalRepository) -> bool:
            return not repository.is_private or self.headers.get("authorization") == f"Bearer {TOKEN}"

        def missing(self) -> None:
            if self.headers.get("authorization"):
                self.send(404, {"error": "Repository not found"}, **{"X-Error-Code": "RepoNotFound"})
            elif hub.shape == "four-routes":
                self.send(404, {"errors": [{"status": 404}]})
            else:
                self.send(401, {"error": "Invalid username or password."})

        def file(self, name: str, revision: str, path: str) -> None:
            if name in hub.moved:
                target = self.path.replace(name, hub.moved[name], 1)
                self.send(307, b"Temporary Redirect. Redirecting", Location=target)
                return
            repository = hub.repositories.get(name)
            if self.broken(f"{name}/{path}"):
                return
            held = repository.at(revision) if repository is not None else None
            if repository is None or held is None or path not in held[1]:
                self.send(404, b"Entry not found", **{"X-Error-Code": "EntryNotFound"})
            elif repository.body.get("gated"):
                self.send(401, b"Access to model is restricted", **{"X-Error-Code": "GatedRepo"})
            else:
                entry = tree_entry(path, held[1][path])
                etag = entry["lfs"]["oid"] if "lfs" in entry else entry["oid"]
                self.send(200, held[1][path], **{"X-Repo-Commit": held[0], "ETag": f'"{etag}"'})

        def broken(self, name: str) -> bool:
            with hub.guard:
                faults = hub.faults.get(name, [])
                fault = faults.pop(0) if len(faults) > 1 else faults[0] if faults else ""
            if not fault:
                return False
            getattr(self, f"fault_{fault.split(':')[0].replace('-', '_')}")(*fault.split(":")[1:])
            return True

        def fault_status(self, status: str, code: str = "", message: str = "") -> None:
            extra = {"X-Error-Code": code} if code else {}
            if message:
                extra["X-Error-Message"] = message
            self.send(int(status), {"error": message or "no"}, **extra)

        def fault_later(self, status: str, seconds: str) -> None:
            self.send(int(status), {"error": "later"}, **{"Retry-After": seconds})

        def fault_window(self, seconds: str) -> None:
            self.send(429, {"error": "rate"}, RateLimit=f'"api";r=0;t={seconds}')

        def fault_html(self) -> None:
            self.send(200, b"<!DOCTYPE html><html>log in</html>", **{"Content-Type": "text/html"})

        def fault_half(self) -> None:
            self.send(200, b'{"id": "some/name", "sha": "00')

        def fault_other(self) -> None:
            self.send(200, b'["a", "list"]')

        def fault_drop(self) -> None:
            self.close_connection = True
            self.connection.close()

        def fault_length(self) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", "1000")
            self.end_headers()
            self.wfile.write(b'{"id": "some/name"')
            self.close_connection = True

        def fault_huge(self) -> None:
            self.send(200, b'{"id": "' + b"x" * 17_000_000 + b'"}')

        def fault_bomb(self) -> None:
            self.send(200, gzip.compress(b" " * 50_000_000), **{"Content-Encoding": "gzip"})

        def fault_brotli(self) -> None:
            self.send(200, b"\x0b\x02\x80{}\x03", **{"Content-Encoding": "br"})

        def fault_torn(self) -> None:
            self.send(200, b"no gzip at all", **{"Content-Encoding": "gzip"})

        def fault_drip(self, pieces: str) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", pieces)
            self.end_headers()
            try:
                for _ in range(int(pieces)):
                    self.wfile.write(b" ")
                    self.wfile.flush()
                    time.sleep(0.005)
            except OSError:
                self.close_connection = True

        def fault_hang(self, seconds: str) -> None:
            time.sleep(float(seconds))
            self.close_connection = True

        def fault_elsewhere(self) -> None:
            self.send(307, b"", Location=hub.elsewhere + self.path)

        def send(self, status: int, body: object, **headers: str) -> None:
            content = body if isinstance(body, bytes) else json.dumps(body).encode()
            if hub.compresses and "Content-Encoding" not in headers:
                content, headers["Content-Encoding"] = gzip.compress(content), "gzip"
            try:
                self.send_response(status)
                if "Content-Type" not in headers:
                    self.send_header("Content-Type", "application/json; charset=utf-8")
                for name, value in headers.items():
                    self.send_header(name, value)
                if hub.rate is not None:
                    with hub.guard:
                        left, reset = hub.rate
                        hub.rate = (max(0, left - 1), reset)
                    self.send_header("RateLimit", f'"api";r={left};t={reset}')
                    self.send_header("RateLimit-Policy", '"fixed window";"api";q=500;w=300')
                self.send_header("Content-Length", str(len(content)))
                self.end_headers()
                if self.command != "HEAD":
                    self.wfile.write(content)
            except OSError:
                self.close_connection = True

    return Handler
