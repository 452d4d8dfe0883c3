"""Records survive the way to JSON and back; what does not fit is named."""

from __future__ import annotations

from dataclasses import dataclass, field

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scanner.errors import ReportBroken
from scanner.records.choices import Enum
from scanner.records.encoding import decode, encode
from scanner.records.fact import Confidence, Evidence
from scanner.records.sighting import Certainty, Kind, Location, Role, Scope, Sighting
from scanner.records.unknown import Unknown


class Colour(Enum):
    RED = "red"


@dataclass(frozen=True, slots=True)
class Inner:
    x: int
    y: str | Unknown | None = None


@dataclass(frozen=True, slots=True)
class Outer:
    from_: str = field(metadata={"json": "from"})
    inner: Inner = field(metadata={"flat": True})
    many: tuple[Inner, ...]
    pair: tuple[str, int]
    colour: Colour | Unknown
    share: float
    is_open: bool | str | Unknown


OUTER = Outer("a", Inner(1), (Inner(2, "b"), Inner(3, Unknown("not read"))), ("p", 4), Colour.RED, 0.5, False)
JSON = {
    "from": "a",
    "x": 1,
    "many": [{"x": 2, "y": "b"}, {"x": 3, "y": {"unknown": "not read"}}],
    "pair": ["p", 4],
    "colour": "red",
    "share": 0.5,
    "is_open": False,
}


def test_a_record_is_written_by_its_types_alone() -> None:
    assert encode(OUTER) == JSON


def test_a_record_is_read_back_as_it_was() -> None:
    assert decode(Outer, JSON) == OUTER


def test_fields_nobody_knows_are_passed_over_and_whole_numbers_may_stand_for_fractions() -> None:
    assert decode(Outer, {**JSON, "new": 1, "share": 2}).share == 2.0


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"x": "one"}, "$.x: expected int, found 'one'"),
        ({"x": True}, "$.x: expected int, found 'True'"),
        ({"many": [{"x": 1}, {"y": "b"}]}, "$.many[1]: the field 'x' is missing"),
        ({"many": "b"}, "$.many: expected a list, found 'b'"),
        ({"pair": ["p"]}, "$.pair: expected 2 members, found 1"),
        ({"colour": "blue"}, "$.colour: expected Colour, found 'blue'"),
        ({"is_open": {"unknown": "a", "more": 1}}, "$.is_open"),
        ({"from": None}, "$.from: expected str, found 'None'"),
    ],
)
def test_what_does_not_fit_is_named_with_its_place(change: dict[str, object], message: str) -> None:
    with pytest.raises(ReportBroken) as caught:
        decode(Outer, {**JSON, **change})
    assert str(caught.value).startswith(message)


def test_a_type_no_record_holds_is_refused() -> None:
    with pytest.raises(TypeError, match="no record holds a set"):
        encode({"a"})  # type: ignore[arg-type,unused-ignore]


texts = st.text(max_size=20)
unknowns = st.builds(Unknown, texts)
locations = st.builds(Location, texts, *[st.integers(1, 10**6)] * 4, cell=st.none() | st.integers(0, 99))


@given(
    st.builds(
        Sighting,
        kind=st.sampled_from(list(Kind)),
        name=texts,
        revision=texts | unknowns,
        role=st.sampled_from(list(Role)),
        scope=st.sampled_from(list(Scope)),
        certainty=st.sampled_from(list(Certainty)),
        detector=texts,
        location=locations,
        provider=st.none() | texts | unknowns,
        base_url=st.none() | texts | unknowns,
        remote_code=st.none() | st.booleans() | unknowns,
        ignored=st.none() | st.lists(texts, max_size=3).map(tuple),
    )
)
def test_every_sighting_survives_the_round_trip(sighting: Sighting) -> None:
    assert decode(Sighting, encode(sighting)) == sighting


@given(
    st.builds(
        Evidence,
        fact=texts,
        value=texts | st.booleans() | st.integers() | st.lists(texts).map(tuple) | unknowns,
        source=texts,
        as_of=texts | unknowns,
        confidence=st.sampled_from(list(Confidence)),
        quote=st.none() | texts,
    )
)
def test_every_piece_of_evidence_survives_the_round_trip(evidence: Evidence) -> None:
    assert decode(Evidence, encode(evidence)) == evidence
