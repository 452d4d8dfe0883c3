"""Words in a notice count where they are said, not where they are asked for or missing."""

from __future__ import annotations

import pytest

from scanner.policy.statements import stands_in, stated_on

WORDS = "Built with Llama"
SENTENCE = "Acme 1 is licensed under the Acme 1 License, Copyright © Acme, Inc. All Rights Reserved."


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("Built with Llama", 1),
        ("shop\n\nBuilt with\n  Llama.\n", 3),
        ("This product shows: Built with Llama", 1),
        ("This product shows: “Built with Llama”.", 1),
        ("We display 'Built with Llama' in the footer of every page.", 1),
        ("Its pages are **Built with Llama** and are looked after by Acme.", 1),
        ("Acme is not affiliated with Meta. Built with Llama.", 1),
        ("Built with Llama. You may not use this file except in compliance with the License.", 1),
        ("You must keep this file.\n\nBuilt with Llama\n", 3),
        ("acme/model\n----------\nBuilt with Llama\nLicense: unknown (no license is known as 'x')\n", 3),
        ("used by no-code-shop\n====================\n\nBuilt with Llama\n", 4),
        ("# Missing\n\nthe logo\n\n# Shown\n\nBuilt with Llama\n", 7),
        ("# Notices\n## Missing\nthe logo\n## Shown\nBuilt with Llama\n", 5),
        ("Missing:\n- the logo\n\nBuilt with Llama\n", 4),
        ("Missing:\n- the logo\nShown:\n- Built with Llama\n", 4),
        ("- [ ] the logo\n- [x] Built with Llama\n", 2),
        ("- TODO: the logo\n- Built with Llama\n", 2),
        ("TODO: show “Built with Llama”\n\nBuilt with Llama\n", 3),
        ("Models used, e.g. by Acme, are Built with Llama", 1),
        ("> Built with Llama", 1),
        ("<!-- models -->\nBuilt with Llama\n<!-- end -->", 2),
        ("Which model is it? Built with Llama", 1),
        ("Attribution:\n\nBuilt with Llama", 3),
        ("Required notices:\n\n  Built with Llama", 3),
        ("Model: Acme 1\nAttribution: Built with Llama\nModified: no\n", 2),
        ("| model | words |\n|---|---|\n| llama | Built with Llama |", 3),
        ("Built with Llama\nYou must keep the license.", 1),
        ("The No.js shop is Built with Llama", 1),
    ],
)
def test_what_is_said_is_a_statement(text: str, line: int) -> None:
    assert stated_on(WORDS, text) == line


@pytest.mark.parametrize(
    "text",
    [
        'TODO: we do not show "Built with Llama" anywhere yet',
        "TODO Built with Llama",
        "TODO: the following.\nBuilt with Llama\n",
        "FIXME: “Built with Llama”",
        "“Built with Llama” (TODO)",
        "- [ ] Built with Llama",
        "We don't show Built with Llama.",
        "We don’t show Built with Llama.",
        "We do not\nshow Built with Llama.",
        "“Built with Llama” is missing.",
        "“Built with Llama” is\nnot shown anywhere.",
        "Built with Llama: not yet",
        "The pages must show Built with Llama.",
        "“Built with Llama” should be shown.",
        "“Built with Llama” has to be displayed.",
        "The license requires “Built with Llama” on the pages.",
        "We will show “Built with Llama” from May on.",
        "Show “Built with Llama” in the footer.",
        "(B) prominently display “Built with Llama” on a website",
        "- acme/model: show the attribution: “Built with Llama” (§1)",
        "Add “Built with Llama” to the footer",
        "Do we show “Built with Llama”?",
        "If weights are passed on: Built with Llama",
        "No “Built with Llama” is shown.",
        "Not met yet (remove this block when done):\n- a: logo\n- b: Built with Llama\n",
        "Not met yet:\n\n- a: logo\n\n- b: Built with Llama\n",
        "Still missing are\nthese:\n\n  Built with Llama\n",
        "# Notices\n## Missing\n\nthe logo\n\nBuilt with Llama\n",
        "Not done\n--------\nthe logo\n\nBuilt with Llama\n",
        "**Missing**\n\nBuilt with Llama\n",
        "Not shown yet\n\nBuilt with Llama\n",
        "<!-- Built with Llama -->",
        "~~Built with Llama~~",
        "Built with Llama\nmust be shown",
        "Open points\n\n1. Built with Llama",
        "1. TODO\n   Built with Llama",
        "## To do\nBuilt with Llama",
        "Reminder: Built with Llama",
        "Obligations\n\n- Built with Llama",
        "Required: Built with Llama",
        "Next release: Built with Llama",
        "Built with Llamafile",
        "We do not yet (cf. Section 3) show Built with Llama.",
        "„Built with Llama“ fehlt noch.",
        "尚未显示 Built with Llama",
    ],
)
def test_what_is_missing_or_asked_for_is_none(text: str) -> None:
    assert stated_on(WORDS, text) == 0


def test_words_that_end_a_sentence_themselves_are_judged_without_the_next_one() -> None:
    assert stated_on(SENTENCE, f"{SENTENCE} You may not use this file otherwise.") == 1
    assert stated_on(SENTENCE, f"“{SENTENCE}” is still missing here.") == 0
    assert stated_on(SENTENCE, f"You must not remove this:\n\n{SENTENCE}\n") == 0


def test_words_stand_in_a_text_however_they_are_meant() -> None:
    assert stands_in("say “so”", 'never say\n"so"')
    assert not stands_in("say so", "say\nnothing so")


@pytest.mark.parametrize(
    "text",
    [
        "Built with Llama not " * 20_000,
        "not:\n" * 100_000 + WORDS,
        "Not:\n\n" + "- a\n\n" * 50_000 + f"- {WORDS}",
        "n" * 400_000 + f" not {WORDS}",
        "not\n" * 100_000 + WORDS,
        "#" * 400_000 + f" not {WORDS}",
    ],
)
def test_a_hostile_notice_is_judged_in_bounded_work(text: str) -> None:
    assert stated_on(WORDS, text) == 0
