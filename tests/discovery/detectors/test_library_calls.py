"""Calls of libraries: what they name, how surely, with which revision, address and provider."""

from pathlib import Path

import pytest

from scanner.discovery.detectors.library_calls import DETECTOR
from scanner.records.unknown import Unknown
from tests.discovery.reading import lines, read_project, shown


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "from transformers import AutoModel\nAutoModel.from_pretrained('lab1/net2', revision='v1')",
            "hf-model lab1/net2 2 literal @v1 remote-code=False",
        ),
        (
            "from transformers import AutoModel\n"
            "AutoModel.from_pretrained('lab1/net2', trust_remote_code=True)",
            "hf-model lab1/net2 2 literal remote-code",
        ),
        (
            "from transformers import pipeline\npipeline('ner', model='lab1/net2')",
            "hf-model lab1/net2 2 literal remote-code=False",
        ),
        (
            "from sentence_transformers import SentenceTransformer\nSentenceTransformer('all-MiniLM-L6-v2')",
            "hf-model sentence-transformers/all-MiniLM-L6-v2 2 literal remote-code=False",
        ),
        (
            "from faster_whisper import WhisperModel\nWhisperModel('large-v3')",
            "hf-model Systran/faster-whisper-large-v3 2 literal",
        ),
        (
            "from transformers import AutoModel\nAutoModel.from_pretrained('roberta-large')",
            "hf-model roberta-large 2 literal remote-code=False",
        ),
        (
            "from transformers import AutoModel\nAutoModel.from_pretrained('t5-small')",
            "hf-model t5-small 2 literal remote-code=False",
        ),
        (
            "from bert_score import score\nscore(a, b, lang='en')",
            "hf-model roberta-large 2 implicit",
        ),
        (
            "import evaluate\nevaluate.load('bertscore').compute(model_type='bert-base-chinese')",
            "hf-model bert-base-chinese 2 literal",
        ),
        ("from txtai import Embeddings\nEmbeddings({'path': 'lab1/net2'})", "hf-model lab1/net2 2 literal"),
        ("from txtai import Embeddings\nEmbeddings(path='lab1/net2')", "hf-model lab1/net2 2 literal"),
        ("from txtai.pipeline import Summary\nSummary('lab1/net2')", "hf-model lab1/net2 2 literal"),
        ("import whisper\nwhisper.load_model('turbo')", "other openai-whisper:large-v3-turbo 2 literal"),
        ("from vllm import LLM\nLLM('lab1/net2')", "hf-model lab1/net2 2 literal remote-code=False"),
        (
            "from datasets import load_dataset\nload_dataset('lab1/net2')",
            "hf-dataset lab1/net2 2 literal remote-code=False",
        ),
        (
            "from datasets import load_dataset\nload_dataset('squad')",
            "hf-dataset squad 2 literal remote-code=False",
        ),
        (
            "from huggingface_hub import snapshot_download\n"
            "snapshot_download('lab1/net2', repo_type='dataset')",
            "hf-dataset lab1/net2 2 literal",
        ),
        ("import timm\ntimm.create_model('resnet50.a1_in1k')", "timm resnet50.a1_in1k 2 literal"),
        ("import timm\ntimm.create_model('hf_hub:timm/resnet50')", "hf-model timm/resnet50 2 literal"),
        ("import spacy\nspacy.load('en_core_web_sm')", "spacy en_core_web_sm 2 literal"),
        (
            "import torch\ntorch.hub.load('lab1/net2:main', 'net')",
            "torch-hub lab1/net2:net 2 literal @main",
        ),
        ("import ollama\nollama.chat('llama3.2:3b')", "ollama llama3.2:3b 2 literal"),
        ("import ollama\nollama.create('mine', from_='gemma3')", "ollama gemma3 2 literal"),
        (
            "from peft import PeftModel\nPeftModel.from_pretrained(base, 'lab1/lora2')",
            "hf-model lab1/lora2 2 literal",
        ),
        ("pipe.load_lora_weights('lab1/lora2')", "hf-model lab1/lora2 1 literal"),
        (
            "from modelscope import AutoModel\nAutoModel.from_pretrained('lab1/net2')",
            "modelscope lab1/net2 2 literal remote-code=False",
        ),
        (
            "import torchaudio\ntorchaudio.pipelines.WAV2VEC2_ASR_BASE_960H.get_model()",
            "other torchaudio:WAV2VEC2_ASR_BASE_960H 2 literal",
        ),
    ],
)
def test_a_library_call_names_what_its_record_says(tmp_path: Path, text: str, expected: str) -> None:
    assert lines(tmp_path, text, DETECTOR) == [expected]


