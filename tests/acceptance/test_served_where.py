"""Who serves a hosted model and where, decided by address, prefix, class or default; on small projects."""

from __future__ import annotations

from pathlib import Path
from typing import Any, cast

import pytest

from tests.cli.kit import Lading


def hosted(lading: Lading, root: Path, code: str) -> dict[str, Any]:
    """The one asset of a project of one Python file."""
    root.mkdir()
    (root / "app.py").write_text(code, "utf-8")
    (root / "lading.yaml").write_text("version: 1\n", "utf-8")
    (asset,) = lading.scan(root).report["assets"]
    assert asset["kind"] == "api-model"
    return cast("dict[str, Any]", asset)


def served(lading: Lading, root: Path, code: str) -> tuple[object, object, object, object]:
    """Serving entity, its country, host and country or name of the region of the one hosted model."""
    asset = hosted(lading, root, code)
    entity, endpoint = asset["serving_entity"], asset["endpoint"]
    return entity["entity"], entity["country"], endpoint["host"], endpoint["region"]


@pytest.mark.parametrize(
    ("imported", "call", "expected"),
    [
        ("dashscope", "dashscope.Generation.call(model='qwen-max')", ("CN", "dashscope.aliyuncs.com", "CN")),
        (
            "from langchain_community.chat_models import ChatTongyi",
            "ChatTongyi(model='qwen-max')",
            ("CN", "dashscope.aliyuncs.com", "CN"),
        ),
        (
            "from langchain_qwq import ChatQwen",
            "ChatQwen(model='qwen-max')",
            ("CN", "dashscope-intl.aliyuncs.com", "SG"),
        ),
        (
            "from camel.models import QwenModel",
            "QwenModel('qwen-max')",
            ("CN", "dashscope.aliyuncs.com", "CN"),
        ),
        (
            "from agno.models.dashscope import DashScope",
            "DashScope(id='qwen-max')",
            ("CN", "dashscope-intl.aliyuncs.com", "SG"),
        ),
        ("litellm", "litellm.completion('qwencloud/qwen-max')", ("CN", "dashscope-intl.aliyuncs.com", "SG")),
        (
            "litellm",
            "litellm.completion('qwen_ai_platform/qwen-max')",
            ("CN", "dashscope.aliyuncs.com", "CN"),
        ),
        ("litellm", "litellm.completion('zai/glm-4.6')", ("CN", "api.z.ai", "international")),
        ("litellm", "litellm.completion('bigmodel/glm-4.6')", ("CN", "open.bigmodel.cn", "CN")),
        (
            "litellm",
            "litellm.completion('modelscope/Qwen/Qwen3-8B')",
            ("CN", "api-inference.modelscope.cn", "CN"),
        ),
        (
            "litellm",
            "litellm.completion('gigachat/GigaChat-2')",
            ("RU", "gigachat.devices.sberbank.ru", "RU"),
        ),
        ("from gigachat import GigaChat", "GigaChat(model='GigaChat-2')", ("RU", "api.giga.chat", "RU")),
        (
            "from zai import ZaiClient",
            "ZaiClient().chat.completions.create(model='glm-4.6')",
            ("CN", "api.z.ai", "international"),
        ),
        (
            "from zai import ZhipuAiClient",
            "ZhipuAiClient().chat.completions.create(model='glm-4.6')",
            ("CN", "open.bigmodel.cn", "CN"),
        ),
        (
            "from camel.models import MoonshotModel",
            "MoonshotModel('kimi-k2')",
            ("CN", "api.moonshot.ai", "international"),
        ),
        (
            "from agno.models.moonshot import MoonShot",
            "MoonShot(id='kimi-k2')",
            ("CN", "api.moonshot.ai", "international"),
        ),
        (
            "from langchain_community.chat_models import MoonshotChat",
            "MoonshotChat(model='moonshot-v1-8k')",
            ("CN", "api.moonshot.cn", "CN"),
        ),
        (
            "from agno.models.minimax import MiniMax",
            "MiniMax(id='MiniMax-M2')",
            ("CN", "api.minimax.io", "international"),
        ),
        (
            "from camel.models import MinimaxModel",
            "MinimaxModel('MiniMax-M2')",
            ("CN", "api.minimaxi.com", "CN"),
        ),
        (
            "from camel.models import VolcanoModel",
            "VolcanoModel('doubao-pro')",
            ("CN", "ark.cn-beijing.volces.com", "CN"),
        ),
        (
            "from camel.models import WatsonXModel",
            "WatsonXModel('ibm/granite-3-8b-instruct')",
            ("US", "jp-tok.ml.cloud.ibm.com", "JP"),
        ),
        (
            "from pydantic_ai.models.openai import OpenAIChatModel\n"
            "from pydantic_ai.providers.moonshotai import MoonshotAIProvider",
            "OpenAIChatModel('kimi-k2', provider=MoonshotAIProvider())",
            ("CN", "api.moonshot.ai", "international"),
        ),
    ],
)
def test_a_client_goes_where_its_library_sends_it(
    lading: Lading, tmp_path: Path, imported: str, call: str, expected: tuple[str, str, str]
) -> None:
    start = imported if imported.startswith("from") else f"import {imported}"
    assert served(lading, tmp_path / "p", f"{start}\n\n{call}\n")[1:] == expected


