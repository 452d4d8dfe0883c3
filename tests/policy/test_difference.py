from __future__ import annotations

from dataclasses import replace

from scanner.policy.difference import changed_loads, changed_references, changed_settings
from scanner.records.sighting import CodeLoad, Discovery, HubSwitch, Kind, Location, Scope, Unresolved
from tests.policy.build import asset, reference, resolution

MODEL = asset("acme/model")


def test_a_place_that_only_moved_is_not_new() -> None:
    now = reference(MODEL, line=30)
    base = [reference(MODEL, line=3).sighting]
    assert changed_references(resolution(MODEL, now), base) == frozenset()


def test_a_new_name_is_new() -> None:
    other = asset("acme/other")
    new = reference(other)
    found = changed_references(resolution(MODEL, other, reference(MODEL), new), [reference(MODEL).sighting])
    assert found == {new}


def test_the_same_name_once_more_in_a_file_is_new_where_it_stands_last() -> None:
    first, second = reference(MODEL, line=3), reference(MODEL, line=9)
    assert changed_references(resolution(MODEL, first, second), [first.sighting]) == {second}


def test_another_revision_or_address_or_remote_code_is_new() -> None:
    for change in ({"revision": "main"}, {"base_url": "https://x.example"}, {"remote_code": True}):
        now = reference(MODEL, **change)
        assert changed_references(resolution(MODEL, now), [reference(MODEL).sighting]) == {now}


def test_a_renamed_file_is_the_file_it_was() -> None:
    now = reference(MODEL, "new.py")
    base = [reference(MODEL, "old.py").sighting]
    assert changed_references(resolution(MODEL, now), base, {"new.py": "old.py"}) == frozenset()
    assert changed_references(resolution(MODEL, now), base) == {now}


def test_an_asset_whose_facts_changed_brings_its_places_back() -> None:
    now = reference(MODEL)
    relicensed = asset("acme/model", "GPL-3.0-only")
    base = [now.sighting]
    assert changed_references(resolution(MODEL, now), base, base_assets=[relicensed]) == {now}
    assert changed_references(resolution(MODEL, now), base, base_assets=[MODEL]) == frozenset()


def switch(file: str, value: str, line: int = 1) -> HubSwitch:
    return HubSwitch("HF_ENDPOINT", value, Location(file, line, 1, line, 9))


def place(expression: str, line: int = 1) -> Unresolved:
    return Unresolved(Kind.HF_MODEL, expression, "app.py", line, 1, "set at run time")


NOTHING = Discovery((), (), (), (), (), (), (), 0)


def test_a_switch_that_stood_there_is_not_new_and_another_value_is() -> None:
    old = switch("a.env", "https://one.example")
    base = replace(NOTHING, switches=(old,))
    moved = switch("a.env", "https://one.example", line=9)
    other = switch("a.env", "https://two.example")
    assert changed_settings(replace(NOTHING, switches=(moved,)), base) == ((), ())
    assert changed_settings(replace(NOTHING, switches=(moved, other)), base) == ((other,), ())
    renamed = switch("b.env", "https://one.example")
    assert changed_settings(replace(NOTHING, switches=(renamed,)), base, {"b.env": "a.env"}) == ((), ())
    assert changed_settings(replace(NOTHING, switches=(renamed,)), base) == ((renamed,), ())


def test_a_name_decided_elsewhere_is_new_where_the_base_had_fewer() -> None:
    base = replace(NOTHING, unresolved=(place("MODEL"),))
    first, second, other = place("MODEL", 4), place("MODEL", 8), place("OTHER")
    now = replace(NOTHING, unresolved=(first, second, other))
    assert changed_settings(now, base) == ((), (second, other))


def test_a_call_that_runs_code_is_new_where_the_base_had_fewer() -> None:
    def call(line: int, name: str = "torch.load") -> CodeLoad:
        place = Location("app.py", line, 1, line, 20)
        return CodeLoad(name, "torch", True, "none", Scope.SHIPPED, place)

    base = replace(NOTHING, loads=(call(3),))
    now = replace(NOTHING, loads=(call(4), call(9), call(9, "joblib.load")))
    assert changed_loads(now, base) == (call(9), call(9, "joblib.load"))