@pytest.mark.parametrize(
    "text",
    [
        "from transformers import AutoModel\nAutoModel.from_pretrained('./local/model')",
        "from transformers import AutoModel\nAutoModel.from_pretrained('your-org/your-model')",
        "from transformers import AutoModel\nAutoModel.from_pretrained('my-trained-adapter')",
        "from datasets import load_dataset\nload_dataset('json', data_files='x.json')",
        "from datasets import load_dataset\nload_dataset('data')",
        "model.push_to_hub('lab1/net2')",
        "from huggingface_hub import HfApi\nHfApi().upload_folder(repo_id='lab1/net2')",
        "from transformers import TrainingArguments\nTrainingArguments(hub_model_id='lab1/net2')",
        "import json\njson.load('lab1/net2')",
    ],
)
def test_paths_placeholders_and_outputs_are_no_dependencies(tmp_path: Path, text: str) -> None:
    assert lines(tmp_path, text) == []


def hosted(root: Path, text: str) -> list[tuple[str, object, object]]:
    found = read_project(root, {"app.py": text}, DETECTOR)
    return [(s.name, s.provider, s.base_url) for s in found.sightings]


ASK = "c.chat.completions.create(model='deepseek-chat')"


@pytest.mark.parametrize(
    ("client", "name", "provider", "base_url"),
    [
        ("OpenAI()", "openai:deepseek-chat", "openai", None),
        (
            "OpenAI(base_url='https://api.deepseek.com')",
            "deepseek:deepseek-chat",
            "deepseek",
            "https://api.deepseek.com",
        ),
        (
            "OpenAI(base_url=os.getenv('U', 'https://api.deepseek.com'))",
            "deepseek:deepseek-chat",
            "deepseek",
            "https://api.deepseek.com",
        ),
        (
            "OpenAI(base_url=os.environ['U'])",
            "unknown:deepseek-chat",
            Unknown("U is set at run time"),
            Unknown("U is set at run time"),
        ),
        (
            "OpenAI(base_url='https://llm.example.org/v1')",
            "unknown:deepseek-chat",
            Unknown("no provider is known for this address"),
            "https://llm.example.org/v1",
        ),
    ],
)
def test_the_address_decides_who_serves_a_hosted_model(
    tmp_path: Path, client: str, name: str, provider: object, base_url: object
) -> None:
    text = f"import os\nfrom openai import OpenAI\nc = {client}\n{ASK}"
    assert hosted(tmp_path, text) == [(name, provider, base_url)]


def test_a_client_made_elsewhere_leaves_the_provider_unknown(tmp_path: Path) -> None:
    text = "from openai import OpenAI\ndef ask(c: OpenAI):\n    " + ASK
    assert hosted(tmp_path, text) == [
        ("unknown:deepseek-chat", Unknown("the client is made elsewhere"), None)
    ]


def test_weights_on_a_server_of_ones_own_are_named_by_their_hub_name(tmp_path: Path) -> None:
    text = (
        "from openai import OpenAI\nc = OpenAI(base_url='http://localhost:8000/v1')\n"
        "c.chat.completions.create(model='lab1/net2')\nc.chat.completions.create(model='alias-7b')"
    )
    assert lines(tmp_path, text, DETECTOR) == [
        "hf-model lab1/net2 3 literal",
        "unresolved api-model 'alias-7b' 4 a name on a server "
        "of one's own: the weights behind it are not stated",
    ]


def test_a_router_reads_the_provider_off_the_name(tmp_path: Path) -> None:
    text = (
        "import litellm\nlitellm.completion(model='deepseek/deepseek-chat')\n"
        "litellm.completion('ollama/llama3:8b')\nlitellm.completion('bedrock/us-east-1/deepseek.r1-v1:0')"
    )
    found = read_project(tmp_path, {"app.py": text}, DETECTOR).sightings
    assert [(s.kind.value, s.name, s.region) for s in found] == [
        ("api-model", "deepseek:deepseek-chat", None),
        ("ollama", "llama3:8b", None),
        ("api-model", "aws-bedrock:deepseek.r1-v1:0", "us-east-1"),
    ]


