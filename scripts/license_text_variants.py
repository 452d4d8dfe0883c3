"""Makes variants of license texts, each with the answer identification should give.

    python scripts/license_text_variants.py FOLDER [--misses] [--seed N]

FOLDER holds texts (`KEY.txt`, or the `.LICENSE` files of licensedcode-data). Copies (reflowed, indented,
another holder, wrapped in Markdown, HTML, a card, a README or comments) must be answered with the key;
changed texts (a clause removed or added, a number, a date or the title changed, "non-commercial" put in)
never; two texts in one file with both; references, cards and program text with "none". The table that is
printed counts them. benchmarks/license_text and the tests use the same functions.
"""

from __future__ import annotations

import argparse
import html
import json
import random
import re
import sys
import textwrap
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

COPY, CHANGED, JOINED, NEGATIVE = "copy", "changed", "joined", "negative"


@dataclass(frozen=True, slots=True)
class Variant:
    """One made text and what it should be taken for."""

    kind: str
    group: str
    text: str
    keys: frozenset[str]
    """The keys it holds a copy of; of a changed text the one it is not; empty for a negative."""


def paragraphs(text: str) -> list[str]:
    """Blocks between empty lines."""
    return [block for block in re.split(r"\n\s*\n", text) if block.strip()]


def reflow(text: str, width: int = 72) -> str:
    """Wrap every paragraph anew."""
    return "\n\n".join(
        textwrap.fill(" ".join(block.split()), width, break_long_words=False) for block in paragraphs(text)
    )


def other_holder(text: str) -> str:
    """Put a copyright line of someone else on top."""
    return f"Copyright (c) 2031 Example Works, Inc. and its contributors\n\n{text}"


def indented(text: str) -> str:
    """Indent every line, as in a YAML block."""
    return textwrap.indent(text, "    ")


def as_markdown(text: str) -> str:
    """Head it, quote it, and make the first words of paragraphs bold."""
    blocks = []
    for at, block in enumerate(paragraphs(text)):
        words = block.split(" ", 1)
        bold = f"**{words[0]}** {words[1]}" if len(words) > 1 and at % 2 else block
        blocks.append(textwrap.indent(bold, "> ", lambda line: True))
    return "# License\n\n" + "\n>\n".join(blocks) + "\n"


def as_html(text: str) -> str:
    """Wrap paragraphs in tags and escape them."""
    body = "\n".join(f"<p>{html.escape(block)}</p>" for block in paragraphs(text))
    return f"<html><head><title>License</title></head><body>\n{body}\n</body></html>"


def as_comment(text: str) -> str:
    """Comment out every line."""
    return textwrap.indent(text, "# ", lambda line: True)


def in_card(text: str) -> str:
    """Put it into the gate of a model card."""
    prompt = textwrap.indent(reflow(text, 100), "  ")
    return (
        "---\nlicense: other\npipeline_tag: text-generation\nextra_gated_prompt: >-\n"
        f"{prompt}\nextra_gated_fields:\n  Country: country\n---\n\n# A model\n\nIt answers questions.\n"
    )


def in_readme(text: str) -> str:
    """Put it at the end of a README."""
    return (
        "# Widgets\n\nA library that draws widgets. You must install Python 3.11 first.\n\n"
        "## Usage\n\n    widgets draw --size 3\n\nThe size must not be negative.\n\n"
        f"## License\n\n{text}\n"
    )


def typographic(text: str) -> str:
    """Curly quotes, long dashes, another line end."""
    curled = re.sub(r'"([^"\n]{1,200})"', "“\\1”", text).replace("'", "’").replace(" - ", " – ")
    return curled.replace("\n", "\r\n")


def with_notes(text: str) -> str:
    """Put around it what files say that sets no condition."""
    return (
        "This file is part of the Widgets project. For more information see https://widgets.example/about.\n\n"
        f"{text.rstrip()}\n\nPortions are derived from Gears (https://gears.example), Copyright (c) 2019 the"
        " Gears authors.\n\nIf you use this work in your research, please cite:\n\n"
        "@article{x, title={Y}, year={2024}}\n\n"
        "Contact: hello@widgets.example\n"
    )


def above_code(text: str) -> str:
    """Make it the head of a program."""
    return (
        f"{as_comment(text)}\n\nimport widgets\n\n\ndef draw(model):\n"
        '    """The model must not be used before load(); the software may only be called once."""\n'
        "    return model.draw()\n"
    )


def as_json(text: str) -> str:
    """Make it a string of JSON."""
    return json.dumps({"name": "widgets", "license_text": text}, ensure_ascii=False)


def as_ascii_json(text: str) -> str:
    """The text in one string of JSON that escapes all but ASCII."""
    return json.dumps({"license": text})


