"""Tests of requests that JavaScript sends to a service without a library of its own."""

from pathlib import Path

import pytest

from scanner.discovery.file_reading import load_kit, read_file
from scanner.discovery.javascript_requests import MAX_REQUESTS
from scanner.discovery.neighbours import ProjectFiles
from scanner.project.tree import ProjectFile, Tree
from scanner.records.sighting import Certainty, Scope
from scanner.records.unknown import Unknown
from tests.discovery.javascript_kit import source_of, views_of
from tests.discovery.reading import world

ROUTER = "https://openrouter.ai/api/v1"
AXIOS = "import axios from 'axios';\n"


def said(folder: Path, texts: dict[str, str]) -> list[str]:
    """What the first of some files names by the requests it sends; read as it is in a scan."""
    for path, content in texts.items():
        (folder / path).parent.mkdir(exist_ok=True, parents=True)
        (folder / path).write_text(content)
    files = tuple(ProjectFile(path, len(content)) for path, content in texts.items())
    tree = Tree(folder.resolve(), "p", files, (), Unknown("no git"), Unknown("no git"))
    found = read_file(tree, files[0], load_kit(world()), ProjectFiles(tree, world()))
    sent = (each for each in found.sightings if each.detector == "posted-request")
    return sorted({f"{each.kind.value} {each.name}" for each in sent})


@pytest.mark.parametrize(
    "text",
    [
        "fetch('URL/chat/completions', { method: 'POST', body: JSON.stringify({ model: 'lab1/net2' }) })",
        "const U = 'URL/chat/completions'; const M = 'lab1/net2';\n"
        "const ask = (m, model = M) => fetch(U, { body: JSON.stringify({ model, m }) })",
        "const body = { model: 'lab1/net2' };\nfetch(`URL/chat/completions`, { body: JSON.stringify(body) })",
        "const given = { body: JSON.stringify({ model: 'lab1/net2' }) };\nfetch(`URL/${path}`, given)",
        "const B = process.env.LLM_URL || 'URL';\n"
        "fetch(B + '/chat/completions', { body: { model: 'lab1/net2' } })",
        "function callApi(url, body) { return fetch(url, { body: JSON.stringify(body) }) }\n"
        "callApi('URL/chat/completions', { model: 'lab1/net2' })",
        "fetch(new URL('/chat/completions', 'URL'), { body: JSON.stringify({ model: 'lab1/net2' }) })",
        AXIOS + "axios.post('URL/chat/completions', { model: 'lab1/net2' }, { headers: {} })",
        AXIOS + "axios({ url: 'URL/chat/completions', data: { model: 'lab1/net2' } })",
        AXIOS + "axios.request({ baseURL: 'URL', url: '/chat/completions', data: { model: 'lab1/net2' } })",
        AXIOS
        + "const c = axios.create({ baseURL: 'URL' });\n"
        "c.post('/chat/completions', { model: 'lab1/net2' })",
        AXIOS
        + "class A { http = axios.create({ baseURL: 'URL' });\n"
        "f() { this.http.post('/x', { model: 'lab1/net2' }) } }",
        "import got from 'got';\ngot('URL/chat/completions', { json: { model: 'lab1/net2' } })",
        "import ky from 'ky';\nconst k = ky.extend({ prefixUrl: 'URL' });\n"
        "k.post('chat', { json: { model: 'lab1/net2' } })",
        "const r = require('superagent');\nr.post('URL/chat').set('a', 'b').send({ model: 'lab1/net2' })",
        "const q = https.request({ hostname: 'openrouter.ai', path: '/api/v1/chat/completions' });\n"
        "q.write(JSON.stringify({ model: 'lab1/net2' }))",
    ],
)  # fmt: skip
def test_the_address_says_whose_the_model_in_the_body_is(tmp_path: Path, text: str) -> None:
    assert said(tmp_path, {"a.ts": text.replace("URL/", f"{ROUTER}/").replace("'URL'", f"'{ROUTER}'")}) == [
        "api-model openrouter:lab1/net2"
    ]


@pytest.mark.parametrize(
    "text",
    [
        "fetch('http://localhost:11434/api/generate', { body: JSON.stringify({ model: 'tern3' }) })",
        "const U = process.env.OLLAMA_URL || 'http://localhost:11434';\n"
        "f.post(`${U}/api/chat`, { model: 'tern3' })",
        "const model = process.env.M || 'tern3';\n"
        "fetch(`${process.env.OLLAMA_HOST}/api/generate`, { body: JSON.stringify({ model }) })",
        "const host = localStorage.getItem('host') || 'http://ollama:11434';\n"
        "fetch(`${host}/api/chat`, { body: JSON.stringify({ model: 'tern3' }) })",
        "class A { constructor(private url = 'http://localhost:11434', readonly model = 'tern3') {}\n"
        "f() { return fetch(`${this.url}/api/chat`, { body: JSON.stringify({ model: this.model }) }) } }",
        "fetch('http://localhost:11434/api/pull', { body: JSON.stringify({ name: 'tern3' }) })",
    ],
)
@pytest.mark.parametrize("name", ["a.ts", "a.vue", "a.svelte"])
def test_what_ollama_is_asked_for_is_its_model(tmp_path: Path, name: str, text: str) -> None:
    whole = text if name == "a.ts" else f"<script lang='ts'>\n{text}\n</script>\n"
    assert said(tmp_path, {name: whole}) == ["ollama tern3"]