def test_a_deployment_hides_the_model_behind_it(tmp_path: Path) -> None:
    text = (
        "from openai import AzureOpenAI\nc = AzureOpenAI(azure_endpoint='https://x.openai.azure.com')\n"
        "c.chat.completions.create(model='prod')"
    )
    assert lines(tmp_path, text, DETECTOR) == [
        "api-model azure-openai:prod 3 literal",
        "unresolved api-model 'prod' 3 deployment name: the model behind it is not stated",
    ]


def test_the_region_is_that_of_the_client(tmp_path: Path) -> None:
    text = (
        "import boto3\nc = boto3.client('bedrock-runtime', region_name='eu-central-1')\n"
        "c.converse(modelId='a.b-v1:0')"
    )
    (found,) = read_project(tmp_path, {"app.py": text}, DETECTOR).sightings
    assert (found.name, found.region) == ("aws-bedrock:a.b-v1:0", "eu-central-1")


def test_a_router_is_told_the_region_in_the_call(tmp_path: Path) -> None:
    text = "import litellm\nlitellm.completion(model='bedrock/a.b-v1:0', aws_region_name='us-west-2')"
    (found,) = read_project(tmp_path, {"app.py": text}, DETECTOR).sightings
    assert (found.name, found.region) == ("aws-bedrock:a.b-v1:0", "us-west-2")


def test_a_call_that_names_nothing_takes_the_default_of_its_library(tmp_path: Path) -> None:
    text = (
        "from transformers import pipeline\n"
        "from langchain_openai import OpenAIEmbeddings\npipeline('ner')\nOpenAIEmbeddings()"
    )
    assert lines(tmp_path, text, DETECTOR) == [
        "hf-model dbmdz/bert-large-cased-finetuned-conll03-english 3 implicit @4c53496 remote-code=False",
        "api-model openai:text-embedding-ada-002 4 implicit",
    ]


@pytest.mark.parametrize(
    ("argument", "expression", "reason"),
    [
        ("sys.argv[1]", "sys.argv[1]", "command line"),
        ("os.environ['M']", "os.environ['M']", "environment"),
        ("pick()", "pick(…)", "chosen at run time"),
    ],
)
def test_a_name_decided_at_run_time_is_listed_with_its_place(
    tmp_path: Path, argument: str, expression: str, reason: str
) -> None:
    text = f"import os, sys\nfrom transformers import AutoModel\nAutoModel.from_pretrained({argument})"
    assert lines(tmp_path, text, DETECTOR) == [f"unresolved hf-model {expression!r} 3 {reason}"]


DEFAULT = "def load(name: str = 'hub:lab1/net2'):\n    parts = name.split(':')\n    "


@pytest.mark.parametrize(
    ("at", "expected"),
    [
        (1, "hf-model lab1/net2 2 folded remote-code=False"),
        (2, "unresolved hf-model 'parts[2]' 4 chosen at run time"),
    ],
)
def test_a_part_of_a_text_is_the_one_that_is_asked_for(tmp_path: Path, at: int, expected: str) -> None:
    text = f"from transformers import AutoModel\n{DEFAULT}return AutoModel.from_pretrained(parts[{at}])"
    assert lines(tmp_path, text, DETECTOR) == [expected]


def test_whether_code_may_run_can_be_decided_at_run_time(tmp_path: Path) -> None:
    text = (
        "import os\nfrom transformers import AutoModel\n"
        "AutoModel.from_pretrained('lab1/net2', trust_remote_code=os.getenv('T') == '1')"
    )
    (found,) = read_project(tmp_path, {"app.py": text}, DETECTOR).sightings
    assert found.remote_code == Unknown("chosen at run time")


def test_constants_of_another_file_are_followed(tmp_path: Path) -> None:
    files = {
        "shop/settings.py": "MODEL = 'lab1/net2'\nREVISION = 'abc'\n",
        "shop/load.py": (
            "from transformers import AutoModel\nfrom .settings import MODEL\nfrom shop import settings\n"
            "AutoModel.from_pretrained(MODEL, revision=settings.REVISION)"
        ),
        "shop/__init__.py": "",
    }
    found = read_project(tmp_path, files, DETECTOR).sightings
    assert [shown(each) for each in found] == [
        "hf-model lab1/net2 shop/settings.py:1 folded @abc remote-code=False"
    ]


