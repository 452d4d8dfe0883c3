"""Networks that OpenVINO writes down as XML, beside the file of their numbers."""

from __future__ import annotations

from scanner.patterns import regex

_NETWORK = regex(
    r"\A\ufeff?\s*(?:<\?xml[^>]{0,200}\?>\s*)?(?:<!--(?:[^-]|-(?!->)){0,2000}-->\s*)?"
    r"<net\s(?=[^>]{0,400}\bversion=[\"']\d)[^>]{0,400}>\s*<layers\b"
)


def describes_network(start: str) -> bool:
    """Whether an XML text begins like a network of layers; lists of an electrical circuit's nets do not."""
    return _NETWORK.match(start) is not None
