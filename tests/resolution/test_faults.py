"""Everything a Hub can do wrong, and what a run makes of it: one row each."""

from __future__ import annotations

import json
import socket
import ssl
import time
from typing import Any
from urllib.error import URLError

import pytest

from scanner.cli.main import run
from scanner.records.asset import Asset, Resolution
from scanner.records.unknown import Unknown
from scanner.resolution import hub_asker, pace
from scanner.resolution.reply import why_unreached
from tests.local_hub import LocalHub
from tests.resolution.conftest import Bench, see

NAME = "ext-test/one"


def only(resolution: Resolution) -> Asset:
    (asset,) = resolution.assets
    return asset


ANONYMOUS = f"{NAME} is missing or private (no token was shown)"
ANSWERS = [
    # fault, availability, reason, requests
    ("status:401", "missing-or-private", ANONYMOUS, 1),
    ("status:404:RepoNotFound", "missing", f"HOST has no repository {NAME}", 1),
    ("status:404", "missing", f"HOST has no repository {NAME}", 2),
    ("status:410", "missing", f"HOST has no repository {NAME}", 1),
    ("status:401:GatedRepo", "gated", f"{NAME} is gated, and this run has no access to it", 1),
    ("status:403:GatedRepo", "gated", f"{NAME} is gated, and this run has no access to it", 1),
    ("status:403", "private", f"{NAME} may not be read with this token", 1),
    ("status:403::Access to this resource is disabled.", "disabled", f"{NAME} is disabled on HOST", 1),
    ("status:404:EntryNotFound", "missing", f"HOST has no repository {NAME}", 1),
    ("status:401::Invalid credentials in Authorization header", "missing-or-private", ANONYMOUS, 1),
    ("status:404:RevisionNotFound", "missing-revision", f"{NAME} has no revision 'none'", 1),
]

NO_ANSWERS = [
    # fault, reason, requests, waits
    ("status:500", "HOST answered 500 (3 attempts)", 3, [0.5, 1.0]),
    ("status:502", "HOST answered 502 (3 attempts)", 3, [0.5, 1.0]),
    ("status:503", "HOST answered 503 (3 attempts)", 3, [0.5, 1.0]),
    ("status:504", "HOST answered 504 (3 attempts)", 3, [0.5, 1.0]),
    ("status:408", "HOST answered 408 (3 attempts)", 3, [0.5, 1.0]),
    ("status:429", "HOST answered 429 (3 attempts)", 3, [0.5, 1.0]),
    ("later:429:7", "HOST answered 429 (3 attempts)", 3, [0.5, 6.5, 1.0, 6.0]),
    ("window:200", "HOST limits the rate of requests; it takes more in 199 s", 2, [0.5, 199.5, 1.0]),
    ("window:9999", "HOST limits the rate of requests; it takes more in 9998 s", 1, [0.5]),
    ("status:400", f"HOST answered 400 for {NAME}", 2, []),
    ("status:416", f"HOST answered 416 for {NAME}", 1, []),
    ("status:501", f"HOST answered 501 for {NAME}", 1, []),
    ("html", "HOST answered with a web page, not metadata (a login or a proxy?)", 1, []),
    ("half", "HOST sent half an answer, or none that is JSON", 1, []),
    ("brotli", "HOST compressed its answer in a way that was not asked for (br)", 1, []),
    ("torn", "HOST sent half an answer, or none that is JSON", 1, []),
    ("bomb", "HOST sent more than 16000000 bytes", 1, []),
    ("huge", "HOST sent more than 16000000 bytes", 1, []),
    ("other", f"HOST answered for {NAME} with something else", 1, []),
    ("drop", "HOST could not be reached (RemoteProtocolError) (3 attempts)", 3, [0.5, 1.0]),
    ("length", "HOST could not be reached (RemoteProtocolError) (3 attempts)", 3, [0.5, 1.0]),
]


@pytest.mark.parametrize(("fault", "availability", "reason", "requests"), ANSWERS)
def test_what_is_not_there_is_an_answer(
    bench: Bench, hub: LocalHub, fault: str, availability: str, reason: str, requests: int
) -> None:
    hub.faults[NAME] = [fault]
    resolution = bench.resolve(NAME)
    asset = only(resolution)
    stated = Unknown(reason.replace("HOST", hub.address.removeprefix("http://")))
    assert (asset.availability, asset.license.key, asset.answered_by) == (availability, stated, "hub")
    assert resolution.unanswered == ()
    assert len(hub.requests) == requests