def test_files_that_import_each_other_in_a_circle_end(tmp_path: Path) -> None:
    files = {
        "a.py": "from b import X\nfrom transformers import AutoModel\nAutoModel.from_pretrained(X)",
        "b.py": "from a import Y\nfrom a import X\n",
    }
    found = read_project(tmp_path, files, DETECTOR)
    assert (found.sightings, found.skipped) == ((), ())


def test_the_code_of_a_library_itself_is_read_by_its_own_records(tmp_path: Path) -> None:
    files = {
        "ollama/__init__.py": "from ollama._client import Client\n_c = Client()\nchat = _c.chat\n",
        "ollama/_client.py": "class Client:\n    def chat(self, model): ...\n",
        "examples/x.py": "from ollama import chat\nchat('gemma3')\n",
    }
    found = read_project(tmp_path, files, DETECTOR).sightings
    assert [shown(each) for each in found] == ["ollama gemma3 examples/x.py:2 literal"]


def test_open_weights_asked_of_a_first_party_through_a_default_are_unresolved(tmp_path: Path) -> None:
    text = "import openai\ndef f(model='vicuna-7b-v1.5'):\n    openai.Embedding.create(model=model)"
    assert lines(tmp_path, text, DETECTOR) == [
        "unresolved api-model 'vicuna-7b-v1.5' 2"
        " open weights asked of a service that has its own: the address is set elsewhere"
    ]


@pytest.mark.parametrize(
    ("client", "expected"),
    [
        ("Anthropic()", "api-model anthropic:claude-3-5-sonnet@20240620 3 literal"),
        (
            "AnthropicVertex(region='europe-west1')",
            "api-model google-vertex:claude-3-5-sonnet@20240620 3 literal",
        ),
        (
            "AnthropicBedrock(aws_region='eu-west-1')",
            "api-model aws-bedrock:claude-3-5-sonnet@20240620 3 literal",
        ),
    ],
)
def test_the_cloud_a_client_goes_to_answers_not_the_maker_of_its_library(
    tmp_path: Path, client: str, expected: str
) -> None:
    name = client.partition("(")[0]
    text = (
        f"from anthropic import {name}\nc = {client}\nc.messages.create(model='claude-3-5-sonnet@20240620')"
    )
    found = read_project(tmp_path, {"a.py": text}, DETECTOR).sightings
    assert [
        f"{each.kind.value} {each.name} {each.location.line} {each.certainty.value}" for each in found
    ] == [expected]
    assert [each.region for each in found] == [client.split("'")[1] if "'" in client else None]


@pytest.mark.parametrize(
    ("given", "provider"),
    [
        ("provider=AlibabaProvider(api_key=key)", "alibaba-dashscope"),
        ("provider=ZaiProvider()", "zhipu"),
        ("provider='deepseek'", "deepseek"),
        ("provider=OpenAIProvider()", "openai"),
        ("provider=OpenAIProvider(base_url='https://api.deepseek.com')", "deepseek"),
        ("provider=make_provider()", Unknown("the client is made elsewhere")),
        ("provider='nobody'", Unknown("'nobody' is no provider that is known")),
        ("settings=none", "openai"),
    ],
)
def test_the_client_a_model_is_given_decides_who_serves(tmp_path: Path, given: str, provider: object) -> None:
    text = (
        "from pydantic_ai.models.openai import OpenAIChatModel\n"
        "from pydantic_ai.providers.alibaba import AlibabaProvider\n"
        "from pydantic_ai.providers.openai import OpenAIProvider\n"
        "from pydantic_ai.providers.zai import ZaiProvider\n"
        f"OpenAIChatModel('deepseek-chat', {given})\n"
    )
    assert [found[1] for found in hosted(tmp_path, text)] == [provider]


def test_the_prefix_of_a_router_is_kept_beside_the_name(tmp_path: Path) -> None:
    text = "import litellm\nlitellm.completion(model='zai/glm-4.6', messages=[])\n"
    found = read_project(tmp_path, {"app.py": text}, DETECTOR).sightings
    assert [(each.name, each.provider, each.route) for each in found] == [("zhipu:glm-4.6", "zhipu", "zai")]


