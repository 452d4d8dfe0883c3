"""The environment's proxies hold for the Hub: HTTP_PROXY, HTTPS_PROXY, NO_PROXY."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from huggingface_hub.utils import close_session

from tests.local_hub import LocalHub, Server, make_certificate, serve
from tests.resolution.conftest import Bench


@pytest.fixture(autouse=True)
def fresh_client() -> Iterator[None]:
    """The client reads the environment when it is made."""
    close_session()
    yield
    close_session()


@contextmanager
def proxy(seen: list[str]) -> Iterator[str]:
    """A proxy that passes plain requests on and opens tunnels."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def log_message(self, format: str, *args: object) -> None:
            pass

        def do_GET(self) -> None:  # the server's own name for it
            seen.append(f"GET {self.path}")
            target = urlsplit(self.path)
            onward = HTTPConnection(target.hostname or "", target.port or 80, timeout=5)
            onward.request("GET", f"{target.path}?{target.query}", headers={"Host": target.netloc})
            answer = onward.getresponse()
            body = answer.read()
            onward.close()
            self.send_response(answer.status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def do_CONNECT(self) -> None:
            seen.append(f"CONNECT {self.path}")
            host, _, port = self.path.partition(":")
            with socket.create_connection((host, int(port)), 5) as onward:
                self.send_response(200)
                self.end_headers()
                back = threading.Thread(target=_pour, args=(onward, self.connection), daemon=True)
                back.start()
                _pour(self.connection, onward)
                back.join(5)
            self.close_connection = True

    server = Server(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        close_session()
        server.shutdown()
        server.server_close()
        thread.join(5)


def _pour(source: socket.socket, target: socket.socket) -> None:
    try:
        while piece := source.recv(65_536):
            target.sendall(piece)
        target.shutdown(socket.SHUT_WR)
    except OSError:
        return


def license_of(bench: Bench, name: str) -> object:
    (asset,) = bench.resolve(name).assets
    return asset.license.key


def test_a_plain_endpoint_is_asked_through_the_proxy(
    bench: Bench, hub: LocalHub, monkeypatch: pytest.MonkeyPatch
) -> None:
    hub.add("ext-test/one", "mit")
    seen: list[str] = []
    with proxy(seen) as address:
        monkeypatch.setenv("HTTP_PROXY", address)
        monkeypatch.setenv("http_proxy", address)
        assert license_of(bench, "ext-test/one") == "mit"
    assert [line.split("?")[0] for line in seen] == [f"GET {hub.address}/api/models/ext-test/one"]


def test_a_secure_endpoint_is_asked_through_a_tunnel(
    bench: Bench, hub: LocalHub, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    certificate = make_certificate(tmp_path)
    seen: list[str] = []
    with serve(LocalHub(), certificate) as secure, proxy(seen) as address:
        secure.add("ext-test/one", "mit")
        monkeypatch.setenv("HF_ENDPOINT", secure.address)
        monkeypatch.setenv("SSL_CERT_FILE", str(certificate[0]))
        monkeypatch.setenv("HTTPS_PROXY", address)
        monkeypatch.setenv("https_proxy", address)
        assert license_of(bench, "ext-test/one") == "mit"
        assert seen == [f"CONNECT {secure.address.removeprefix('https://')}"]


def test_hosts_of_no_proxy_are_asked_directly(
    bench: Bench, hub: LocalHub, monkeypatch: pytest.MonkeyPatch
) -> None:
    hub.add("ext-test/one", "mit")
    seen: list[str] = []
    with proxy(seen) as address:
        monkeypatch.setenv("HTTP_PROXY", address)
        monkeypatch.setenv("http_proxy", address)
        monkeypatch.setenv("NO_PROXY", "127.0.0.1,localhost")
        assert license_of(bench, "ext-test/one") == "mit"
    assert seen == []
