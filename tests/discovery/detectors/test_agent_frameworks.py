"""Calls of agent frameworks, voice pipelines and what stands around them: models, services, addresses."""

from pathlib import Path

import pytest

from scanner.discovery.detectors.library_calls import DETECTOR
from scanner.knowledge.providers import client_default
from scanner.knowledge.store import open_knowledge
from scanner.records.unknown import Unknown
from tests.discovery.reading import lines, read_project

HIDDEN = "deployment name: the model behind it is not stated"


@pytest.mark.parametrize(
    ("imported", "call", "expected"),
    [
        ("from autogen_ext.models.openai import OpenAIChatCompletionClient as F", "F(model='gpt-4o-mini')",
         "api-model openai:gpt-4o-mini 2 literal"),
        ("from autogen_ext.models.openai import OpenAIChatCompletionClient as F",
         "F(model='gemini-1.5-flash-8b')", "api-model google-gemini:gemini-1.5-flash-8b 2 literal"),
        ("from autogen_ext.models.openai import OpenAIChatCompletionClient as F",
         "F(model='claude-3-opus-20240229')", "api-model anthropic:claude-3-opus-20240229 2 literal"),
        ("from autogen_ext.models.openai import OpenAIChatCompletionClient as F",
         "F(model='lab1/net2', base_url='https://openrouter.ai/api/v1')",
         "api-model openrouter:lab1/net2 2 literal"),
        ("from autogen_ext.models.openai import OpenAIChatCompletionClient as F",
         "F(model='lab1/net2', base_url='http://localhost:8000/v1')", "hf-model lab1/net2 2 literal"),
        ("from autogen_ext.models.anthropic import AnthropicBedrockChatCompletionClient as F",
         "F(model='anthropic.net2-v1:0', bedrock_info={'aws_region': 'us-east-1'})",
         "api-model aws-bedrock:anthropic.net2-v1:0 2 literal"),
        ("from autogen_ext.models.ollama import OllamaChatCompletionClient as F", "F(model='llama3.2')",
         "ollama llama3.2 2 literal"),
        ("from autogen_ext.models.llama_cpp import LlamaCppChatCompletionClient as F",
         "F(repo_id='lab1/net2-GGUF', filename='net2.gguf')", "hf-model lab1/net2-GGUF 2 literal"),
        ("from autogen import LLMConfig as F", "F(api_type='google', model='gemini-2.0-flash-lite')",
         "api-model google-gemini:gemini-2.0-flash-lite 2 literal"),
        ("from autogen import LLMConfig as F", "F(api_type='groq', model='lab1/net2')",
         "api-model groq:lab1/net2 2 literal"),
        ("from ag2.config import OpenAIConfig as F", "F('gpt-5', base_url='https://api.deepseek.com')",
         "api-model deepseek:gpt-5 2 literal"),
        ("from ag2.config import OllamaConfig as F", "F(model='llama3.2')", "ollama llama3.2 2 literal"),
        ("from semantic_kernel.connectors.ai.open_ai import OpenAIChatCompletion as F",
         "F(ai_model_id='gpt-4o-mini', service_id='x')", "api-model openai:gpt-4o-mini 2 literal"),
        ("from semantic_kernel.connectors.ai.ollama import OllamaChatCompletion as F",
         "F('x', 'llama3.2:1b')", "ollama llama3.2:1b 2 literal"),
        ("from semantic_kernel.connectors.ai.google.google_ai import GoogleAIChatCompletion as F",
         "F(gemini_model_id='gemini-2.0-flash', use_vertexai=True)",
         "api-model google-vertex:gemini-2.0-flash 2 literal"),
        ("from semantic_kernel.connectors.ai.hugging_face import HuggingFaceTextCompletion as F",
         "F('lab1/net2', task='summarization')", "hf-model lab1/net2 2 literal"),
        ("from semantic_kernel.connectors.ai.hugging_face import HuggingFaceTextEmbedding as F",
         "F(ai_model_id='lab1/net2')", "hf-model lab1/net2 2 literal"),
        ("from agents import Agent as F", "F(name='x', model='o3-mini')",
         "api-model openai:o3-mini 2 literal"),
        ("from agents.extensions.models.litellm_model import LitellmModel as F",
         "F(model='groq/lab1/net2', api_key=k)", "api-model groq:lab1/net2 2 literal"),
        ("from agents import AsyncOpenAI, OpenAIChatCompletionsModel as F",
         "F(model='lab1/net2:free', openai_client=AsyncOpenAI(base_url='https://openrouter.ai/api/v1'))",
         "api-model openrouter:lab1/net2:free 2 literal"),
        ("from agents import Agent as F", "F(name='x', model='litellm/anthropic/claude-3-5-haiku-latest')",
         "api-model anthropic:claude-3-5-haiku-latest 2 literal"),
        ("from agents import Agent as F", "F(name='x', model='any-llm/openrouter/lab1/net2')",
         "api-model openrouter:lab1/net2 2 literal"),
        ("from google.adk.agents import Agent as F", "F(name='x', model='gemini-2.0-flash')",
         "api-model google-gemini:gemini-2.0-flash 2 literal"),
        ("from google.adk.models.lite_llm import LiteLlm as F", "F('ollama_chat/llama3:8b')",
         "ollama llama3:8b 2 literal"),
        ("from google.adk.models.google_llm import Gemini as F", "F()",
         "api-model google-gemini:gemini-2.5-flash 2 implicit"),
        ("from strands import Agent as F", "F(model='us.amazon.net2-v1:0')",
         "api-model aws-bedrock:us.amazon.net2-v1:0 2 literal"),
        ("from strands.models import BedrockModel as F", "F()",
         "api-model aws-bedrock:global.anthropic.claude-sonnet-4-6 2 implicit"),
        ("from strands.models.openai import OpenAIModel as F",
         "F(client_args={'base_url': 'https://api.deepseek.com'}, model_id='deepseek-chat')",
         "api-model deepseek:deepseek-chat 2 literal"),
        ("from strands.models.ollama import OllamaModel as F", "F('http://box:11434', model_id='llama3.1')",
         "ollama llama3.1 2 literal"),
    ],
)  # fmt: skip
def test_frameworks_name_their_models_as_the_packages_declare_it(
    tmp_path: Path, imported: str, call: str, expected: str
) -> None:
    assert lines(tmp_path, f"{imported}\n{call}\n", DETECTOR) == [expected]


