"""What the arguments of a library call say beside the name."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from scanner.discovery.plugin import Context
from scanner.discovery.python_values import Reference
from scanner.discovery.service_names import service_called
from scanner.discovery.switches import ADDRESS_VARIABLE
from scanner.discovery.views import Bundle, Call, Constant, Opaque, Text, Value
from scanner.knowledge.libraries import Argument, CallRecord, Elsewhere, NamedThing
from scanner.patterns import regex
from scanner.records.quick import dataclass, replace
from scanner.records.sighting import Certainty, Location
from scanner.records.unknown import Unknown

AT_RUN_TIME = "chosen at run time"


@dataclass(frozen=True, slots=True)
class Service:
    """Who answers a hosted call."""

    provider: str | Unknown
    base_url: str | Unknown | None = None
    opaque: Opaque | None = None
    """The expression that decides the address at run time."""


def value_of(call: Call, argument: Argument | None) -> Value:
    """The value a call gives to an argument, by keyword or position.

    A keyword `outer.inner` looks into a dictionary given as `outer`, or into the call that makes it; `*made`
    is what the call that made the object is given first (`registry.get("openai").create(name=…)`).
    """
    if argument is None:
        return ()
    for keyword in argument.keywords:
        if keyword in ("*name", "*call"):
            return _own_name(call, 2 if keyword == "*name" else 1)
        if keyword == "*made":
            return call.receiver.positional[0] if call.receiver and call.receiver.positional else ()
        outer, _, inner = keyword.partition(".")
        value = call.argument(outer)
        if inner:
            value = tuple(_inner(value, inner))
        if value:
            return value
    if argument.position is not None and argument.position < len(call.positional):
        value = call.positional[argument.position]
        if any(isinstance(member, Bundle) for member in value):
            names = (keyword.partition(".")[2] for keyword in argument.keywords if "." in keyword)
            return tuple(each for name in names for each in _inner(value, name)) or value
        return value
    return ()


def with_members(call: Call, members: dict[str, str], depth: int = 0) -> Call:
    """A call with the texts members of its library's enumerations stand for (`ModelType.GPT_4O`)."""

    def told(value: Value) -> Value:
        return tuple(_told(member, members, depth) for member in value)

    return replace(
        call,
        positional=tuple(told(value) for value in call.positional),
        keywords=tuple((name, told(value)) for name, value in call.keywords),
    )


def _told(
    member: Text | Opaque | Constant | Call | Bundle, members: dict[str, str], depth: int
) -> Text | Opaque | Constant | Call | Bundle:
    if isinstance(member, Call) and depth == 0:
        return with_members(member, members, depth + 1)
    if isinstance(member, Reference):
        text = members.get(".".join(member.name.removesuffix(".value").split(".")[-2:]))
        return Text(text, member.location, Certainty.FOLDED) if text else member
    return member


def _own_name(call: Call, place: int) -> Value:
    """A name of the call itself, from its end: the last but one of `pipelines.HUBERT_BASE.get_model`."""
    parts = call.name.split(".")
    if len(parts) < 2:
        return ()
    return (Text(parts[-place], call.named_at or call.location),)


def loads_weights(call: Call, record: CallRecord) -> bool:
    """Whether a call takes weights; where that is decided at run time it may."""
    if record.loads is None:
        return True
    value = value_of(call, record.loads.argument)
    if not value:
        return record.loads.default
    return any(not isinstance(member, Constant) or bool(member.value) for member in value)


def _inner(value: Value, name: str) -> Iterator[Text | Opaque | Constant | Call | Bundle]:
    for member in value:
        if isinstance(member, Bundle):
            for key, held in member.entries:
                if key is not None and key.value == name:
                    yield from held
        elif isinstance(member, Call):
            yield from member.argument(name)


def texts_in(value: Value, depth: int = 0) -> Iterator[Text]:
    """Every text a value may be, those in lists of it included."""
    for member in value:
        if isinstance(member, Text):
            yield member
        elif isinstance(member, Bundle) and depth < 3:
            for _, held in member.entries:
                yield from texts_in(held, depth + 1)


def first_open(value: Value) -> Opaque | None:
    """The first member that is decided at run time."""
    return next((member for member in value if isinstance(member, Opaque)), None)


def meant_thing(thing: NamedThing, call: Call) -> NamedThing:
    """What an argument names in this call: of another hub where a second argument says so."""
    for other in thing.instead:
        value = value_of(call, other.argument)
        said = {text.value.lower() for text in texts_in(value)}
        said |= {str(each.value).lower() for each in value if isinstance(each, Constant)}
        if said and said <= set(other.texts):
            return other.thing
    return thing


