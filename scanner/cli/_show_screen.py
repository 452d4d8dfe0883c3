"""The screen of `lading show`."""

from __future__ import annotations

from collections import defaultdict

from scanner.cli._showing import Shown
from scanner.patterns import regex
from scanner.records.asset import Ancestor, Asset, Party
from scanner.records.quick import replace
from scanner.records.sighting import Kind
from scanner.records.terms import Terms
from scanner.records.unknown import Unknown
from scanner.reporting import phrases
from scanner.reporting.escaping import one_line
from scanner.reporting.page import LABEL_COLUMNS, Page, wrap

MAX_EVIDENCE = 8
MAX_PLACES = 6
MAX_STEPS = 30
MAX_NAMES = 12
_COMMIT = regex(r"(?<=@)([0-9a-f]{12})[0-9a-f]{28}\b")
"""A whole commit behind a name: twelve digits are shown, JSON has them all."""
_UNITS = ("B", "KB", "MB", "GB", "TB")
_SILENT = ("none", False, (), "")
"""Values of a term the text says nothing about."""
_TERMS = {
    "commercial_use": "commercial use",
    "territory_excluded": "not in",
    "attribution": "attribution",
    "naming": "naming",
    "aup": "use policy",
    "outputs_for_training": "training on outputs",
}
_DUTIES = {
    "copy_of_license": "pass on a copy of the license",
    "notice_text": "pass on a notice",
    "modified_files_notice": "mark changed files",
    "share_alike": "same license for what is made of it",
}


def screen_of(shown: Shown, width: int, *, color: bool) -> str:
    """Lay out one thing for the terminal."""
    page = Page(width)
    if shown.asset is not None:
        _write_asset(page, shown, shown.asset)
    else:
        _write_party_page(page, shown)
    return page.text(color=color)


def _write_asset(page: Page, shown: Shown, asset: Asset) -> None:
    page.paragraph(asset.name, "bold")
    if asset.renamed_from != "none":
        page.paragraph(f"asked for as {asset.renamed_from}{_redirect(asset)}", "yellow", 2)
    page.paragraph(_kind_line(asset), "dim", 2)
    page.paragraph(_source_line(asset), "dim", 2)
    for unanswered in shown.unanswered:
        page.paragraph(f"could not be asked: {unanswered.reason}", "yellow", 2)
    page.blank()
    if isinstance(asset.answered_by, Unknown) and asset.kind is not Kind.API_MODEL:
        _write_what_the_name_says(page, asset)
    else:
        _write_license(page, asset)
        _write_parties(page, asset)
        _write_lineage(page, asset)
        _write_files(page, asset)
    if shown.hosts:
        page.labeled("answers at", ", ".join(shown.hosts[:MAX_NAMES]))
    for at, place in enumerate(shown.places[:MAX_PLACES]):
        page.labeled("named in" if at == 0 else "", phrases.place_of_reference(place))
    if len(shown.places) > MAX_PLACES:
        page.labeled("", f"and {phrases.counted(len(shown.places) - MAX_PLACES, 'more place')}")
    if asset.license.evidence:
        page.blank()
    for at, evidence in enumerate(asset.license.evidence[:MAX_EVIDENCE]):
        words = _COMMIT.sub(r"\1", phrases.evidence_words(evidence))
        page.labeled("evidence" if at == 0 else "", words, style="dim")


def _write_what_the_name_says(page: Page, asset: Asset) -> None:
    """Of a thing nobody knows: the publisher, where its namespace is on record."""
    if isinstance(asset.publisher, Party):
        _write_parties(page, replace(asset, developer=asset.publisher))
    else:
        page.labeled("publisher", phrases.party_words(asset.publisher))


def _kind_line(asset: Asset) -> str:
    parts = [phrases.kind_of(asset.kind)]
    parts += [each for each in (asset.modality, asset.library, asset.availability) if isinstance(each, str)]
    if isinstance(asset.gated, str) or asset.gated is True:
        parts.append("gated" if asset.gated is True else f"gated ({asset.gated})")
    return " · ".join(parts)


def _redirect(asset: Asset) -> str:
    """What is known of a name that leads to another one."""
    told = next((each for each in asset.license.evidence if each.fact == "redirect"), None)
    if told is None:
        return ""
    match told.value:
        case "another repository":
            return f", which was another repository ({told.quote})"
        case "same repository" | "same publisher":
            return f" ({told.quote})"
        case _:
            return f"; whether that is the same repository is not known: {told.quote}"


def _source_line(asset: Asset) -> str:
    if isinstance(asset.answered_by, Unknown):
        return f"not known: {asset.answered_by.reason}"
    day = asset.as_of if isinstance(asset.as_of, str) else "day not recorded"
    parts = [f"{asset.answered_by}, {day}"]
    if isinstance(asset.commit, str):
        parts.append(f"commit {asset.commit[:12]}")
    if isinstance(asset.repository_id, str):
        parts.append(f"identity {asset.repository_id}")
    return " · ".join(parts)