@pytest.mark.parametrize(
    ("imported", "call"),
    [
        ("from autogen_ext.models.openai import AzureOpenAIChatCompletionClient as F",
         "F(azure_deployment='prod', azure_endpoint='https://x.openai.azure.com')"),
        ("from semantic_kernel.connectors.ai.open_ai import AzureChatCompletion as F",
         "F(deployment_name='prod', endpoint='https://x.openai.azure.com')"),
    ],
)  # fmt: skip
def test_a_deployment_of_azure_hides_its_model(tmp_path: Path, imported: str, call: str) -> None:
    assert lines(tmp_path, f"{imported}\n{call}\n", DETECTOR) == [
        "api-model azure-openai:prod 2 literal",
        f"unresolved api-model 'prod' 2 {HIDDEN}",
    ]


def test_a_model_beside_its_deployment_is_the_one_that_is_named(tmp_path: Path) -> None:
    text = (
        "from autogen_ext.models.openai import AzureOpenAIChatCompletionClient as F\n"
        "F(azure_deployment='prod', model='gpt-4o', azure_endpoint='https://x.openai.azure.com')\n"
    )
    assert lines(tmp_path, text, DETECTOR) == ["api-model azure-openai:gpt-4o 2 literal"]


@pytest.mark.parametrize(
    ("given", "provider", "base_url"),
    [
        ("AsyncOpenAI(base_url='https://api.deepseek.com')", "deepseek", "https://api.deepseek.com"),
        ("AsyncOpenAI()", "openai", None),
        ("AsyncAzureOpenAI(azure_endpoint='https://x.openai.azure.com')", "azure-openai",
         "https://x.openai.azure.com"),
        ("wrapped(AsyncOpenAI())", Unknown("the client is made elsewhere"), None),
        ("made", Unknown("the client is made elsewhere"), None),
    ],
)  # fmt: skip
@pytest.mark.parametrize(
    "call",
    [
        "OpenAIChatCompletionsModel('gpt-4o', {})",
        "OpenAIChatCompletionsModel(model='gpt-4o', openai_client={})",
        "OpenAIChatCompletion(ai_model_id='gpt-4o', async_client={})",
        "OpenAIModel({}, model_id='gpt-4o')",
    ],
)
def test_a_model_handed_its_client_is_asked_where_that_goes(
    tmp_path: Path, call: str, given: str, provider: object, base_url: object
) -> None:
    text = (
        "from agents import OpenAIChatCompletionsModel\nfrom openai import AsyncAzureOpenAI, AsyncOpenAI\n"
        "from semantic_kernel.connectors.ai.open_ai import OpenAIChatCompletion\n"
        "from strands.models.openai import OpenAIModel\n"
        f"def ask(made):\n    client = {given}\n    return {call.format('client')}\n"
    )
    found = read_project(tmp_path, {"app.py": text}, DETECTOR).sightings
    assert [(each.provider, each.base_url) for each in found] == [(provider, base_url)]