OPENAI = "from openai import OpenAI\n\n{before}client = OpenAI(base_url={url})\n"
OPENAI += "client.chat.completions.create(model='deepseek-chat', messages=[])\n"
DEEPSEEK = ("Hangzhou DeepSeek", "CN", "api.deepseek.com")


@pytest.mark.parametrize(
    ("before", "url"),
    [
        ("", '"https://api.deepseek.com"'),
        ("", '"https://api.deepseek.com:443/v1/"'),
        ('URL = "https://api.deepseek.com"\n', "URL"),
        ('HOST = "api.deepseek.com"\n', 'f"https://{HOST}/v1"'),
        ("import os\n", 'os.getenv("BASE", "https://api.deepseek.com")'),
        ("import os\n", 'os.environ.get("BASE", "https://api.deepseek.com")'),
        ("import os\n", 'os.environ.get("BASE") or "https://api.deepseek.com"'),
    ],
)
def test_the_address_decides_and_not_the_class(lading: Lading, tmp_path: Path, before: str, url: str) -> None:
    assert served(lading, tmp_path / "p", OPENAI.format(before=before, url=url))[:3] == DEEPSEEK


@pytest.mark.parametrize(
    "url",
    [
        "https://api.deepseek.com.example.org",
        "https://api-deepseek.com",
        "https://xapi.deepseek.com",
        "https://example.org/api.deepseek.com",
        "https://api.deepseek.com@example.org/v1",
    ],
)
def test_an_address_that_only_looks_like_a_service_is_unknown(
    lading: Lading, tmp_path: Path, url: str
) -> None:
    entity, country, *_ = served(lading, tmp_path / "p", OPENAI.format(before="", url=f"{url!r}"))
    assert (entity, country) == ({"unknown": "no record of this service"},) * 2


@pytest.mark.parametrize(
    ("one", "other"),
    [("api.minimax.io", "api.minimaxi.com"), ("api.moonshot.ai", "api.moonshot.cn")],
)
def test_near_identical_hosts_are_told_apart(lading: Lading, tmp_path: Path, one: str, other: str) -> None:
    seen = [
        served(lading, tmp_path / host, OPENAI.format(before="", url=f"'https://{host}/v1'"))[2:]
        for host in (one, other)
    ]
    assert seen == [(one, "international"), (other, "China")]


@pytest.mark.parametrize(
    ("call", "region"),
    [
        ("boto3.client('bedrock-runtime', region_name='eu-central-1')", "eu-central-1"),
        ("boto3.client('bedrock-runtime')", None),
    ],
)
def test_a_model_of_a_cloud_has_three_facts(
    lading: Lading, tmp_path: Path, call: str, region: str | None
) -> None:
    code = f"import boto3\n\n{call}.converse(modelId='deepseek.r1-v1:0', messages=[])\n"
    asset = hosted(lading, tmp_path / "p", code)
    seen = asset["endpoint"]["region"]
    assert (
        asset["serving_entity"]["entity"],
        asset["serving_entity"]["country"],
        seen if isinstance(seen, str) else None,
        asset["developer"]["country"],
    ) == ("Amazon Web Services", "US", region, "CN")


def test_a_default_says_that_it_is_one_and_what_can_change_it(lading: Lading, tmp_path: Path) -> None:
    code = "from openai import OpenAI\n\nOpenAI().chat.completions.create(model='gpt-4o', messages=[])\n"
    asset = hosted(lading, tmp_path / "p", code)
    (host,) = [one for one in asset["license"]["evidence"] if one["fact"] == "endpoint.host"]
    assert host["value"] == "api.openai.com"
    assert "the project gives no address" in host["source"]
    assert "OPENAI_BASE_URL" in host["source"]