@pytest.mark.parametrize(
    ("call", "expected"),
    [
        ("create_model_and_transforms('ViT-B-32', pretrained='laion2b_s34b_b79k')",
         ["hf-model laion/CLIP-ViT-B-32-laion2B-s34B-b79K 2 literal"]),
        ("create_model('ViT-L/14', 'openai')", ["hf-model timm/vit_large_patch14_clip_224.openai 2 literal"]),
        ("create_model_from_pretrained('coca_ViT-B-32', 'LAION2B-s13b-b90k')",
         ["hf-model laion/CoCa-ViT-B-32-laion2B-s13B-b90k 2 literal"]),
        ("create_model('hf-hub:lab1/net2')", ["hf-model lab1/net2 2 literal"]),
        ("create_model('ViT-B-32')", []),
        ("create_model('ViT-B-32', './weights.pt')", []),
        ("get_tokenizer('ViT-B-32')", []),
    ],
)  # fmt: skip
def test_an_architecture_and_its_tag_are_the_weights_open_clip_takes(
    tmp_path: Path, call: str, expected: list[str]
) -> None:
    assert lines(tmp_path, f"import open_clip\nopen_clip.{call}\n", DETECTOR) == expected


def test_whom_the_router_of_the_hub_asks_is_no_part_of_the_name(tmp_path: Path) -> None:
    text = "import litellm\nlitellm.completion(model='huggingface/together/lab1/net2', messages=[])\n"
    found = read_project(tmp_path, {"app.py": text}, DETECTOR).sightings
    assert [(each.name, each.provider) for each in found] == [("huggingface:lab1/net2", "huggingface")]


def test_a_deployment_behind_an_open_address_is_azures(tmp_path: Path) -> None:
    text = (
        "import os, litellm\n"
        "litellm.completion(model='azure/prod', api_base=os.getenv('AZURE_API_BASE'), messages=[])\n"
        "litellm.completion(model='openai/gpt-4o', api_base=os.getenv('API_BASE'), messages=[])\n"
    )
    found = read_project(tmp_path, {"app.py": text}, DETECTOR).sightings
    assert [each.name for each in found] == ["azure-openai:prod", "unknown:gpt-4o"]


def test_an_address_of_a_deployment_is_azures_whatever_its_host(tmp_path: Path) -> None:
    text = (
        "import os\nfrom openai import OpenAI\nbase = os.environ['X']\n"
        "c = OpenAI(base_url=f'{base}/openai/deployments/prod')\n"
        "c.chat.completions.create(model='gpt-4o', messages=[])\n"
    )
    found = read_project(tmp_path, {"app.py": text}, DETECTOR).sightings
    assert [(each.name, each.provider) for each in found] == [("azure-openai:gpt-4o", "azure-openai")]