@pytest.mark.parametrize(
    ("imported", "call", "expected"),
    [
        ("from livekit.plugins import openai as f", "f.LLM(model='gpt-4.1-mini')",
         ["api-model openai:gpt-4.1-mini 2 literal"]),
        ("from livekit.plugins import openai as f", "f.LLM.with_ollama(model='llama3.2')",
         ["ollama llama3.2 2 literal"]),
        ("from livekit.plugins import openai as f", "f.LLM.with_cerebras(model='llama3.1-8b')",
         ["api-model cerebras:llama3.1-8b 2 literal"]),
        ("from livekit.plugins import openai as f", "f.TTS()",
         ["api-model openai:gpt-4o-mini-tts 2 implicit"]),
        ("from livekit.plugins import deepgram as f", "f.STT(model='nova-3')",
         ["api-model deepgram:nova-3 2 literal"]),
        ("from livekit.plugins import cartesia as f", "f.TTS(model='sonic-2', voice='x')",
         ["api-model cartesia:sonic-2 2 literal"]),
        ("from livekit.plugins import elevenlabs as f", "f.TTS(model='eleven_turbo_v2_5')",
         ["api-model elevenlabs:eleven_turbo_v2_5 2 literal"]),
        ("from livekit.plugins import google as f", "f.LLM(model='gemini-2.5-flash', vertexai=True)",
         ["api-model google-vertex:gemini-2.5-flash 2 literal"]),
        ("from livekit.plugins import google as f",
         "f.beta.realtime.RealtimeModel(model='gemini-2.0-flash-exp')",
         ["api-model google-gemini:gemini-2.0-flash-exp 2 literal"]),
        ("from livekit.plugins import anthropic as f", "f.LLM(model='claude-3-5-haiku-latest')",
         ["api-model anthropic:claude-3-5-haiku-latest 2 literal"]),
        ("from livekit.plugins import aws as f", "f.LLM(model='anthropic.net2-v1:0', region='eu-west-1')",
         ["api-model aws-bedrock:anthropic.net2-v1:0 2 literal"]),
        ("from livekit.plugins.turn_detector.multilingual import MultilingualModel as f", "f()",
         ["hf-model livekit/turn-detector 2 implicit @v0.4.1-intl"]),
        ("from livekit.plugins import groq as f", "f.LLM(model='lab1/net2')",
         ["api-model groq:lab1/net2 2 literal"]),
        ("from livekit.agents import AgentSession as f",
         "f(llm='openai/gpt-4.1-mini', stt='deepgram/nova-3')",
         ["api-model livekit:openai/gpt-4.1-mini 2 literal", "api-model livekit:deepgram/nova-3 2 literal"]),
        ("from livekit.agents.inference import TTS as f", "f('cartesia/sonic-2')",
         ["api-model livekit:cartesia/sonic-2 2 literal"]),
        ("from pipecat.services.openai.llm import OpenAILLMService as f", "f(api_key=k, model='gpt-4o')",
         ["api-model openai:gpt-4o 2 literal"]),
        ("from pipecat.services.openai.llm import OpenAILLMService as f",
         "f(settings=f.Settings(model='gpt-5-mini'))", ["api-model openai:gpt-5-mini 2 literal"]),
        ("from pipecat.services.google.llm import GoogleLLMService as f", "f(model='gemini-2.0-flash-001')",
         ["api-model google-gemini:gemini-2.0-flash-001 2 literal"]),
        ("from pipecat.services.deepgram.stt import DeepgramSTTService as f, LiveOptions",
         "f(live_options=LiveOptions(model='nova-2-general'))",
         ["api-model deepgram:nova-2-general 2 literal"]),
        ("from pipecat.services.cartesia.tts import CartesiaTTSService as f", "f(voice_id='x')",
         ["api-model cartesia:sonic-3.6 2 implicit"]),
        ("from pipecat.services.elevenlabs import ElevenLabsTTSService as f", "f(model='eleven_flash_v2_5')",
         ["api-model elevenlabs:eleven_flash_v2_5 2 literal"]),
        ("from pipecat.services.ollama.llm import OLLamaLLMService as f", "f(model='llama3.2')",
         ["ollama llama3.2 2 literal"]),
        ("from pipecat.services.whisper.stt import WhisperSTTService as f", "f(model='small.en')",
         ["hf-model Systran/faster-whisper-small.en 2 literal"]),
        ("from pipecat.services.moondream.vision import MoondreamService as f", "f()",
         ["hf-model vikhyatk/moondream2 2 implicit @2025-06-21 remote-code"]),
        ("from pipecat.services.kokoro.tts import KokoroTTSService as f", "f()",
         ["github-weights thewh1teagle/kokoro-onnx 2 implicit @model-files-v1.0"]),
        ("from pipecat.services.kokoro.tts import KokoroTTSService as f", "f(model_path='./a.onnx')", []),
        ("from pipecat.services.funasr.stt import FunASRSTTService as f", "f()",
         ["modelscope iic/SenseVoiceSmall 2 implicit"]),
    ],
)  # fmt: skip
def test_parts_of_voice_pipelines_name_their_models(
    tmp_path: Path, imported: str, call: str, expected: list[str]
) -> None:
    assert lines(tmp_path, f"{imported}\n{call}\n", DETECTOR) == expected


