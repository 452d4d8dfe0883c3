"""Terms are read from tables people write by hand, and come back as they went."""

from __future__ import annotations

from scanner.records.encoding import decode, encode
from scanner.records.fact import Confidence
from scanner.records.terms import (
    Duty,
    Extent,
    FieldBan,
    Law,
    Outputs,
    Student,
    Term,
    Terms,
    Territory,
    Threshold,
)
from scanner.records.unknown import Unknown

BY_HAND = {
    "commercial_use": {"value": "conditional (MAU limit)", "clause": "§2", "confidence": "verified"},
    "thresholds": [
        {
            "metric": "monthly revenue",
            "op": ">",
            "value": 20000000,
            "unit": "USD per month, with affiliates",
            "effect": "must display the name",
            "scope": "only if commercially used",
            "confidence": "verified",
        }
    ],
    "territory_excluded": {"value": ["EU (multimodal models only)"], "confidence": "verified"},
    "attribution": {"value": 'above a threshold: display "Kimi K2"', "confidence": "verified"},
    "naming": {"value": None, "confidence": "verified"},
    "outputs_for_training": {"value": "forbidden for competing models", "confidence": "verified"},
    "distribution": {"copy_of_license": {"value": True, "clause": "§3", "confidence": "verified"}},
    "patent": {"grant": False, "retaliation": False, "clause": ""},
    "governing_law": {"value": {"law": "Delaware", "venue": None}, "confidence": "verified"},
    "field_bans": [{"field": "military or illegal purposes", "confidence": "verified"}],
}


def test_words_fill_the_typed_fields_a_table_leaves_out() -> None:
    terms = decode(Terms, BY_HAND)
    assert terms.commercial_use.head == "conditional"
    assert terms.thresholds == (
        Threshold(
            metric="monthly revenue",
            op=">",
            value=20000000,
            unit="USD per month, with affiliates",
            period="month",
            effect="must display the name",
            clause="none",
            confidence=Confidence.VERIFIED,
            triggers="attribution",
            affiliates=True,
            only="commercial",
        ),
    )
    assert terms.territory_excluded == Territory(
        ("EU (multimodal models only)",), "none", Confidence.VERIFIED, "domicile", "multimodal"
    )
    assert terms.attribution == Duty(
        'above a threshold: display "Kimi K2"',
        "none",
        Confidence.VERIFIED,
        words=("Kimi K2",),
        when=("threshold",),
    )
    assert not terms.naming.is_asked
    assert terms.outputs_for_training == Outputs(
        "forbidden for competing models", "none", Confidence.VERIFIED, scope="competing-models"
    )
    assert terms.governing_law.value == Law("Delaware", "none")
    assert terms.field_bans == (
        FieldBan("military or illegal purposes", "none", Confidence.VERIFIED, ("military",), Extent.WHOLE),
    )


def test_a_term_that_is_not_there_was_not_read() -> None:
    terms = decode(Terms, {})
    assert terms.commercial_use == Term(Unknown("not in this report"))
    assert terms.thresholds == Unknown("not in this report")
    assert terms.commercial_use.head == "unknown"


def test_terms_come_back_as_they_went() -> None:
    terms = decode(Terms, BY_HAND)
    assert decode(Terms, encode(terms)) == terms


def test_the_word_that_decides_comes_first() -> None:
    assert [Term(value).head for value in ("yes", True, False, "no (see §2)", "not addressed", "none")] == [
        "yes",
        "yes",
        "no",
        "no",
        "not",
        "none",
    ]


def test_a_student_that_the_text_calls_a_derivative() -> None:
    outputs = decode(Outputs, {"value": "allowed; a model so trained is a Derivative of the Model"})
    assert outputs.student is Student.DERIVATIVE