@pytest.mark.parametrize(
    ("imported", "call", "expected"),
    [
        ("from llama_index.embeddings.openai import OpenAIEmbedding as F",
         "F('similarity', 'text-embedding-3-small')", "api-model openai:text-embedding-3-small 2 literal"),
        ("from llama_index.llms.ollama import Ollama as F", "F('llama3:8b')", "ollama llama3:8b 2 literal"),
        ("from ultralytics import YOLO as F", "F('yolov8n.pt')", "other ultralytics:yolov8n.pt 2 literal"),
        ("from ultralytics import YOLO as F", "F('yolo11n')", "other ultralytics:yolo11n.pt 2 literal"),
        ("from ultralytics import YOLO as F", "F()", "other ultralytics:yolo26n.pt 2 implicit"),
        ("from ultralytics import SAM as F", "F()", "other ultralytics:sam_b.pt 2 implicit"),
        ("from keybert import KeyBERT as F", "F()",
         "hf-model sentence-transformers/all-MiniLM-L6-v2 2 implicit"),
        ("import mlx_whisper as F", "F.transcribe('a.mp3')",
         "hf-model mlx-community/whisper-tiny 2 implicit"),
        ("from vllm import EngineArgs as F", "F()", "hf-model Qwen/Qwen3-0.6B 2 implicit remote-code=False"),
        ("from vllm import LLM as F", "F('lab1/net2')", "hf-model lab1/net2 2 literal remote-code=False"),
        ("from torchvision.models import resnet50 as F", "F(weights=W.DEFAULT)",
         "other torchvision:resnet50 2 literal"),
        ("import torchvision as F", "F.models.detection.fasterrcnn_resnet50_fpn(pretrained=True)",
         "other torchvision:fasterrcnn_resnet50_fpn 2 literal"),
        ("import torchvision.models as F", "F.__dict__['vgg16'](pretrained=flag)",
         "other torchvision:vgg16 2 literal"),
        ("from torchvision.models import get_model as F", "F('swin_t', weights='DEFAULT')",
         "other torchvision:swin_t 2 literal"),
        ("import stanza as F", "F.Pipeline('de')", "hf-model stanfordnlp/stanza-de 2 literal"),
        ("import stanza as F", "F.Pipeline()", "hf-model stanfordnlp/stanza-en 2 implicit"),
        ("from insightface.app import FaceAnalysis as F", "F(name='antelopev2')",
         "other insightface:antelopev2 2 literal"),
        ("from torch.utils import model_zoo as F", "F.load_url('https://lab1.org' + '/a/net2.pth')",
         "url-weights https://lab1.org/a/net2.pth 2 literal"),
        ("from torch.hub import load_state_dict_from_url as F",
         "F(url='https://github.com/lab1/net2/releases/download/v1/a.pth')",
         "github-weights lab1/net2 2 literal @v1"),
        ("import clip as F", "F.load('ViT-B/32')", "other openai-clip:ViT-B/32 2 literal"),
        ("from TTS.api import TTS as F", "F('tts_models/de/thorsten/vits')",
         "other coqui-tts:tts_models/de/thorsten/vits 2 literal"),
        ("import open_clip as F", "F.create_model('RN50-quickgelu', 'openai')",
         "hf-model timm/resnet50_clip.openai 2 literal"),
        ("from haystack_integrations.components.generators.huggingface_api import HuggingFaceAPIChat as F",
         "F('serverless', api_params={'model': 'lab1/net2', 'provider': 'together'})",
         "hf-model lab1/net2 2 literal"),
        ("from haystack.components.generators import HuggingFaceLocalGenerator as F", "F(NAME)",
         "hf-model lab1/net2 2 folded remote-code=False"),
        ("from haystack_integrations.components.rankers.jina import JinaRanker as F",
         "F('jina-reranker-v1-base-en')", "api-model jina:jina-reranker-v1-base-en 2 literal"),
        ("from haystack.nodes import FARMReader as F", "F('lab1/net2', model_version='v1')",
         "hf-model lab1/net2 2 literal @v1"),
        ("from llama_index.postprocessor.flag_embedding_reranker import FlagEmbeddingReranker as F",
         "F(5, 'lab1/net2')", "hf-model lab1/net2 2 literal"),
        ("import torchaudio as F", "F.pipelines.TACOTRON2_WAVERNN_CHAR_LJSPEECH.get_vocoder()",
         "other torchaudio:TACOTRON2_WAVERNN_CHAR_LJSPEECH 2 literal"),
        ("from sagemaker.jumpstart.model import JumpStartModel as F", "F('lab-net-7b', '1.2.0')",
         "other sagemaker-jumpstart:lab-net-7b 2 literal @1.2.0"),
        ("from llama_cpp.llama_tokenizer import LlamaHFTokenizer as F",
         "F.from_pretrained(pretrained_model_name_or_path='lab1/net2')", "hf-model lab1/net2 2 literal"),
        ("from bentoml.models import HuggingFaceModel as F", "F('lab1/net2', 'v1')",
         "hf-model lab1/net2 2 literal @v1"),
        ("from llama_index.embeddings import resolve_embed_model as F", "F('local:lab1/net2')",
         "hf-model lab1/net2 2 literal"),
        ("from agno.knowledge.embedder.openai import OpenAIEmbedder as F", "F()",
         "api-model openai:text-embedding-3-small 2 implicit"),
        ("from agno.embedder.ollama import OllamaEmbedder as F", "F(id='nomic-embed-text')",
         "ollama nomic-embed-text 2 literal"),
        ("from agno.knowledge.reranker.cohere import CohereReranker as F", "F(model='rerank-v3.5')",
         "api-model cohere:rerank-v3.5 2 literal"),
    ],
)  # fmt: skip
def test_calls_are_read_as_the_packages_declare_them(
    tmp_path: Path, imported: str, call: str, expected: str
) -> None:
    text = f"{imported}\n{call}\n".replace("F(NAME)", "NAME = 'lab1/net2'\nF(NAME)")
    assert lines(tmp_path, text, DETECTOR) == [expected]