def revision_of(call: Call, argument: Argument | None) -> str | Unknown | None:
    """The revision a call asks for; None where it says nothing."""
    value = value_of(call, argument)
    if not value or all(isinstance(member, Constant) and member.value is None for member in value):
        return None
    names = {text.value for text in value if isinstance(text, Text) and text.value}
    if len(names) == 1 and first_open(value) is None:
        return names.pop()
    if len(names) > 1:
        return Unknown("one of several revisions")
    opaque = first_open(value)
    return Unknown(opaque.reason if opaque else AT_RUN_TIME)


def remote_code_of(call: Call, record: CallRecord) -> bool | Unknown | None:
    """Whether the call lets the repository's code run; None where the question does not arise."""
    if record.remote_code is None:
        return None
    value = value_of(call, record.remote_code)
    if not value:
        return record.remote_code_default
    said = {bool(member.value) for member in value if isinstance(member, Constant)}
    if True in said:
        return True
    if len(said) == 1 and all(isinstance(member, Constant) for member in value):
        return said.pop()
    return Unknown(AT_RUN_TIME)


def text_of(call: Call, argument: Argument | None) -> str | Unknown | None:
    """The one text an argument has; Unknown where it is open, None where it is not given."""
    value = value_of(call, argument)
    text = next((member.value for member in value if isinstance(member, Text)), None)
    if text is not None:
        return text
    opaque = first_open(value)
    return Unknown(_why(opaque)) if opaque else None


def service_of(
    call: Call,
    record: CallRecord,
    context: Context,
    model: str = "",
    beside: Callable[[Location], bool] | None = None,
) -> Service:
    """Who serves a hosted call: the address decides, then the library's default, never the class's name.

    `beside` tells whether a place lies in the function the model is named in: of several services an
    address may lead to, the one written there is meant, else the one whose names the model's is like.
    """
    unseen = False
    given = _given_client(call, record)
    if isinstance(given, Text):
        return _spelled(given.value, record, context)
    asked = list(_clients(call, record, context))
    if given is not None:
        asked = list(_clients(given, _record_of(given, context), context)) if isinstance(given, Call) else []
        if not any(known for _, known in asked):
            return Service(Unknown("the client is made elsewhere"))
    for made, known in asked:
        value = value_of(made, known.base_url) if known is not None else ()
        addresses = list(_addresses(value))
        if addresses:
            return _one_of(addresses, model, beside, context)
        opaque = first_open(value)
        if opaque is not None:
            reason = Unknown(_why(opaque))
            if "/openai/deployments/" in opaque.expression:
                return Service("azure-openai", reason)
            if host := _HOST.search(opaque.expression):
                placed = _at(host[1], context)
                if isinstance(placed.provider, str):
                    return placed
            return Service(reason, reason, opaque)
        unseen = unseen or bool(made.argument("**"))
    clients = [(made, known) for made, known in asked if known is not None]
    if unseen and not any(known.provider in ALONE for _, known in clients):
        reason = Unknown("the client is made elsewhere")
        return Service(reason, None)
    for made, known in clients:
        if known.elsewhere is not None and _is_sent(made, known.elsewhere):
            return Service(known.elsewhere.provider)
    for _, known in (*clients[1:], *clients[:1]):
        # A client of another's cloud (`AnthropicVertex`) shares its calls with the first party's.
        if known.provider:
            return Service(known.provider)
    if call.receiver is None and call.name.startswith("?."):
        return _of_unknown_object(call, record, context, model)
    for made, known in clients:
        called = made.name.rsplit(".", 1)[-1]
        for name in (made.name, called):
            if found := context.provider_of_client(known.library, name, model):
                return Service(found)
    return Service(Unknown("no record says where this client goes"))


def _of_unknown_object(call: Call, record: CallRecord, context: Context, model: str) -> Service:
    """Who serves a call of an object made elsewhere: many services speak the protocol of one library."""
    called = call.name.rpartition(".")[2]
    usual = next(
        (
            found
            for name in (call.name, called)
            if (found := context.provider_of_client(record.library, name, model))
        ),
        None,
    )
    offering = context.providers_of_model(model)
    if usual in offering:
        return Service(usual)
    return Service(offering[0] if len(offering) == 1 else Unknown("the client is made elsewhere"))


_HOST = regex(r"^[fr]{0,2}[\"'](https?://[A-Za-z0-9][\w.\-]*)[:/]")
"""The host of an address of which something else is filled in: `f"http://localhost:{port}/v1"`."""


