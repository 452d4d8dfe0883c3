"""Downloads go to another hub, where a name may stand for another repository.

A mirror or another hub serves under the same name what it will. What lading knows of the name was said by
the hub it asked.
"""

from __future__ import annotations

from collections.abc import Iterator

from scanner.policy.match import Glob
from scanner.policy.rule import Facts, Fault, Rule
from scanner.records.finding import Level
from scanner.records.quick import dataclass
from scanner.records.sighting import HubSwitch
from scanner.records.unknown import Unknown

ORIGINAL = ("huggingface.co", "hf.co")


@dataclass(frozen=True, slots=True)
class Options:
    """What `hub-redirected` may be set to."""

    level: Level = Level.WARNING
    """For each such setting."""
    allow_hosts: tuple[Glob, ...] | None = None
    """Hosts of mirrors that may be used (`hub.example.com`, `*.example.com`)."""
    unknown: Level | None = Level.QUESTION
    """For a setting whose value is decided elsewhere."""


def check(switch: HubSwitch, facts: Facts, options: Options) -> Iterator[Fault]:
    """Speak of every setting that leads away from the Hub."""
    if isinstance(switch.value, Unknown):
        if options.unknown is not None:
            yield Fault(
                message=f"{switch.name} decides where models come from, and its value is not known here: "
                f"{switch.value.reason}",
                remedy=f"write the address, or take {switch.name} out",
                level=options.unknown,
                setting="unknown",
                missing=switch.name,
                about=(switch.name, "unknown"),
            )
        return
    host = _host(switch.value)
    if host in ORIGINAL or any(glob.matches(host) for glob in options.allow_hosts or ()):
        return
    where = f"to {host}" if host else "to another hub"
    yield Fault(
        message=f"{switch.name}={switch.value} sends downloads of models {where}",
        remedy="allow the host under hub-redirected.allow_hosts, or take the setting out",
        about=(switch.name, switch.value),
    )


def _host(value: str) -> str:
    """The host of an address; `""` for a switch that is on or off."""
    from urllib.parse import urlsplit

    try:
        return (urlsplit(value if "//" in value else f"//{value}").hostname or "") if "." in value else ""
    except ValueError:
        return ""


RULE = Rule(
    id="hub-redirected",
    judges=HubSwitch,
    options=Options,
    check=check,
    blind_spots=("Settings of the machine itself, outside the project, are not seen.",),
)