@pytest.mark.parametrize(
    "call",
    [
        "models.resnet50()",
        "models.resnet50(weights=None)",
        "models.resnet50(pretrained=False)",
        "models.get_model('resnet50')",
        "timm.create_model('resnet50', pretrained=False)",
    ],
)
def test_an_architecture_without_weights_is_no_model(tmp_path: Path, call: str) -> None:
    assert lines(tmp_path, f"import timm\nfrom torchvision import models\n{call}\n", DETECTOR) == []


@pytest.mark.parametrize(
    ("text", "provider"),
    [
        ("from google.genai import Client\nc = Client(vertexai=True)\nc.models.generate_content(model=M)",
         "google-vertex"),
        ("from google.genai import Client\nc = Client(vertexai=False)\nc.models.generate_content(model=M)",
         "google-gemini"),
        ("from google.genai import Client\nc = Client()\nc.models.generate_content(model=M)",
         "google-gemini"),
        ("from langchain_google_genai import ChatGoogleGenerativeAI as F\nF(model=M, vertexai=True)",
         "google-vertex"),
        ("from llama_index.llms.google_genai import GoogleGenAI as F\nF(M, vertexai_config={'a': 'b'})",
         "google-vertex"),
        ("from haystack_integrations.components.google_genai import GoogleGenAIChatGenerator as F\n"
         "F(model=M, api='vertex')", "google-vertex"),
        ("from haystack_integrations.components.google_genai import GoogleGenAIChatGenerator as F\n"
         "F(model=M, api='gemini')", "google-gemini"),
    ],
)  # fmt: skip
def test_an_argument_may_send_a_call_to_another_provider(tmp_path: Path, text: str, provider: str) -> None:
    found = read_project(tmp_path, {"app.py": f"M = 'gemini-2.5-flash'\n{text}\n"}, DETECTOR).sightings
    assert [(each.name, each.provider) for each in found] == [(f"{provider}:gemini-2.5-flash", provider)]


@pytest.mark.parametrize("call", ["YOLO('runs/best.pt')", "YOLO('yolov8n.yaml')"])
def test_a_file_of_ones_own_is_no_asset_of_its_library(tmp_path: Path, call: str) -> None:
    assert lines(tmp_path, f"from ultralytics import YOLO\n{call}\n", DETECTOR) == []


@pytest.mark.parametrize(
    ("imported", "call", "expected"),
    [
        ("from camel.models import NemotronModel as F", "F(M, 'key', 'https://gate.lab1.org/v1')",
         ("https://gate.lab1.org/v1", None)),
        ("from camel.models import AWSBedrockConverseModel as F", "F(M, None, None, 'eu-west-1')",
         (None, "eu-west-1")),
        ("from agno.models.vertexai.claude import Claude as F", "F(id=M, region='europe-west1')",
         (None, "europe-west1")),
        ("from agno.models.mistral import MistralChat as F", "F(id=M, endpoint='https://gate.lab1.org')",
         ("https://gate.lab1.org", None)),
        ("from agno.models.ibm import WatsonX as F", "F(id=M, url='https://gate.lab1.org')",
         ("https://gate.lab1.org", None)),
    ],
)  # fmt: skip
def test_where_a_model_is_asked_is_read_as_the_packages_declare_it(
    tmp_path: Path, imported: str, call: str, expected: tuple[object, object]
) -> None:
    text = f"{imported}\nM = 'mistral-large-latest'\n{call}\n"
    found = read_project(tmp_path, {"app.py": text}, DETECTOR).sightings
    assert [(each.base_url, each.region) for each in found] == [expected]


@pytest.mark.parametrize(
    ("name", "expected"), [("net-3.1-8b-instruct", ["unknown:net-3.1-8b-instruct"]), ("default", [])]
)
def test_open_weights_at_an_address_nobody_knows_are_named(
    tmp_path: Path, name: str, expected: list[str]
) -> None:
    text = (
        "from openai import OpenAI\nclient = OpenAI(base_url='https://text.acme.run/v1')\n"
        f"client.chat.completions.create(model='{name}')\n"
    )
    found = read_project(tmp_path, {"app.py": text}, DETECTOR)
    assert [each.name for each in found.sightings] == expected


def test_the_word_for_a_server_is_an_alias_whoever_is_asked(tmp_path: Path) -> None:
    text = "from openai import OpenAI\nOpenAI().chat.completions.create(model='vllm')\n"
    assert lines(tmp_path, text) == ["unresolved api-model 'vllm' 2 an alias of a server that is not known"]