@pytest.mark.parametrize(
    ("imported", "call", "expected"),
    [
        ("from mirascope import llm as f", "f.call(provider='openai', model='gpt-4o-mini')",
         "api-model openai:gpt-4o-mini 2 literal"),
        ("from mirascope import llm as f", "f.call(provider='groq', model='net2-7b')",
         "api-model groq:net2-7b 2 literal"),
        ("from mirascope import llm as f", "f.call(provider='ollama', model='llama3.2:1b')",
         "ollama llama3.2:1b 2 literal"),
        ("from mirascope import llm as f", "f.call('anthropic/claude-sonnet-4-5')",
         "api-model anthropic:claude-sonnet-4-5 2 literal"),
        ("from mirascope import llm as f", "f.model('mlx/lab1/net2')", "hf-model lab1/net2 2 literal"),
        ("from instructor import from_provider as f", "f('fireworks/lab1/net2')",
         "api-model fireworks:lab1/net2 2 literal"),
        ("from instructor import from_provider as f", "f('litellm/gpt-4o')",
         "api-model openai:gpt-4o 2 literal"),
        ("from mirascope.core import bedrock as f", "f.call('anthropic.net2-v1:0')",
         "api-model aws-bedrock:anthropic.net2-v1:0 2 literal"),
        ("from magentic import OpenaiChatModel as f", "f('gpt-4o', temperature=0)",
         "api-model openai:gpt-4o 2 literal"),
        ("from magentic.chat_model.litellm_chat_model import LitellmChatModel as f",
         "f('ollama/llama3.1:8b')", "ollama llama3.1:8b 2 literal"),
        ("from phi.model.groq import Groq as f", "f(id='net2-70b')", "api-model groq:net2-70b 2 literal"),
        ("from phi.model.ollama import Ollama as f", "f(id='llama3.2')", "ollama llama3.2 2 literal"),
        ("from phi.model.anthropic import Claude as f", "f()",
         "api-model anthropic:claude-3-5-sonnet-20241022 2 implicit"),
        ("from phi.embedder.fastembed import FastEmbedEmbedder as f", "f(model='lab1/net2')",
         "hf-model lab1/net2 2 literal"),
        ("from browser_use import ChatOpenAI as f", "f(model='gpt-4.1-mini')",
         "api-model openai:gpt-4.1-mini 2 literal"),
        ("from browser_use.llm import ChatOllama as f", "f('qwen2.5:7b')", "ollama qwen2.5:7b 2 literal"),
        ("from browser_use.llm import ChatGoogle as f", "f(model='gemini-flash-latest', vertexai=True)",
         "api-model google-vertex:gemini-flash-latest 2 literal"),
        ("import ell as f", "f.simple(model='claude-3-5-sonnet-20241022')",
         "api-model anthropic:claude-3-5-sonnet-20241022 2 literal"),
        ("import ell as f, openai",
         "f.complex('lab1/net2', client=openai.Client(base_url='https://openrouter.ai'))",
         "api-model openrouter:lab1/net2 2 literal"),
        ("import marvin as f", "f.Agent(model='groq:net2-7b')", "api-model groq:net2-7b 2 literal"),
        ("from swarms import Agent as f", "f(agent_name='x', model_name='groq/net2-7b')",
         "api-model groq:net2-7b 2 literal"),
        ("from langgraph.prebuilt import create_react_agent as f", "f('openai:gpt-4.1', tools=[])",
         "api-model openai:gpt-4.1 2 literal"),
        ("from vanna.openai import OpenAI_Chat as f", "f(config={'api_key': 'x', 'model': 'gpt-4-turbo'})",
         "api-model openai:gpt-4-turbo 2 literal"),
        ("from vanna.ollama import Ollama as f", "f({'model': 'llama3:8b'})", "ollama llama3:8b 2 literal"),
        ("from deepeval.metrics import AnswerRelevancyMetric as f", "f(threshold=0.5, model='gpt-4.1')",
         "api-model openai:gpt-4.1 2 literal"),
        ("from deepeval.models import OllamaModel as f", "f(model='llama3:8b')",
         "ollama llama3:8b 2 literal"),
        ("from deepeval.models import LocalModel as f", "f('lab1/net2', base_url='http://localhost:8000/v1')",
         "hf-model lab1/net2 2 literal"),
        ("from ragas.llms import llm_factory as f", "f('net2-chat', provider='anthropic', client=made)",
         "api-model anthropic:net2-chat 2 literal"),
        ("from ragas.embeddings import embedding_factory as f", "f('huggingface', 'lab1/net2')",
         "hf-model lab1/net2 2 literal"),
        ("from langchain_experimental.llms.ollama_functions import OllamaFunctions as f",
         "f(model='llama3', format='json')", "ollama llama3 2 literal"),
        ("from mem0.configs.rerankers.huggingface import HuggingFaceRerankerConfig as f", "f()",
         "hf-model BAAI/bge-reranker-base 2 implicit"),
        ("from ragas.embeddings import HuggingFaceEmbeddings as f", "f(model='lab1/net2')",
         "hf-model lab1/net2 2 literal"),
    ],
)  # fmt: skip
def test_tools_around_agents_name_their_models(
    tmp_path: Path, imported: str, call: str, expected: str
) -> None:
    assert lines(tmp_path, f"{imported}\n{call}\n", DETECTOR) == [expected]