COPIES: tuple[tuple[str, Callable[[str], str]], ...] = (
    ("as it is, with a footer", lambda text: text + "\n\nEnd of file\n"),
    ("reflowed to 60", lambda text: reflow(text, 60)),
    ("reflowed to 110", lambda text: reflow(text, 110)),
    ("one paragraph a line", lambda text: reflow(text, 100_000)),
    ("another holder", other_holder),
    ("indented", indented),
    ("Markdown", as_markdown),
    ("HTML", as_html),
    ("comments", as_comment),
    ("gate of a card", in_card),
    ("end of a README", in_readme),
    ("typographic", typographic),
    ("notes around", with_notes),
    ("head of a program", above_code),
    ("string of JSON", as_json),
    ("string of JSON in ASCII", as_ascii_json),
)


def clause_removed(text: str, chance: random.Random) -> str | None:
    """Leave out one paragraph of the middle."""
    blocks = paragraphs(text)
    middle = [at for at, block in enumerate(blocks) if len(block.split()) >= 30][1:-1]
    if len(middle) < 2:
        return None
    del blocks[chance.choice(middle)]
    return "\n\n".join(blocks)


def clause_added(text: str, chance: random.Random) -> str | None:
    """Put a condition between two paragraphs."""
    blocks = paragraphs(text)
    if len(blocks) < 3:
        return None
    added = (
        "You may not use the materials in any product or service that is offered to more than a small"
        " number of recipients unless the provider has agreed in writing."
    )
    blocks.insert(chance.randrange(1, len(blocks) - 1), added)
    return "\n\n".join(blocks)


def condition_below(text: str, chance: random.Random) -> str | None:
    """Put a condition at the end, as modified permissive licenses do."""
    return (
        f"{text.rstrip()}\n\nOur only modification is that the software shall not be used in commercial"
        " products or services without displaying its name on the user interface.\n"
    )


CONDITIONS = (
    "Commercial use requires a separate license; see https://example.com/licensing for details.",
    "The copyright holders must be notified in writing of any commercial use of this software.",
    "This license shall be governed by the laws of Ruritania, whose courts have jurisdiction.",
    "The model weights are excluded from this license and remain the property of Example Works.",
    "This license does not apply to companies with more than 50 employees.",
    "For research purposes only.",
    "NON-COMMERCIAL USE ONLY",
    "Academic use only. Not for commercial use.",
    "The Software may not be used to train machine learning models.",
    "This license is granted to everyone except for the following entities: Acme Corp, Widget Ltd.",
    "This license is not granted to users located in Ruritania.",
    "You agree to indemnify the authors against all claims that arise from your use of the Software.",
    "Additional restriction: hosting the model as a paid service is not allowed without permission.",
    "By using the model you also accept the policy at https://example.com/policy, a part of this license.",
    "You are not permitted to redistribute modified versions of the weights.",
)


def condition_around(text: str, chance: random.Random) -> str | None:
    """Put a condition above the text, below it, or at the end of its last line."""
    condition = chance.choice(CONDITIONS)
    return chance.choice(
        (f"{condition}\n\n{text}", f"{text.rstrip()}\n\n{condition}\n", f"{text.rstrip()} {condition}\n")
    )


def number_changed(text: str, chance: random.Random) -> str | None:
    """Change one number of a sentence."""
    pattern = r"(?<=[a-z] )(\d{1,3}(?:,\d{3})*)(?= (?:million|days|percent|users|years))"
    found = list(re.finditer(pattern, text))
    if not found:
        return None
    match = chance.choice(found)
    return text[: match.start()] + str(int(match[1].replace(",", "")) + 7) + text[match.end() :]


def date_changed(text: str, chance: random.Random) -> str | None:
    """Change a date below the title."""
    match = re.search(r"\b(\d{1,2}), (20\d\d)\b", text[:600])
    if not match:
        return None
    return text[: match.start()] + f"{int(match[1]) % 27 + 1}, {int(match[2]) + 1}" + text[match.end() :]


def made_non_commercial(text: str, chance: random.Random) -> str | None:
    """Limit one grant."""
    match = re.search(r"\b(non-exclusive|royalty-free|free of charge|without restriction)\b", text)
    if not match:
        return None
    return text[: match.end()] + ", non-commercial" + text[match.end() :]


CHANGES: tuple[tuple[str, Callable[[str, random.Random], str | None]], ...] = (
    ("clause removed", clause_removed),
    ("clause added", clause_added),
    ("condition below", condition_below),
    ("condition around", condition_around),
    ("number changed", number_changed),
    ("date changed", date_changed),
    ("made non-commercial", made_non_commercial),
)

REFERENCES = (
    "This model is licensed under the {title}.",
    "# A model\n\n## License\n\nReleased under the [{title}](LICENSE). By using it you agree to its terms.\n",
    "---\nlicense: other\nlicense_name: {key}\nlicense_link: LICENSE\n---\n\n# A model\n\nText generation.\n",
    "SPDX-License-Identifier: {key}\n",
    "Copyright 2031 Example Works\n\nUse of the weights is subject to the {title}; see the file LICENSE for"
    " the full text. No license is granted by this notice.\n",
)