def _write_inherited(page: Page, asset: Asset) -> None:
    """The terms of each base whose license is another one, once for each license."""
    told = {asset.license.key}
    for inherited in asset.inherited:
        lines = _terms_in_short(inherited.terms)
        if inherited.relation == "trained-on" or inherited.key in told or not lines:
            continue
        told.add(inherited.key)
        page.labeled("inherits", f"{phrases.say(inherited.key)}, from {inherited.from_}", style="bold")
        for line in lines:
            page.labeled("", line)


def _write_license(page: Page, asset: Asset) -> None:
    stated = asset.license
    category = "" if isinstance(stated.category, Unknown) else f" ({stated.category.value})"
    page.labeled("license", f"{phrases.say(stated.expression)}{category}", style="bold")
    if stated.declared:
        page.labeled("declared", ", ".join(stated.declared))
    if stated.detected:
        page.labeled("text", ", ".join(stated.detected))
    for at, line in enumerate(_terms_in_short(asset.terms)):
        page.labeled("terms" if at == 0 else "", line)


def _terms_in_short(terms: Terms | Unknown) -> list[str]:
    if isinstance(terms, Unknown):
        return []
    lines = []
    for name, label in _TERMS.items():
        term = getattr(terms, name)
        if term.value not in (*_SILENT, "not addressed") and not isinstance(term.value, Unknown):
            lines.append(f"{label}: {phrases.say(term.value)}{_clause(term.clause)}")
    if isinstance(terms.thresholds, tuple):
        lines += [f"from {each.value:,} {each.metric}: {each.effect}" for each in terms.thresholds]
    if isinstance(terms.field_bans, tuple) and terms.field_bans:
        lines.append(f"not for: {', '.join(each.field for each in terms.field_bans)}")
    if not isinstance(terms.distribution, Unknown):
        duties = [
            words
            for name, words in _DUTIES.items()
            if getattr(terms.distribution, name).value not in _SILENT
            and not isinstance(getattr(terms.distribution, name).value, Unknown)
        ]
        lines += [f"when passed on: {'; '.join(duties)}"] if duties else []
    return lines


def _clause(clause: str | Unknown) -> str:
    if isinstance(clause, Unknown) or clause == "none":
        return ""
    return f" ({clause.split(':', 1)[0]})"


def _write_parties(page: Page, asset: Asset) -> None:
    page.labeled("publisher", phrases.party_words(asset.publisher))
    is_made = asset.kind is not Kind.HF_DATASET
    if is_made and asset.developer != asset.publisher:
        page.labeled("developer", phrases.party_words(asset.developer))
    if asset.serving_entity is not None:
        page.labeled("served by", phrases.party_words(asset.serving_entity))
    if asset.endpoint is not None:
        page.labeled("host", phrases.say(asset.endpoint.host))
        page.labeled("region", phrases.say(asset.endpoint.region))
    parties = (asset.publisher, asset.developer, asset.serving_entity)
    _write_lists(page, [party for party in parties if isinstance(party, Party)])


def _write_lists(page: Page, parties: list[Party]) -> None:
    said = []
    for party in parties:
        for entry in party.lists:
            line = f"{entry.list}: {entry.matched}, {entry.status}, {phrases.say_briefly(entry.as_of)}"
            said.append(line)
    for at, line in enumerate(dict.fromkeys(said)):
        page.labeled("lists" if at == 0 else "", line)


def _write_lineage(page: Page, asset: Asset) -> None:
    if asset.kind is Kind.HF_DATASET:
        return
    if isinstance(asset.lineage, Unknown):
        page.labeled("made from", f"unknown ({asset.lineage.reason})")
    elif not asset.lineage:
        page.labeled("made from", "nothing else: it is the root")
    else:
        _write_tree(page, asset, asset.lineage)
        _write_inherited(page, asset)
    _write_training_data(page, asset)


def _write_training_data(page: Page, asset: Asset) -> None:
    """Name the datasets the tree does not hold, or say that none is known."""
    if isinstance(asset.trained_on, Unknown) and asset.kind is not Kind.API_MODEL:
        page.labeled("trained on", f"unknown ({asset.trained_on.reason})")
    elif isinstance(asset.trained_on, tuple) and not isinstance(asset.lineage, tuple):
        page.labeled("trained on", phrases.counted(len(asset.trained_on), "dataset") + " its card names")
        _draw(page, {asset.trained_on[0].of: list(asset.trained_on)}, asset.trained_on[0].of, "", set())