@pytest.mark.parametrize(("fault", "reason", "requests", "waits"), NO_ANSWERS)
def test_what_gave_no_answer_is_listed_as_such(
    bench: Bench, hub: LocalHub, fault: str, reason: str, requests: int, waits: list[float]
) -> None:
    hub.faults[NAME] = [fault]
    resolution = bench.resolve(NAME)
    stated = reason.replace("HOST", hub.address.removeprefix("http://"))
    assert [(each.asset, each.reason) for each in resolution.unanswered] == [(f"hf-model:{NAME}@*", stated)]
    asset = only(resolution)
    assert (asset.license.key, asset.answered_by) == (Unknown(stated), Unknown(stated))
    assert len(hub.requests) == requests
    assert bench.clock.waits == waits


@pytest.mark.parametrize("fault", ["status:503", "status:429", "drop", "length"])
def test_what_goes_wrong_once_is_asked_again(bench: Bench, hub: LocalHub, fault: str) -> None:
    hub.add(NAME, "mit")
    hub.faults[NAME] = [fault, fault, ""]
    resolution = bench.resolve(NAME)
    assert resolution.unanswered == ()
    assert only(resolution).license.key == "mit"
    assert len(hub.requests) == 3


def test_a_server_that_hangs_is_left_after_the_timeout(
    bench: Bench, hub: LocalHub, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(hub_asker, "TIMEOUT_SECONDS", 0.05)
    hub.faults[NAME] = ["hang:0.3"]
    (unanswered,) = bench.resolve(NAME).unanswered
    assert unanswered.reason.endswith("could not be reached (ReadTimeout) (3 attempts)")
    assert len(hub.requests) == 3


def test_a_body_that_drips_is_left_at_the_deadline(
    bench: Bench, hub: LocalHub, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pace, "clock", time.monotonic)
    monkeypatch.setattr(hub_asker, "DEADLINE_SECONDS", 0.03)
    hub.faults[NAME] = ["drip:1000"]
    started = time.monotonic()
    (unanswered,) = bench.resolve(NAME).unanswered
    assert unanswered.reason.endswith("took longer than 0 s")
    assert (len(hub.requests), time.monotonic() - started < 3) == (1, True)


def test_answers_beyond_a_bound_count_for_giving_an_endpoint_up(
    bench: Bench, hub: LocalHub, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(hub_asker, "MAX_ANSWER_BYTES", 1_000_000)
    names = [f"ext-test/m{n}" for n in range(6)]
    hub.faults |= {name: ["huge"] for name in names}
    resolution = bench.resolve(*names, settings=bench.settings(jobs=1))
    host = hub.address.removeprefix("http://")
    assert [each.reason for each in resolution.unanswered] == [
        *[f"{host} sent more than 1000000 bytes"] * 3,
        *[f"{host} did not answer before; not asked again in this run"] * 3,
    ]


def test_an_endpoint_nobody_answers_at_is_given_up(
    bench: Bench, hub: LocalHub, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HF_ENDPOINT", "http://127.0.0.1:1")
    names = [f"ext-test/m{n}" for n in range(20)]
    resolution = bench.resolve(*names, settings=bench.settings(jobs=1))
    reasons = [each.reason for each in resolution.unanswered]
    assert reasons.count("127.0.0.1:1 could not be reached (ConnectError) (3 attempts)") == 3
    assert reasons.count("127.0.0.1:1 did not answer before; not asked again in this run") == 17
    assert bench.clock.waits == [0.5, 1.0] * 3


def test_the_catalog_answers_where_the_hub_cannot_and_the_gap_is_said(bench: Bench, hub: LocalHub) -> None:
    hub.faults["gpt2"] = ["status:500"]
    resolution = bench.resolve("gpt2")
    asset = only(resolution)
    assert (asset.id, asset.answered_by, asset.license.key) == (
        "hf-model:openai-community/gpt2@*",
        "catalog",
        "mit",
    )
    (unanswered,) = resolution.unanswered
    assert unanswered.asset == asset.id
    first, _, rest = unanswered.reason.partition("; ")
    assert first.endswith("answered 500 (3 attempts)")
    assert rest.startswith("the catalog")
    assert rest.endswith("answers instead")


def test_a_base_that_could_not_be_asked_is_said_of_the_model(bench: Bench, hub: LocalHub) -> None:
    hub.add("ext-test/tuned", "mit", "ext-test/base")
    hub.faults["ext-test/base"] = ["half"]
    resolution = bench.resolve("ext-test/tuned")
    (unanswered,) = resolution.unanswered
    assert unanswered.asset == f"hf-model:ext-test/tuned@{1:040x}"
    assert unanswered.reason.startswith("base ext-test/base: ")
    lineage = only(resolution).lineage
    assert isinstance(lineage, tuple)
    assert [base.name for base in lineage] == ["ext-test/base"]


def test_an_interrupted_run_resumes_from_what_it_had(
    bench: Bench, hub: LocalHub, monkeypatch: pytest.MonkeyPatch
) -> None:
    for n in range(4):
        hub.add(f"ext-test/m{n}", "mit", f"ext-test/m{n + 1}")
    hub.add("ext-test/m4", "mit")
    real = hub_asker.HubAsker.ask

    def stop_at_third(self: hub_asker.HubAsker, question: object) -> object:
        if len(hub.requests) == 2:
            raise KeyboardInterrupt
        return real(self, question)  # type: ignore[arg-type]

    monkeypatch.setattr(hub_asker.HubAsker, "ask", stop_at_third)
    with pytest.raises(KeyboardInterrupt):
        bench.resolve("ext-test/m0")
    monkeypatch.setattr(hub_asker.HubAsker, "ask", real)
    lineage = only(bench.resolve("ext-test/m0")).lineage
    assert isinstance(lineage, tuple)
    assert [base.name for base in lineage] == [f"ext-test/m{n}" for n in range(1, 5)]
    assert set(hub.counted().values()) == {1}


def test_a_pinned_revision_that_is_missing_is_named(bench: Bench, hub: LocalHub) -> None:
    hub.add(NAME, "mit")
    asset = only(bench.resolve(see(NAME, revision="v9")))
    assert asset.availability == "missing-revision"
    assert asset.license.key == Unknown(f"{NAME} has no revision 'v9'")


RULES = {
    "missing-or-private": ["could-not-resolve"],
    "missing": ["could-not-resolve"],
    "disabled": ["could-not-resolve"],
    "missing-revision": ["could-not-resolve"],
}
"""What the policy says of an answer besides that the license is unknown."""


def scan(
    bench: Bench, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, *options: str
) -> tuple[int, dict[str, Any]]:
    """Run the whole program on a project that names the repository."""
    monkeypatch.setenv("LADING_CACHE", str(bench.folder / "cache"))
    project = bench.folder / "project"
    project.mkdir(exist_ok=True)
    code = f'from transformers import AutoModel\nAutoModel.from_pretrained("{NAME}")\n'
    (project / "app.py").write_text(code)
    capsys.readouterr()
    exit_code = run(["scan", str(project), "-f", "json", "--date", "2026-11-22", *options])
    return exit_code, json.loads(capsys.readouterr().out)


@pytest.mark.parametrize(("fault", "availability", "reason", "requests"), ANSWERS)
def test_an_answer_leaves_the_exit_code_to_the_policy(
    bench: Bench,
    hub: LocalHub,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    fault: str,
    availability: str,
    reason: str,
    requests: int,
) -> None:
    hub.faults[NAME] = [fault]
    exit_code, report = scan(bench, capsys, monkeypatch)
    assert exit_code == 0
    assert report["coverage"]["unanswered"] == []
    assert [each["availability"] for each in report["assets"]] == [availability]
    rules = [finding["rule"] for finding in report["findings"] if finding["rule"] == "could-not-resolve"]
    assert rules == RULES.get(availability, [])
    assert len(hub.requests) == requests


@pytest.mark.parametrize(("fault", "reason", "requests", "waits"), NO_ANSWERS)
def test_no_answer_is_exit_code_three_unless_only_warned_of(
    bench: Bench,
    hub: LocalHub,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    fault: str,
    reason: str,
    requests: int,
    waits: list[float],
) -> None:
    hub.faults[NAME] = [fault]
    exit_code, report = scan(bench, capsys, monkeypatch)
    stated = reason.replace("HOST", hub.address.removeprefix("http://"))
    assert exit_code == 3
    assert report["coverage"]["unanswered"] == [{"asset": f"hf-model:{NAME}@*", "reason": stated}]
    assert len(hub.requests) == requests
    exit_code, again = scan(bench, capsys, monkeypatch, "--on-incomplete", "warn")
    assert (exit_code, again["coverage"]["unanswered"]) == (0, report["coverage"]["unanswered"])


def test_compressed_answers_are_read(bench: Bench, hub: LocalHub) -> None:
    hub.compresses = True
    hub.add(NAME, "other", files={"LICENSE": "words"})
    asset = only(bench.resolve(NAME))
    assert asset.license.key == Unknown("the card says 'other' and names no license")
    assert asset.license.declared == ("other",)


@pytest.mark.parametrize("address", ["hub.example", "ftp://hub.example", "http://[", "https://"])
def test_an_endpoint_that_is_no_address_is_wrong_use(
    bench: Bench, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, address: str
) -> None:
    monkeypatch.setenv("HF_ENDPOINT", address)
    assert run(["show", "gpt2", "--project", str(bench.folder)]) == 2
    assert "is no address\n  write https://HOST, or unset it" in capsys.readouterr().err


@pytest.mark.parametrize("variable", ["HF_HUB_OFFLINE", "TRANSFORMERS_OFFLINE", "LADING_OFFLINE"])
def test_the_environment_can_keep_a_run_offline(
    bench: Bench,
    hub: LocalHub,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    variable: str,
) -> None:
    hub.add(NAME, "mit")
    monkeypatch.setenv(variable, "1")
    exit_code, report = scan(bench, capsys, monkeypatch)
    assert (exit_code, report["coverage"]["unanswered"], hub.requests) == (0, [], [])
    (asset,) = report["assets"]
    assert asset["answered_by"] == {"unknown": "no source on this machine knows it, and the run is offline"}


def test_what_was_read_before_a_failure_counts_and_is_asked_again(bench: Bench, hub: LocalHub) -> None:
    hub.add(NAME, "other", files={"LICENSE": "words"})
    hub.faults[f"{NAME}/LICENSE"] = ["status:500"]
    resolution = bench.resolve(NAME)
    asset = only(resolution)
    assert (asset.answered_by, asset.license.declared, asset.availability) == ("hub", ("other",), "public")
    host = hub.address.removeprefix("http://")
    assert [each.reason for each in resolution.unanswered] == [f"{host} answered 500 (3 attempts)"]
    hub.faults.clear()
    assert bench.resolve(NAME).unanswered == ()


@pytest.mark.parametrize(
    ("variable", "value", "said"),
    [
        (
            "SSL_CERT_FILE",
            "FOLDER/none.pem",
            "SSL_CERT_FILE: it cannot be read\n  name a file of certificates",
        ),
        ("SSL_CERT_FILE", "FOLDER/words.pem", "SSL_CERT_FILE: it holds no certificates\n  name a file of"),
        (
            "ALL_PROXY",
            "ftp://user:secret@proxy",
            "ALL_PROXY: it is no address of a proxy\n  name http://HOST:PORT",
        ),
        (
            "HTTPS_PROXY",
            "socks5://127.0.0.1:1",
            "HTTPS_PROXY: SOCKS needs the package httpx[socks]\n  name http",
        ),
    ],
)
def test_certificates_and_proxies_that_cannot_be_used_are_wrong_use(
    bench: Bench,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    variable: str,
    value: str,
    said: str,
) -> None:
    import huggingface_hub.utils

    (bench.folder / "words.pem").write_text("no certificate")
    monkeypatch.delenv("SSL_CERT_DIR", raising=False)
    monkeypatch.setenv(variable, value.replace("FOLDER", str(bench.folder)))
    huggingface_hub.utils.close_session()
    assert run(["show", NAME, "--project", str(bench.folder), "--refresh"]) == 2
    shown = capsys.readouterr().err
    assert (said in shown, "secret" in shown) == (True, False)


UNTRUSTED = "its certificate is not trusted; SSL_CERT_FILE names those that are"


@pytest.mark.parametrize(
    ("failure", "said", "said_behind"),
    [
        (ssl.SSLCertVerificationError("x"), UNTRUSTED, UNTRUSTED),
        (socket.gaierror(-2, "x"), "no such host or proxy", "no such host or proxy"),
        (URLError(ConnectionRefusedError()), "ConnectionRefusedError", "ConnectionRefusedError"),
        (URLError(ssl.SSLCertVerificationError("x")), UNTRUSTED, UNTRUSTED),
        (ConnectionResetError(), "ConnectionResetError", "RuntimeError"),
    ],
)
def test_why_a_connection_failed_is_said_in_words_where_it_can_be_mended(
    failure: OSError, said: str, said_behind: str
) -> None:
    outer = RuntimeError("outer")
    outer.__cause__ = failure
    assert (why_unreached(failure), why_unreached(outer)) == (said, said_behind)
