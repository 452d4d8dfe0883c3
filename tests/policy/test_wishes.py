from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from scanner.policy.wishes import with_wishes
from scanner.settings import Settings
from tests.policy.build import TODAY, load

SETTINGS = Settings(False, False, 8, TODAY, Path("cache"))
ASKS = "version: 1\nrules:\n  scan-flagged: {hub: true}\n"


def test_a_policy_that_wants_the_hubs_scans_has_them_asked_for_afresh() -> None:
    assert with_wishes(SETTINGS, load(ASKS)) == replace(SETTINGS, wants_scans=True, refresh=True)


def test_a_policy_that_wants_the_hubs_hashes_has_them_asked_for() -> None:
    asks = "version: 1\nrules:\n  hash-mismatch: {hub: true}\n"
    assert with_wishes(SETTINGS, load(asks)) == replace(SETTINGS, wants_hashes=True)


def test_any_other_policy_and_an_offline_run_leave_the_settings_as_they_are() -> None:
    offline = replace(SETTINGS, is_offline=True)
    assert with_wishes(SETTINGS, load("version: 1\n")) == SETTINGS
    assert with_wishes(SETTINGS, load(ASKS.replace("{hub", "{level: off, hub"))) == SETTINGS
    assert with_wishes(offline, load(ASKS)) == offline