@pytest.mark.parametrize(
    ("imported", "call", "expected"),
    [
        ("from chromadb.utils import embedding_functions as f",
         "f.SentenceTransformerEmbeddingFunction(model_name='all-mpnet-base-v2')",
         "hf-model sentence-transformers/all-mpnet-base-v2 2 literal remote-code=False"),
        ("from chromadb.utils import embedding_functions as f",
         "f.OpenAIEmbeddingFunction(api_key=k, model_name='text-embedding-3-small')",
         "api-model openai:text-embedding-3-small 2 literal"),
        ("from chromadb.utils import embedding_functions as f",
         "f.OllamaEmbeddingFunction('http://localhost:11434', 'nomic-embed-text')",
         "ollama nomic-embed-text 2 literal"),
        ("from chromadb.utils import embedding_functions as f", "f.HuggingFaceEmbeddingFunction(api_key=k)",
         "hf-model sentence-transformers/all-MiniLM-L6-v2 2 implicit"),
        ("from lancedb.embeddings import get_registry as f",
         "f().get('sentence-transformers').create(name='lab1/net2')", "hf-model lab1/net2 2 literal"),
        ("from lancedb.embeddings import get_registry as f",
         "f().get('openai').create(name='text-embedding-3-small')",
         "api-model openai:text-embedding-3-small 2 literal"),
        ("from lancedb.embeddings import EmbeddingFunctionRegistry as f",
         "f.get_instance().get('ollama').create(name='nomic-embed-text')",
         "ollama nomic-embed-text 2 literal"),
        ("from lancedb.rerankers import CrossEncoderReranker as f", "f()",
         "hf-model cross-encoder/ms-marco-TinyBERT-L-6 2 implicit"),
        ("from pymilvus import model as f",
         "f.dense.OpenAIEmbeddingFunction(model_name='text-embedding-3-large')",
         "api-model openai:text-embedding-3-large 2 literal"),
        ("from pymilvus.model.hybrid import BGEM3EmbeddingFunction as f", "f('lab1/net2', device='cpu')",
         "hf-model lab1/net2 2 literal"),
        ("from pymilvus.model.reranker import BGERerankFunction as f", "f()",
         "hf-model BAAI/bge-reranker-v2-m3 2 implicit"),
        ("from weaviate.classes.config import Configure as f",
         "f.Vectorizer.text2vec_openai(model='text-embedding-3-small')",
         "api-model openai:text-embedding-3-small 2 literal"),
        ("import weaviate.classes as f", "f.config.Configure.Generative.cohere(model='command-r')",
         "api-model cohere:command-r 2 literal"),
        ("from weaviate.classes.config import Configure as f",
         "f.NamedVectors.text2vec_huggingface(name='t', model='lab1/net2')", "hf-model lab1/net2 2 literal"),
        ("from weaviate.classes.config import Configure as f",
         "f.Vectors.text2vec_ollama(model='all-minilm')", "ollama all-minilm 2 literal"),
        ("from guidance import models as f", "f.Transformers('lab1/net2')",
         "hf-model lab1/net2 2 literal remote-code=False"),
        ("from guidance import models as f", "f.OpenAI('gpt-3.5-turbo')",
         "api-model openai:gpt-3.5-turbo 2 literal"),
        ("import outlines as f", "f.models.transformers('lab1/net2', device='cuda')",
         "hf-model lab1/net2 2 literal remote-code=False"),
        ("import outlines as f", "f.models.llamacpp('lab1/net2-GGUF', 'net2.gguf')",
         "hf-model lab1/net2-GGUF 2 literal"),
        ("import openai, outlines as f",
         "f.from_openai(openai.OpenAI(base_url='https://openrouter.ai/api/v1'), 'lab1/net2')",
         "api-model openrouter:lab1/net2 2 literal"),
        ("import openai, outlines as f",
         "f.from_vllm(openai.OpenAI(base_url='http://localhost:8000/v1'), 'lab1/net2')",
         "hf-model lab1/net2 2 literal"),
    ],
)  # fmt: skip
def test_stores_of_vectors_and_guided_generation_name_their_models(
    tmp_path: Path, imported: str, call: str, expected: str
) -> None:
    assert lines(tmp_path, f"{imported}\n{call}\n", DETECTOR) == [expected]


