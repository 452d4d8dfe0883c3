"""Names of repositories the project publishes to, which it does not depend on."""

from __future__ import annotations

from scanner.discovery.config_keys import snake
from scanner.discovery.views import Entry


def is_published(view: Entry) -> bool:
    """Whether a setting names a Space, or what a step of a workflow uploads to.

    A Space holds an application; a step that is told the type of a repository makes or fills that one.
    """
    beside = {snake(key): value for key, value in view.siblings}
    if beside.get("repo_type", "").strip().lower() in {"space", "spaces"}:
        return True
    is_step = len(view.keys) > 1 and view.keys[-2] == "with"
    return is_step and bool(beside.keys() & {"repo_type", "space_sdk"}) and "revision" not in beside
