from __future__ import annotations

import gc
import importlib
import pkgutil
from typing import Any

import scanner
from scanner.records.initializers import WRITTEN
from scanner.records.members import all_given, text_of


def test_what_is_written_out_is_what_would_be_compiled() -> None:
    for count, code in WRITTEN.items():
        scope: dict[str, Any] = {}
        exec(text_of(count), scope)
        made = scope["__init__"].__code__
        names = ("co_code", "co_consts", "co_names", "co_varnames", "co_argcount")
        assert [getattr(code, name) for name in names] == [getattr(made, name) for name in names]


def test_every_number_of_fields_a_record_has_is_written_out() -> None:
    for module in pkgutil.walk_packages(scanner.__path__, "scanner."):
        importlib.import_module(module.name)
    records = [
        kind for kind in gc.get_objects() if isinstance(kind, type) and "__record_fields__" in vars(kind)
    ]
    ours = [kind for kind in records if kind.__module__.startswith("scanner.")]
    asked = {sum(given.init for _, given in all_given(kind)) for kind in ours} - {0}
    missing = "\n".join(text_of(count) for count in sorted(asked - WRITTEN.keys()))
    assert not missing, f"write it out in scanner/records/initializers.py, as `of_…`:\n{missing}"
