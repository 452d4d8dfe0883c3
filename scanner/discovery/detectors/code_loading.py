"""A call that opens a file in a way that can run code the file holds."""

from __future__ import annotations

from collections.abc import Iterator

from scanner.discovery.call_facts import value_of
from scanner.discovery.code_loading_calls import OPENERS, Opener
from scanner.discovery.plugin import Context, Detector
from scanner.discovery.source import Source
from scanner.discovery.views import Call, Constant, View
from scanner.knowledge.libraries import Argument
from scanner.records.sighting import CodeLoad
from scanner.records.unknown import Unknown

ID = "code-loading"
SAFE_SINCE = (2, 6)
"""The release of torch in which `torch.load` began to refuse code unless told otherwise."""
_BY_VERSION = (
    "before torch 2.6 it runs what the file holds unless weights_only=True is given, and the project "
    "declares no lower bound that rules those out"
)


def detect(view: View, source: Source, context: Context) -> Iterator[CodeLoad]:
    """Report `torch.load`, `pickle.load` and the like, unless their arguments rule code out."""
    if not isinstance(view, Call) or source.language != "python":
        return
    opener = OPENERS.get(view.name)
    if opener is None:
        return
    runs = _runs(view, opener, source)
    if runs is not False:
        setting = f"{opener.argument}={opener.safe}" if opener.argument else "none"
        yield CodeLoad(view.name, opener.form, runs, setting, source.scope, view.location)


def _runs(view: Call, opener: Opener, source: Source) -> bool | Unknown:
    if not opener.argument:
        return opener.default is not False
    value = value_of(view, Argument(opener.position, (opener.argument,)))
    if not value:
        return _by_default(view, opener, source)
    said = {member.value for member in value if isinstance(member, Constant)}
    if (not opener.safe) in said:
        return True
    if said == {opener.safe} and all(isinstance(member, Constant) for member in value):
        return False
    if said == {None} and opener.default is None:
        return _by_default(view, opener, source)
    return Unknown(f"{opener.argument} is decided at run time")


def _by_default(view: Call, opener: Opener, source: Source) -> bool | Unknown:
    if opener.default is not None:
        return opener.default
    if view.argument("**"):
        return Unknown(f"{opener.argument} may stand among arguments that are not written out")
    if view.argument("pickle_module") or len(view.positional) > 2:
        return True
    if source.neighbours is not None:
        from scanner.discovery.declared_versions import is_at_least

        if is_at_least(source.neighbours, source.file, "torch", SAFE_SINCE):
            return False
    return Unknown(_BY_VERSION)


DETECTOR = Detector(
    ID,
    (Call,),
    detect,
    (
        "Loaders of other libraries that unpickle inside (a trainer's own checkpoint) are not listed.",
        "Which torch is installed is not known; the declared lower bound of pyproject.toml and requirements "
        "counts.",
    ),
    languages=("python",),
)