def _write_tree(page: Page, asset: Asset, lineage: tuple[Ancestor, ...]) -> None:
    data = sum(each.relation == "trained-on" for each in lineage)
    models = phrases.counted(len(lineage) - data, "model") if len(lineage) > data else "no model"
    page.labeled("made from", f"{models}, {phrases.counted(data, 'dataset')}" if data else models)
    children: dict[str, list[Ancestor]] = defaultdict(list)
    for ancestor in lineage:
        children[ancestor.of].append(ancestor)
    drawn = _draw(page, children, asset.name, "", {asset.name})
    if drawn < len(lineage):
        page.labeled("", f"and {phrases.counted(len(lineage) - drawn, 'more step')}")


def _draw(
    page: Page, children: dict[str, list[Ancestor]], name: str, trunk: str, above: set[str], drawn: int = 0
) -> int:
    """Draw the bases of one name, each with its license and country, then their bases below them."""
    bases = [each for each in children.get(name, ()) if each.name not in above]
    for at, base in enumerate(bases):
        if drawn >= MAX_STEPS:
            break
        drawn += 1
        is_last = at == len(bases) - 1
        has_more = base.name in children
        how = "trained on" if base.relation == "trained-on" else f"{base.relation} of"
        _line(page, trunk + ("└─ " if is_last else "├─ "), f"{how} {base.name}", "")
        below = trunk + ("   " if is_last else "│  ")
        _line(page, below + ("│  " if has_more else "   "), _step(base), "dim")
        drawn = _draw(page, children, base.name, below, above | {base.name}, drawn)
    return drawn


def _step(base: Ancestor) -> str:
    if isinstance(base.license_key, str):
        license_ = base.license_key
    elif isinstance(base.license_declared, str):
        license_ = f"{base.license_declared} (no record)"
    else:
        license_ = f"license unknown ({base.license_declared.reason})"
    who = base.entity if isinstance(base.entity, str) else base.publisher
    country = base.country if isinstance(base.country, str) else "country unknown"
    shown = f"{who} ({country})" if isinstance(who, str) else "publisher unknown"
    return f"{license_} · {shown} · {base.confidence.value}"


def _line(page: Page, trunk: str, text: str, style: str) -> None:
    """Write text beside the trunk; wrapped lines keep it."""
    indent = LABEL_COLUMNS + 2
    follow = trunk.replace("├─", "│ ").replace("└─", "  ")
    for at, line in enumerate(wrap(one_line(text), page.width - indent - len(trunk))):
        page.lines.append([(" " * indent, ""), (trunk if at == 0 else follow, "dim"), (line, style)])


def _write_files(page: Page, asset: Asset) -> None:
    if isinstance(asset.files, Unknown):
        return
    formats: dict[str, list[int]] = defaultdict(list)
    runs_code = set()
    for file in asset.files:
        formats[file.format].append(file.bytes if isinstance(file.bytes, int) else 0)
        if file.runs_code is True:
            runs_code.add(file.format)
    words = []
    for name, sizes in sorted(formats.items(), key=lambda each: (-sum(each[1]), each[0])):
        size = f", {_size(sum(sizes))}" if sum(sizes) else ""
        code = ", can run code" if name in runs_code else ""
        words.append(f"{name} ({len(sizes)}{size}{code})")
    page.labeled("files", " · ".join(words) or "none")


def _size(size_bytes: float) -> str:
    unit = 0
    while size_bytes >= 1000 and unit < len(_UNITS) - 1:
        size_bytes, unit = size_bytes / 1000, unit + 1
    return f"{size_bytes:.1f} {_UNITS[unit]}" if unit else f"{size_bytes:.0f} B"


def _write_party_page(page: Page, shown: Shown) -> None:
    page.paragraph(shown.wanted.name, "bold")
    page.paragraph(str(shown.wanted.kind), "dim", 2)
    page.blank()
    party = shown.party
    if not isinstance(party, Party):
        page.labeled("unknown", party.reason if party else "nothing is recorded")
        return
    facts = {
        "name": party.name,
        "entity": party.entity,
        "parent": party.parent,
        "country": party.country,
        "its parent": party.parent_country,
        "kind": party.kind,
        "role": party.role,
        "source": party.source,
        "as of": party.as_of,
        "sure": party.confidence.value,
    }
    for label, value in facts.items():
        page.labeled(label, phrases.say(value))
    if shown.hosts:
        more = len(shown.hosts) - MAX_NAMES
        page.labeled(
            "answers at", ", ".join(shown.hosts[:MAX_NAMES]) + (f" and {more} more" if more > 0 else "")
        )
    if shown.host is not None:
        page.labeled("host", f"{shown.host.host} (recorded as {shown.host.pattern})")
        page.labeled("region", phrases.say(shown.host.region))
    _write_lists(page, [party])
    if shown.models:
        names = [name.split("/", 1)[1] for name in shown.models]
        more = len(names) - MAX_NAMES
        rest = f" and {more} more" if more > 0 else ""
        page.labeled("catalog", ", ".join(names[:MAX_NAMES]) + rest)
