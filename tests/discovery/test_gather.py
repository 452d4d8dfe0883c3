from dataclasses import replace

from scanner.discovery.gather import gather_sightings
from scanner.records.sighting import Certainty, IgnoreComment, Kind, Location, Role, Scope, Sighting
from scanner.records.unknown import Unknown

CALL = Sighting(
    Kind.HF_MODEL,
    "a/b",
    "none",
    Role.DEPENDENCY,
    Scope.SHIPPED,
    Certainty.LITERAL,
    "library-calls",
    Location("f.py", 3, 5, 3, 10),
)


def test_a_call_wins_over_a_guess_and_a_mention_of_the_same_place() -> None:
    guess = replace(CALL, certainty=Certainty.GUESSED, kind=Kind.OLLAMA, detector="guess")
    mention = replace(CALL, role=Role.MENTION, detector="prose")
    assert gather_sightings([mention, guess, CALL], []) == (CALL,)


def test_two_names_that_calls_read_from_one_place_both_stay() -> None:
    other = replace(CALL, kind=Kind.HF_DATASET)
    assert gather_sightings([CALL, other], []) == (other, CALL)


def test_of_two_calls_the_unpinned_and_the_one_that_runs_code_decide() -> None:
    pinned = replace(CALL, revision="v1", remote_code=True)
    assert gather_sightings([pinned, replace(CALL, remote_code=False)], []) == (
        replace(CALL, remote_code=True),
    )
    unknown = replace(CALL, revision=Unknown("at run time"))
    assert gather_sightings([replace(CALL, revision="v1"), unknown], []) == (unknown,)


def test_a_shipped_use_wins_over_a_test_use() -> None:
    assert gather_sightings([replace(CALL, scope=Scope.TEST), CALL], []) == (CALL,)


def test_an_ignore_with_a_reason_reaches_the_sighting_of_its_line() -> None:
    ignores = [IgnoreComment("f.py", 3, ("x-y",), "because"), IgnoreComment("f.py", 3, ("z",), "")]
    assert gather_sightings([CALL], ignores) == (replace(CALL, ignored=("x-y",)),)


def test_sightings_are_sorted_by_place() -> None:
    later = replace(CALL, location=Location("f.py", 9, 1, 9, 4))
    other = replace(CALL, location=Location("e.py", 10, 1, 10, 4))
    assert gather_sightings([later, CALL, other], []) == (other, CALL, later)


def test_of_a_known_and_an_unknown_server_of_one_name_the_known_is_kept() -> None:
    known = replace(CALL, kind=Kind.API_MODEL, name="openai:gpt-4o", provider="openai")
    unknown = replace(known, name="unknown:gpt-4o", provider=Unknown("at run time"))
    assert gather_sightings([unknown, known], []) == (known,)
    assert gather_sightings([unknown], []) == (unknown,)


def test_of_two_guesses_the_one_that_knows_the_address_is_kept() -> None:
    guess = replace(CALL, certainty=Certainty.GUESSED)
    told = replace(guess, kind=Kind.API_MODEL, name="together:a/b", base_url="https://api.together.xyz/v1")
    by_name = replace(guess, kind=Kind.API_MODEL, name="openai:a/b")
    assert gather_sightings([guess, told, by_name], []) == (told,)
    assert gather_sightings([CALL, told], []) == (CALL,)
    assert gather_sightings([guess, by_name], []) == (by_name, guess)