@pytest.mark.parametrize(
    ("imported", "call", "expected"),
    [
        ("from xai_sdk import Client as f", "f().chat.create(model='grok-4')", "xai:grok-4"),
        ("from xai_sdk import Client as f", "f().image.sample('a cat', 'grok-2-image')", "xai:grok-2-image"),
        ("from cerebras.cloud.sdk import Cerebras as f",
         "f().chat.completions.create(model='llama3.1-8b', messages=[])", "cerebras:llama3.1-8b"),
        ("from sambanova import SambaNova as f", "f().chat.completions.create(model='Net-2-8B', messages=[])",
         "sambanova:Net-2-8B"),
        ("from portkey_ai import Portkey as f",
         "f(provider='openai').chat.completions.create(model='gpt-4o', messages=[])", "portkey:gpt-4o"),
        ("from letta_client import Letta as f", "f().agents.create(model='openai/gpt-4.1-mini')",
         "openai:gpt-4.1-mini"),
        ("from elevenlabs.client import ElevenLabs as f",
         "f().text_to_speech.convert(text=t, voice_id=v, model_id='eleven_multilingual_v2')",
         "elevenlabs:eleven_multilingual_v2"),
        ("from elevenlabs import generate as f", "f(text=t, model='eleven_monolingual_v1')",
         "elevenlabs:eleven_monolingual_v1"),
        ("from deepgram import PrerecordedOptions as f", "f(model='nova-2')", "deepgram:nova-2"),
        ("from deepgram import DeepgramClient as f",
         "f().listen.v1.media.transcribe_url(url=u, model='nova-3')", "deepgram:nova-3"),
        ("import assemblyai as f", "f.TranscriptionConfig(speech_models=['universal-2'])",
         "assemblyai:universal-2"),
        ("from cartesia import Cartesia as f", "f().tts.bytes(model_id='sonic-2', transcript=t)",
         "cartesia:sonic-2"),
        ("import llm as f", "f.get_model('4o-mini')", "openai:gpt-4o-mini"),
        ("from mem0.configs.llms.deepseek import DeepSeekConfig as f", "f(model='deepseek-chat')",
         "deepseek:deepseek-chat"),
        ("import llm as f", "f.get_embedding_model('3-small')", "openai:text-embedding-3-small"),
        ("from lightrag.llm.openai import openai_complete_if_cache as f",
         "f('deepseek-chat', p, base_url='https://api.deepseek.com')", "deepseek:deepseek-chat"),
        ("from promptflow.core import OpenAIModelConfiguration as f", "f(model='gpt-4o-mini')",
         "openai:gpt-4o-mini"),
    ],
)  # fmt: skip
def test_clients_of_services_name_their_models(
    tmp_path: Path, imported: str, call: str, expected: str
) -> None:
    found = lines(tmp_path, f"{imported}\n{call}\n", DETECTOR)
    assert found == [f"api-model {expected} 2 literal"]