@pytest.mark.parametrize(
    "text",
    [
        "fetch('/api/chat', { body: JSON.stringify({ model: 'tern-3' }) })",
        "fetch(`${API}/api/chat`, { body: JSON.stringify({ model: 'tern-3' }) })",
        "fetch('https://shop.example.com/api/items', { body: JSON.stringify({ model: 'T-1000' }) })",
        "f.post('http://localhost:3000/api/cars', { model: 'golf-3', name: 'x' })",
        "fetch('http://localhost:11434/api/chat', { body: JSON.stringify({ name: 'tern3' }) })",
        "fetch('https://openrouter.ai/api/v1/x', { body: JSON.stringify({ name: 'lab1/net2' }) }) // model",
        "show('https://openrouter.ai/api/v1', { model: 'lab1/net2' })",
        "nock('https://openrouter.ai').post('/api/v1/chat', { model: 'lab1/net2' })",
    ],
)
def test_a_request_to_what_is_not_known_to_serve_models_says_nothing(tmp_path: Path, text: str) -> None:
    if text.startswith("nock"):
        text += " // an answer is made by hand here, and nothing is sent"
        assert said(tmp_path, {"tests/a.test.ts": text}) == []
    else:
        assert said(tmp_path, {"a.ts": text}) == []


def test_where_nobody_knows_who_answers_the_path_says_that_a_model_is_asked(tmp_path: Path) -> None:
    ask = (
        "fetch('https://a.example.com/v1/chat/completions', { body: JSON.stringify({ model: 'own-7b-x' }) })"
    )
    assert said(tmp_path, {"a.ts": ask}) == ["api-model unknown:own-7b-x"]


def test_address_and_name_are_followed_into_other_files(tmp_path: Path) -> None:
    texts = {
        "a.ts": "import { http, NAME } from './conf';\nhttp.post('/chat', { model: NAME });\n",
        "conf.ts": AXIOS + f"export const http = axios.create({{ baseURL: '{ROUTER}' }});\n"
        "export const NAME = 'lab1/net2';\n",
    }
    assert said(tmp_path, texts) == ["api-model openrouter:lab1/net2"]
    texts["a.ts"] = (
        "import { NAME as model } from './conf';\n"
        f"fetch('{ROUTER}/chat', {{ body: JSON.stringify({{ model }}) }});\n"
    )
    assert said(tmp_path, texts) == ["api-model openrouter:lab1/net2"]


def test_of_two_addresses_the_one_is_meant_that_has_such_models(tmp_path: Path) -> None:
    text = (
        "const U = local ? 'https://api.deepseek.com/chat/completions' : 'https://api.openai.com/v1/completions';\n"
        "fetch(U, { body: JSON.stringify({ model: 'NAME' }) })"
    )
    assert said(tmp_path, {"a.ts": text.replace("NAME", "deepseek-chat")}) == [
        "api-model deepseek:deepseek-chat"
    ]
    assert said(tmp_path, {"a.ts": text.replace("NAME", "tern-9")}) == []


def test_the_name_stands_where_it_is_written() -> None:
    text = f"const body = {{ model: 'lab1/net2' }};\nfetch('{ROUTER}/chat', {{ body }});"
    (request,) = (each for each in views_of(text) if hasattr(each, "addresses"))
    ((key, name),) = request.named
    assert (key, name.value, name.location.line, name.certainty) == (
        "model",
        "lab1/net2",
        1,
        Certainty.LITERAL,
    )
    assert [each.value for each in request.addresses] == [f"{ROUTER}/chat"]


def test_a_test_that_sends_a_request_says_nothing_of_the_program(tmp_path: Path) -> None:
    ask = f"fetch('{ROUTER}/chat', {{ body: JSON.stringify({{ model: 'lab1/net2' }}) }});\n"
    assert said(tmp_path, {"tests/a.test.ts": ask}) == []
    assert source_of(ask, scope=Scope.TEST).scope is Scope.TEST


@pytest.mark.parametrize(
    "text",
    [
        "fetch('http://a/chat', { body: s({ model: 'm1' }) });\n" * 800,
        "let u;\n"
        + "u = 'http://a' + x;\nu = 'http://b';\n" * 300
        + "fetch(u, { body: { model: 'm1' } });\n" * 900,
        "const a = x.post('http://b')" + ".set()" * 4_000 + ";\na.send({ model: 'm1' });\n",
        "fetch({ body: { body: { body: {" * 500 + "model: 'm1'" + "} } } })" * 500,
    ],
    ids=range(4),
)
def test_very_many_requests_end(text: str) -> None:
    sent = [each for each in views_of(text) if hasattr(each, "addresses")]
    assert len(sent) <= MAX_REQUESTS