def test_the_version_behind_a_model_of_replicate_is_its_revision(tmp_path: Path) -> None:
    text = "import replicate\nreplicate.run('lab1/net2:0a1b2c3d', input={})\n"
    assert lines(tmp_path, text) == ["api-model replicate:lab1/net2 2 literal @0a1b2c3d"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "import transformers\nx = transformers.pipeline('summarization')\n",
            ["hf-model sshleifer/distilbart-cnn-12-6 2 implicit @a4f8f3e remote-code=False"],
        ),
        (
            "import haystack\nx = haystack.components.embedders.SentenceTransformersTextEmbedder()\n",
            ["hf-model sentence-transformers/all-mpnet-base-v2 2 implicit remote-code=False"],
        ),
        (
            "import haystack\nx = haystack.components.embedders.OpenAITextEmbedder()\n",
            [
                "unresolved api-model 'haystack.components.embedders.OpenAITextEmbedder()' 2"
                " the library's own default, which changes with its version"
            ],
        ),
    ],
)
def test_a_default_that_a_library_changed_is_told_or_said_to_be_open(
    tmp_path: Path, text: str, expected: list[str]
) -> None:
    assert lines(tmp_path, text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "from langchain_openai import AzureChatOpenAI\n"
            "AzureChatOpenAI(model='gpt-4o-mini', azure_deployment='my-dep')\n",
            ["api-model azure-openai:gpt-4o-mini 2 literal"],
        ),
        (
            "from langchain.chat_models import init_chat_model\n"
            "init_chat_model('anthropic.net2-v1:0', model_provider='bedrock_converse')\n",
            ["api-model aws-bedrock:anthropic.net2-v1:0 2 literal"],
        ),
        (
            "import litellm\nlitellm.completion('gpt-4o', [], fallbacks=['groq/net2-8b'])\n",
            ["api-model openai:gpt-4o 2 literal", "api-model groq:net2-8b 2 literal"],
        ),
        (
            "import ollama\nollama.create(model='a', modelfile='# x\\nFROM net2:7b\\nSYSTEM y')\n",
            ["ollama net2:7b 2 literal"],
        ),
        ("import ollama\nollama.create(model='a', modelfile='FROM ./net2.gguf')\n", []),
        (
            "from transformers import EncoderDecoderModel\n"
            "EncoderDecoderModel.from_encoder_decoder_pretrained('lab1/net2', 'lab1/net3')\n",
            ["hf-model lab1/net2 2 literal", "hf-model lab1/net3 2 literal"],
        ),
        (
            "import gradio as gr\ngr.Interface.load('models/lab1/net2')\n",
            ["hf-model lab1/net2 2 literal"],
        ),
    ],
)
def test_every_argument_that_names_a_model_is_read(tmp_path: Path, text: str, expected: list[str]) -> None:
    assert lines(tmp_path, text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "import instructor\nfrom openai import OpenAI\n"
            "c = instructor.from_openai(OpenAI(base_url='http://localhost:11434/v1'), mode=1)\n"
            "c.chat.completions.create(model='net2:7b', messages=[])\n",
            "ollama net2:7b 4 literal",
        ),
        (
            "import instructor\nfrom openai import OpenAI\n"
            "c = instructor.patch(OpenAI(base_url='https://api.groq.com/openai/v1'))\n"
            "c.create(model='net2', messages=[])\n",
            "api-model groq:net2 4 literal",
        ),
        (
            "from openai import OpenAI\nimport sys\n"
            "c = OpenAI(base_url=f'http://127.0.0.1:{sys.argv[1]}/v1')\n"
            "c.chat.completions.create(model='lab1/net2', messages=[])\n",
            "hf-model lab1/net2 4 literal",
        ),
        (
            "from openai import OpenAI\nimport sys\n"
            "c = OpenAI(base_url=f'https://api.deepseek.com/{sys.argv[1]}')\n"
            "c.chat.completions.create(model='net2', messages=[])\n",
            "api-model deepseek:net2 4 literal",
        ),
    ],
)
def test_a_client_that_is_wrapped_or_placed_in_part_keeps_its_address(
    tmp_path: Path, text: str, expected: str
) -> None:
    assert lines(tmp_path, text) == [expected]