@pytest.mark.parametrize(
    ("address", "base_url"),
    [("", None), (", base_url='http://localhost:8000/v1'", "http://localhost:8000/v1")],
)
@pytest.mark.parametrize(
    ("imported", "call"),
    [
        ("from langchain_nvidia_ai_endpoints import ChatNVIDIA as F", "F(model={}"),
        ("from agno.models.nvidia import Nvidia as F", "F(id={}"),
    ],
)
def test_a_service_run_by_oneself_keeps_its_own_names(
    tmp_path: Path, imported: str, call: str, address: str, base_url: str | None
) -> None:
    text = f"{imported}\n{call.format(repr('meta/llama3-8b-instruct'))}{address})\n"
    found = read_project(tmp_path, {"app.py": text}, DETECTOR).sightings
    assert [(each.name, each.base_url) for each in found] == [
        ("nvidia-nim:meta/llama3-8b-instruct", base_url)
    ]


@pytest.mark.parametrize(
    ("imported", "call", "expected"),
    [
        ("from camel.models import ModelFactory as f\nfrom camel.types import ModelPlatformType, ModelType",
         "f.create(model_platform=ModelPlatformType.OPENAI, model_type=ModelType.GPT_4O)",
         "api-model openai:gpt-4o 3 folded"),
        ("from camel.models import ModelFactory as f\nfrom camel.types import ModelPlatformType",
         "f.create(ModelPlatformType.OPENROUTER, 'deepseek/net2')",
         "api-model openrouter:deepseek/net2 3 literal"),
        ("from camel.models import ModelFactory as f\nfrom camel.types import ModelPlatformType",
         "f.create(ModelPlatformType.OLLAMA, 'llama3.2')", "ollama llama3.2 3 literal"),
        ("from camel.models import ModelFactory as f\nfrom camel.types import ModelPlatformType",
         "f.create(ModelPlatformType.VLLM, 'lab1/net2')",
         "hf-model lab1/net2 3 literal"),
        ("from camel.models import ModelFactory as f\nimport camel", "f.create('groq', 'net2-7b')",
         "api-model groq:net2-7b 3 literal"),
        ("import camel\nfrom camel.embeddings import SentenceTransformerEncoder as f", "f('lab1/net2')",
         "hf-model lab1/net2 3 literal"),
        ("import pipecat\nfrom pipecat.services.whisper.stt import WhisperSTTService as f, Model",
         "f(model=Model.LARGE)", "hf-model Systran/faster-whisper-large-v3 3 folded"),
        ("import pipecat\nfrom pipecat.services.whisper.stt import WhisperSTTService as f, Model",
         "f(settings=f.Settings(model=Model.LARGE.value))",
         "hf-model Systran/faster-whisper-large-v3 3 folded"),
        ("from lightrag import LightRAG as f\nfrom lightrag.llm.openai import gpt_4o_mini_complete as g",
         "f(llm_model_func=g)", "api-model openai:gpt-4o-mini 2 folded"),
        ("from lightrag import LightRAG as f\nfrom lightrag.llm.ollama import ollama_model_complete as g",
         "f(llm_model_func=g, llm_model_name='llama3:8b')", "ollama llama3:8b 3 literal"),
        ("from lightrag import LightRAG as f\nfrom lightrag.llm.hf import hf_model_complete as g",
         "f(llm_model_func=g, llm_model_name='lab1/net2')", "hf-model lab1/net2 3 literal"),
        ("from lightrag import LightRAG as f\nfrom own import ask as g",
         "f(llm_model_func=g, llm_model_name='gpt-5-nano')", "api-model openai:gpt-5-nano 3 literal"),
        ("import os\nimport assemblyai as f", "f.TranscriptionConfig(speech_model=f.SpeechModel.slam_1)",
         "api-model assemblyai:slam-1 3 folded"),
        ("import langchain\nfrom langchain.chat_models import init_chat_model as f",
         "f('claude-3-5-haiku-latest', model_provider='google_vertexai')",
         "api-model google-vertex:claude-3-5-haiku-latest 3 literal"),
    ],
)  # fmt: skip
def test_members_of_a_librarys_enumerations_stand_for_their_texts(
    tmp_path: Path, imported: str, call: str, expected: str
) -> None:
    assert lines(tmp_path, f"{imported}\n{call}\n", DETECTOR) == [expected]


