"""Thresholds of a license against the figures a project declares."""

from __future__ import annotations

from collections.abc import Iterator

from scanner.policy.judged import Judged, State
from scanner.policy.use import Use
from scanner.records.quick import dataclass
from scanner.records.terms import Threshold
from scanner.records.unknown import Unknown

RATES = {"RMB": (4.0, 12.0), "CNY": (4.0, 12.0), "EUR": (0.5, 1.5), "KRW": (600.0, 2500.0)}
"""Widest and narrowest units of a currency to one US dollar that are taken for possible; between the two
bounds the answer is a question, so no rate of a day is needed."""


@dataclass(frozen=True, slots=True)
class _Figure:
    """A declared figure that a threshold is held against."""

    fact: str
    """As a policy names it: `use.monthly_active_users`."""
    at_least: float | None
    """None: nothing is known from below."""
    at_most: float | None
    """None: nothing is known from above."""


def judge_thresholds(
    thresholds: tuple[Threshold, ...] | Unknown, use: Use, licensor: str
) -> Iterator[Judged]:
    """Judge each threshold; of several that are alternative ways in, all must be crossed."""
    if isinstance(thresholds, Unknown):
        yield Judged("thresholds", State.QUESTION, f"thresholds were not read: {thresholds.reason}")
        return
    if not thresholds:
        yield Judged("thresholds", State.NOT_APPLICABLE, "the text has no threshold")
        return
    groups: dict[str, list[Judged]] = {}
    for at, threshold in enumerate(thresholds):
        judged = judge_threshold(threshold, use, licensor)
        groups.setdefault(threshold.alternative or f"#{at}", []).append(judged)
    for members in groups.values():
        yield _least(members)


def judge_threshold(threshold: Threshold, use: Use, licensor: str) -> Judged:
    """Judge one threshold."""
    if threshold.only == "commercial" and use.commercial is False:
        return _judged(threshold, State.NOT_APPLICABLE, "it counts commercial use only")
    if threshold.op == "is":
        return _judge_condition(threshold, use, licensor)
    figure = _figure(threshold, use)
    if figure is None:
        why = f"nothing declared says whether {threshold.metric} exceed the limit"
        return _judged(threshold, State.QUESTION, why, f"use: {threshold.metric}")
    if threshold.triggers != "license" and figure.at_least is None and figure.at_most is None:
        # A duty, not a limit: without any figure it is listed among the obligations as unknown.
        return _judged(
            threshold, State.NOT_APPLICABLE, f"above it a duty follows, {figure.fact} is not declared"
        )
    state, why = _held_against(threshold, figure)
    missing = figure.fact if state is State.QUESTION else None
    if state is State.QUESTION and figure.at_least == threshold.value and threshold.unsettled_at_equality:
        missing = "what the text means at exactly this number"
    if state is State.MET and threshold.affiliates and use.includes_affiliates is False:
        why = "the figure leaves affiliates out, and the text counts them"
        return _judged(threshold, State.QUESTION, why, "use.includes_affiliates")
    if state is State.VIOLATED and threshold.only == "commercial" and isinstance(use.commercial, Unknown):
        return _judged(threshold, State.QUESTION, "it counts commercial use only", "use.commercial")
    return _judged(threshold, state, why, missing)


def _held_against(threshold: Threshold, figure: _Figure) -> tuple[State, str]:
    limit, shown = float(threshold.value), f"{threshold.value:,} {threshold.metric}"
    crosses_at_limit = threshold.op == ">="
    low, high = figure.at_least, figure.at_most
    if threshold.unsettled_at_equality and low == high == limit:
        return State.QUESTION, f"the text does not say what holds at exactly {shown}"
    if low is not None and (low > limit or (low == limit and crosses_at_limit)):
        return State.VIOLATED, f"the declared figure is {'at' if low == limit else 'above'} {shown}"
    if high is not None and (high < limit or (high == limit and not crosses_at_limit)):
        return State.MET, f"the declared figure does not exceed {shown}"
    if low is None and high is None:
        return State.QUESTION, f"{figure.fact} is not declared, and the text draws a line at {shown}"
    return State.QUESTION, f"the declared figures do not say on which side of {shown} the project is"


def _figure(threshold: Threshold, use: Use) -> _Figure | None:
    metric = threshold.metric.lower()
    if "revenue" in metric or "income" in metric or "turnover" in metric:
        return _in_currency(_revenue(threshold, use), threshold.unit)
    for word, fact, value in (
        ("daily active", "use.daily_active_users", use.daily_active_users),
        ("active users", "use.monthly_active_users", use.monthly_active_users),
        ("visit", "use.monthly_visits", use.monthly_visits),
        ("device", "use.devices_shipped", use.devices_shipped),
    ):
        if word in metric:
            return _exactly(fact, value)
    return None


def _revenue(threshold: Threshold, use: Use) -> _Figure:
    """A month never exceeds its year, and a year is at least its month."""
    month, year = use.monthly_revenue_usd, use.annual_revenue_usd
    if threshold.period == "month":
        if isinstance(month, Unknown):
            return _Figure("use.monthly_revenue_usd", None, _number(year))
        return _exactly("use.monthly_revenue_usd", month)
    if isinstance(year, Unknown):
        return _Figure("use.annual_revenue_usd", _number(month), None)
    return _exactly("use.annual_revenue_usd", year)


def _in_currency(figure: _Figure, unit: str) -> _Figure:
    """Figures are declared in US dollars; another currency widens them to what is possible."""
    for name, (fewest, most) in RATES.items():
        if name.lower() in unit.lower():
            low = None if figure.at_least is None else figure.at_least * fewest
            high = None if figure.at_most is None else figure.at_most * most
            return _Figure(figure.fact, low, high)
    return figure


def _judge_condition(threshold: Threshold, use: Use, licensor: str) -> Judged:
    """A plain condition: the project competes with the licensor."""
    competes = use.competes_with
    if isinstance(competes, Unknown):
        why = f"a condition holds for whoever {threshold.metric}"
        return _judged(threshold, State.QUESTION, why, "use.competes_with")
    named = f"{threshold.metric} {licensor}".lower()
    if any(name.lower() in named for name in competes):
        return _judged(threshold, State.VIOLATED, f"the project {threshold.metric}")
    return _judged(threshold, State.MET, f"the project is not said to be one that {threshold.metric}")


def _judged(threshold: Threshold, state: State, why: str, missing: str | None = None) -> Judged:
    if state is State.VIOLATED and threshold.triggers != "license":
        state = State.OWED
    return Judged(
        "thresholds",
        state,
        f"{why}: {threshold.effect}" if threshold.effect else why,
        threshold.clause,
        threshold.confidence,
        missing,
        f"{threshold.metric} {threshold.value}",
    )


def _least(members: list[Judged]) -> Judged:
    """Of alternative ways in, the one that decides: one that is open is enough."""
    order = (State.NOT_APPLICABLE, State.MET, State.QUESTION, State.OWED, State.VIOLATED)
    return min(members, key=lambda each: order.index(each.state))


def _exactly(fact: str, value: int | Unknown) -> _Figure:
    number = _number(value)
    return _Figure(fact, number, number)


def _number(value: int | Unknown) -> float | None:
    return None if isinstance(value, Unknown) else float(value)