NEGATIVES = (
    "",
    "MIT\n",
    "This is a placeholder license.\n",
    "https://example.com/LICENSE\n",
    "# Contributing\n\nThank you for your help. Please open an issue first, write a test, and sign off your"
    " commits. By contributing you agree that your contribution may be distributed under the license of the"
    " project.\n",
    "def grant(user, role):\n    '''Grant a role.'''\n    if not user.is_active:\n"
    "        raise ValueError(role)\n    return user.roles | {role}\n",
    "# Model card\n\nThe model was trained on 2 trillion tokens. It is intended for commercial and research"
    " use in English. Out of scope: use in any manner that violates applicable laws or regulations, including"
    " trade compliance laws. Use in languages other than English is out of scope.\n\n## Hardware\n\nTraining"
    " used 3.3M GPU hours.\n",
    "# Privacy\n\nWe collect your name and e-mail address to answer your questions. We do not sell them. You"
    " may ask us to delete them at any time.\n",
    "# Code of conduct\n\nBe kind. Harassment is not tolerated. Maintainers may remove comments that are not"
    " aligned with this code of conduct.\n",
)


def negatives(keys: dict[str, str]) -> Iterator[Variant]:
    """References to every license, and files that are none."""
    for key, title in keys.items():
        for at, shape in enumerate(REFERENCES):
            yield Variant(NEGATIVE, f"reference {at + 1}", shape.format(title=title, key=key), frozenset())
    for at, text in enumerate(NEGATIVES):
        yield Variant(NEGATIVE, f"no license {at + 1}", text, frozenset())


def variants(texts: dict[str, str], seed: int = 7) -> Iterator[Variant]:
    """Every variant of every text, in a fixed order."""
    chance = random.Random(seed)  # noqa: S311 - choices of a test, no secret
    keys = sorted(texts)
    for key in keys:
        for group, make in COPIES:
            yield Variant(COPY, group, make(texts[key]), frozenset({key}))
        for group, change in CHANGES:
            made = change(texts[key], chance)
            if made is not None and made != texts[key]:
                yield Variant(CHANGED, group, made, frozenset({key}))
    for key in keys:
        other = chance.choice([each for each in keys if each != key])
        joined = f"{texts[key].rstrip()}\n\n{'=' * 60}\n\n{texts[other]}"
        yield Variant(JOINED, "two texts", joined, frozenset({key, other}))


def read_folder(folder: Path) -> dict[str, str]:
    """Texts of a folder that have a record, by key."""
    from scanner.knowledge.license_fingerprints import load_fingerprints
    from scripts.fingerprint_licenses import texts_in, wanted_by_hash

    known = {text.key for text in load_fingerprints().texts}
    by_hash = wanted_by_hash()
    found = {}
    for sha256, text in texts_in(folder):
        record = by_hash.get(sha256)
        if record is not None and record.key in known:
            found[record.key] = text
    return found


def score(variant: Variant, answer: str, held: frozenset[str]) -> str:
    """`right`, `wrong`, or `confused` where another license is named."""
    match variant.kind:
        case "copy":
            if answer in variant.keys:
                return "right"
            return "wrong" if answer in ("unknown", "none") else "confused"
        case "changed":
            return "right" if answer == "unknown" else "confused"
        case "joined":
            return "right" if variant.keys <= held else "wrong"
        case _:
            return "right" if answer == "none" else "wrong"


def main() -> int:
    """Print the table."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder", type=Path)
    parser.add_argument("--misses", action="store_true")
    parser.add_argument("--seed", type=int, default=7)
    options = parser.parse_args()
    from scanner.knowledge.license_text import identify
    from scripts.fingerprint_licenses import titles

    texts = read_folder(options.folder)
    counts: dict[tuple[str, str], dict[str, int]] = {}
    seconds = []
    every = [*variants(texts, options.seed), *negatives({key: titles()[key] for key in sorted(texts)})]
    for variant in every:
        began = time.perf_counter()
        said = identify(variant.text)
        seconds.append(time.perf_counter() - began)
        held = frozenset(match.key for match in said.matches if match.is_copy)
        found = score(variant, said.answer, held)
        row = counts.setdefault((variant.kind, variant.group), {"right": 0, "wrong": 0, "confused": 0})
        row[found] += 1
        if options.misses and found != "right":
            near = [(match.key, match.score, match.differences[:2]) for match in said.matches[:2]]
            print(f"{variant.kind} {variant.group} {sorted(variant.keys)}: {said.answer} {near}")
    for (kind, group), row in counts.items():
        total = sum(row.values())
        print(
            f"{kind:9s} {group:26s} {row['right']:5d}/{total:<5d} wrong {row['wrong']}"
            f" confused {row['confused']}"
        )
    for kind in (COPY, CHANGED, JOINED, NEGATIVE):
        rows = [row for (each, _), row in counts.items() if each == kind]
        right, total = sum(row["right"] for row in rows), sum(sum(row.values()) for row in rows)
        print(
            f"{kind:9s} {right / max(1, total):7.2%} of {total}, confused {sum(r['confused'] for r in rows)}"
        )
    print(f"{1000 * sum(seconds) / len(seconds):.1f} ms a file, slowest {1000 * max(seconds):.0f} ms")
    return 0


if __name__ == "__main__":
    sys.exit(main())