def at_set_address(service: Service, call: Call, context: Context) -> Service:
    """A service at the address the program puts where its clients look for one (`OPENAI_BASE_URL`)."""
    if service.base_url is not None or not isinstance(service.provider, str):
        return service
    for name, value in call.environment:
        found = ADDRESS_VARIABLE.fullmatch(name)
        if found is None or not isinstance(value, Text) or "://" not in value.value:
            continue
        if service_called(found[1], context) == service.provider:
            return _at(value.value.strip(), context)
    return service


def _is_sent(call: Call, elsewhere: Elsewhere) -> bool:
    """Whether an argument sends a call to another provider."""
    for member in value_of(call, elsewhere.argument):
        if elsewhere.text:
            if isinstance(member, Text) and member.value.lower() == elsewhere.text:
                return True
        elif not isinstance(member, Opaque) and not (isinstance(member, Constant) and not member.value):
            return True
    return False


ALONE = frozenset({"anthropic", "cohere", "google-gemini", "groq", "mistral", "voyage"})
"""Services whose clients speak to them alone: nobody else's address is given to these."""
_CLIENTS = frozenset({"provider", "openai_client", "async_client", "client"})
"""Arguments a call is given its client in, where its record looks for the address there."""


def _given_client(call: Call, record: CallRecord) -> Call | Text | Opaque | None:
    """The client a call is given as an argument (`provider=AlibabaProvider()`, `provider="deepseek"`)."""
    for keyword in record.base_url.keywords if record.base_url else ():
        outer, _, inner = keyword.partition(".")
        if inner and outer in _CLIENTS:
            place = record.base_url.position if record.base_url else None
            given = value_of(call, Argument(place, (outer,)))
            return next((each for each in given if isinstance(each, (Call, Text, Opaque))), None)
    return None


def _spelled(service: str, record: CallRecord, context: Context) -> Service:
    """The service a library calls so."""
    named = dict(record.things[0].prefixes).get(service) if record.things else None
    named = named or context.provider_of_prefix(f"{service}/")
    return Service(named or Unknown(f"{service!r} is no provider that is known"))


def _record_of(made: Call, context: Context) -> CallRecord | None:
    return next(iter(context.calls_of(made.name)), None)


def _clients(
    call: Call, record: CallRecord | None, context: Context
) -> Iterator[tuple[Call, CallRecord | None]]:
    """The call itself, then the calls that made the object it is called on."""
    yield call, record
    made = call.receiver
    depth = 0
    while made is not None and depth < 6:
        yield made, _record_of(made, context)
        made, depth = made.receiver, depth + 1


def region_of(call: Call, record: CallRecord, context: Context) -> str | Unknown | None:
    """The region a call or its client asks for."""
    for made, known in _clients(call, record, context):
        if known is not None and (found := text_of(made, known.region)) is not None:
            return found
    return None


def _at(url: str, context: Context) -> Service:
    found = context.provider_of_host(url)
    if found is None:
        return Service(Unknown("no provider is known for this address"), url)
    return Service(found, url)


def _addresses(value: Value, depth: int = 0) -> Iterator[Text]:
    """Addresses a value may be, or that a call makes it of: `httpx.URL("https://…")`, `with_v1(url)`."""
    for member in value:
        if isinstance(member, Text):
            if member.value.strip() and (depth == 0 or "://" in member.value):
                yield member
        elif isinstance(member, Call) and depth < 3:
            for given in (*member.positional, *(given for _, given in member.keywords)):
                yield from _addresses(given, depth + 1)


def _one_of(
    addresses: list[Text], model: str, beside: Callable[[Location], bool] | None, context: Context
) -> Service:
    """The service one of several addresses leads to; unknown where nothing tells which."""
    offered = [_at(address.value.strip(), context) for address in addresses]
    if len({each.provider for each in offered if isinstance(each.provider, str)}) < 2:
        return offered[0]
    near = [
        each for address, each in zip(addresses, offered, strict=True) if beside and beside(address.location)
    ]
    if len({each.provider for each in near}) == 1:
        return near[0]
    alike = context.providers_of_model(model)
    fitting = [each for each in near or offered if each.provider in alike]
    if len({each.provider for each in fitting}) == 1:
        return fitting[0]
    reason = Unknown("one of several addresses")
    return Service(reason, reason)


def _why(opaque: Opaque) -> str:
    """Why a value is open, in words that name the variable where there is one."""
    if opaque.reason == "environment":
        quoted = opaque.expression.replace('"', "'").split("'")
        return f"{quoted[1] if len(quoted) > 1 else opaque.expression} is set at run time"
    return opaque.reason
