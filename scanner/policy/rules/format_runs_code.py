"""A model's weights come in a format whose loading can run code, or a call loads in such a format.

Pickle and formats that carry functions run what they hold when they are opened. Whether a file does
anything of the kind is not read here; scanners of such files say that.
"""

from __future__ import annotations

from collections.abc import Iterator

from scanner.policy.rule import Facts, Fault, Rule
from scanner.records.asset import Asset, ModelFile
from scanner.records.finding import Level
from scanner.records.quick import dataclass
from scanner.records.sighting import CodeLoad, Kind
from scanner.records.unknown import Unknown

SAFE = frozenset({"safetensors", "gguf"})
"""Formats of weights that hold numbers only."""
CODE = "code"
"""Format of source files: `remote-code` speaks of those."""
KERAS = frozenset({"keras", "keras-h5"})
SHOWN = 3
PICKLE = "pickle"
"""Form of a call that reads any object, a model or not."""
_INSTEAD = {
    "torch": "write weights_only=True, or load a safetensors file (safetensors.torch.load_file)",
    "numpy": "write allow_pickle=False, and keep arrays of numbers only",
    "keras": "take it out: the default refuses functions of the file",
    "joblib": "keep the model in a format of numbers, or load only what was made and kept here",
    "pickle": "load only what was made and kept here; keep weights as safetensors",
    "torch-hub": "read hubconf.py at a fixed commit, and name that commit: repository:COMMIT",
}
_WHAT = {
    "torch-hub": "runs code of the repository it names",
    "keras": "lets functions of the file run",
}


@dataclass(frozen=True, slots=True)
class Options:
    """What `format-runs-code` may be set to."""

    level: Level = Level.WARNING
    """For weights that come in such a format only."""
    with_sibling: Level | None = None
    """For weights that come in a format of numbers only, too; off leaves those alone."""
    calls: Level | None = Level.WARNING
    """For a call that loads in such a format (`torch.load(weights_only=False)`, `joblib.load`)."""
    pickles: Level | None = Level.QUESTION
    """For a call of pickle, dill or cloudpickle, which may read a model or anything else."""
    unknown: Level | None = Level.QUESTION
    """For a call where an argument or the version decides, and is not known."""


def check(asset: Asset, facts: Facts, options: Options) -> Iterator[Fault]:
    """Speak of weights that can run code, and of the safe sibling where there is one."""
    if isinstance(asset.files, Unknown):
        return
    risky = [each for each in _files(asset, facts) if each.runs_code is True and each.format != CODE]
    safe = next((each for each in asset.files if each.format in SAFE), None)
    if not risky or (safe is not None and options.with_sibling is None):
        return
    named = ", ".join(each.path for each in risky[:SHOWN])
    more = f" and {len(risky) - SHOWN} more" if len(risky) > SHOWN else ""
    formats = ", ".join(sorted({each.format for each in risky}))
    remedy = f"load {safe.path} instead" if safe else "use a repository that has it as safetensors"
    yield Fault(
        message=f"{asset.name} comes as {named}{more} ({formats}), which can run code when it is loaded",
        remedy=remedy,
        level=options.with_sibling if safe else None,
        setting="with_sibling" if safe else None,
        about=("formats", formats),
    )


def check_call(load: CodeLoad, facts: Facts, options: Options) -> Iterator[Fault]:
    """Speak of a call that can run code of the file it opens."""
    if isinstance(load.runs, Unknown):
        level, setting, why = options.unknown, "unknown", f" is not known not to run code: {load.runs.reason}"
    else:
        is_general = load.form == PICKLE
        level, setting = (options.pickles, "pickles") if is_general else (options.calls, "calls")
        why = f" {_WHAT.get(load.form, 'can run code that the file holds')}"
    if level is None:
        return
    yield Fault(
        message=f"{load.call}{why}",
        remedy=_INSTEAD.get(load.form, "load a format of numbers only"),
        level=level,
        setting=setting,
        missing=load.setting if isinstance(load.runs, Unknown) else None,
        about=("call", load.call),
    )


def _files(asset: Asset, facts: Facts) -> tuple[ModelFile, ...]:
    """The files that count: of a repository all, of weights in the project the file itself.

    Keras files run code only where they hold a Lambda layer; of a file in the project that is known.
    """
    files = asset.files if isinstance(asset.files, tuple) else ()
    if asset.kind is not Kind.LOCAL_WEIGHTS:
        return files
    header = next((place.reference.sighting.header for place in facts.places_of(asset)), None)
    said = dict(header or ())
    if said.get("format") in KERAS and "runs_code" not in said and said.get("stored") is None:
        return ()
    return tuple(each for each in files if f"/{asset.name}".endswith(f"/{each.path}"))


RULE = Rule(
    id="format-runs-code",
    judges=Asset,
    options=Options,
    check=check,
    also=(CodeLoad, check_call),
    blind_spots=(
        "Files are known where the Hub, a cache or the project shows them, not from the catalog.",
        "Of calls only those of Python libraries lading has a record of are known; what is read is not.",
        "Keras files on the Hub are taken for such that run code; only in the project their layers are read.",
    ),
)