@pytest.mark.parametrize(
    ("library", "call", "model", "host"),
    [
        ("semantic-kernel", "OpenAIChatCompletion", "gpt-4o", "api.openai.com"),
        ("openai-agents", "agents.Agent", "gpt-4.1", "api.openai.com"),
        (
            "autogen-ext",
            "OpenAIChatCompletionClient",
            "gemini-2.0-flash",
            "generativelanguage.googleapis.com",
        ),
        ("google-adk", "LiteLlm", "gpt-4o", None),
        ("livekit-agents", "livekit.plugins.openai.LLM.with_deepseek", "deepseek-chat", "api.deepseek.com"),
        ("pipecat-ai", "NebiusLLMService", "lab1/net2", "api.tokenfactory.nebius.com"),
        ("deepeval", "KimiModel", "kimi-k2", "api.moonshot.cn"),
        ("phidata", "phi.model.anthropic.claude.Claude", "claude-3-5-haiku-latest", "api.anthropic.com"),
        ("phidata", "phi.model.aws.claude.Claude", "anthropic.net2-v1:0", None),
    ],
)
def test_where_a_client_goes_by_itself_is_recorded(
    library: str, call: str, model: str, host: str | None
) -> None:
    found = client_default(open_knowledge(), library, call, model)
    assert (found.host if found else None) == host
