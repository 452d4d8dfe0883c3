"""Libraries that load weights: speech, images, embeddings, quantized and served models, evaluation."""

from pathlib import Path

import pytest

from scanner.discovery.detectors.library_calls import DETECTOR
from tests.discovery.reading import lines, read_project


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "import whisperx\nwhisperx.load_model('large-v2', 'cuda')",
            "hf-model Systran/faster-whisper-large-v2 2 literal",
        ),
        (
            "import whisperx\nwhisperx.load_model(whisper_arch='lab1/net2', device='cpu')",
            "hf-model lab1/net2 2 literal",
        ),
        (
            "import whisperx\nwhisperx.load_align_model(language_code='en', device='cpu')",
            "other torchaudio:WAV2VEC2_ASR_BASE_960H 2 implicit",
        ),
        (
            "import whisperx\nwhisperx.load_align_model('ja', 'cpu')",
            "hf-model jonatasgrosman/wav2vec2-large-xlsr-53-japanese 2 implicit",
        ),
        (
            "import whisperx\nwhisperx.load_align_model('en', 'cpu', model_name='lab1/net2')",
            "hf-model lab1/net2 2 literal",
        ),
        (
            "from whisperx.diarize import DiarizationPipeline\nDiarizationPipeline(token=t)",
            "hf-model pyannote/speaker-diarization-community-1 2 implicit",
        ),
        (
            "import whisper_timestamped as whisper\nwhisper.load_model('tiny', device='cpu')",
            "other openai-whisper:tiny 2 literal",
        ),
        (
            "import whisper_timestamped as whisper\nwhisper.load_model('tiny', backend='transformers')",
            "hf-model openai/whisper-tiny 2 literal",
        ),
        (
            "import whisper_timestamped as whisper\nwhisper.load_model('lab1/net2')",
            "hf-model lab1/net2 2 literal",
        ),
        ("import stable_whisper\nstable_whisper.load_model('base')", "other openai-whisper:base 2 literal"),
        (
            "import stable_whisper\nstable_whisper.load_faster_whisper('base')",
            "hf-model Systran/faster-whisper-base 2 literal",
        ),
        (
            "import stable_whisper\nstable_whisper.load_hf_whisper('turbo')",
            "hf-model openai/whisper-large-v3-turbo 2 literal",
        ),
        (
            "import stable_whisper\nstable_whisper.load_mlx_whisper('tiny')",
            "hf-model mlx-community/whisper-tiny-mlx 2 literal",
        ),
        (
            "from lightning_whisper_mlx import LightningWhisperMLX\nLightningWhisperMLX('large-v3')",
            "hf-model mlx-community/whisper-large-v3-mlx 2 literal",
        ),
        (
            "from lightning_whisper_mlx import LightningWhisperMLX\n"
            "LightningWhisperMLX(model='large-v3', batch_size=12, quant='4bit')",
            "hf-model mlx-community/whisper-large-v3-mlx-4bit 2 literal",
        ),
        (
            "from RealtimeSTT import AudioToTextRecorder\nAudioToTextRecorder(model='tiny.en')",
            "hf-model Systran/faster-whisper-tiny.en 2 literal",
        ),
        (
            "from RealtimeSTT import AudioToTextRecorder\n"
            "AudioToTextRecorder('base', transcription_engine='openai_whisper')",
            "other openai-whisper:base 2 literal",
        ),
        (
            "from RealtimeSTT import AudioToTextRecorder\nAudioToTextRecorder(spinner=False)",
            "hf-model Systran/faster-whisper-tiny 2 implicit",
        ),
        (
            "from RealtimeSTT import AudioToTextRecorder\n"
            "AudioToTextRecorder(transcription_engine='whisper_cpp')",
            "hf-model ggerganov/whisper.cpp 2 implicit",
        ),
        (
            "from pywhispercpp.model import Model\nModel('base.en-q5_1')",
            "hf-model ggerganov/whisper.cpp 2 literal",
        ),
        ("from pywhispercpp.model import Model\nModel()", "hf-model ggerganov/whisper.cpp 2 implicit"),
    ],
)
def test_speech_is_recognized_with_the_weights_of_a_size(tmp_path: Path, text: str, expected: str) -> None:
    assert lines(tmp_path, text, DETECTOR) == [expected]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "from audiocraft.models import MusicGen\nMusicGen.get_pretrained('small')",
            "hf-model facebook/musicgen-small 2 literal",
        ),
        (
            "from audiocraft.models import MusicGen\nMusicGen.get_pretrained('lab1/net2')",
            "hf-model lab1/net2 2 literal",
        ),
        (
            "from audiocraft.models import AudioGen\nAudioGen.get_pretrained()",
            "hf-model facebook/audiogen-medium 2 implicit",
        ),
        (
            "from audiocraft.models import MAGNeT\nMAGNeT.get_pretrained('lab1/net2')",
            "hf-model lab1/net2 2 literal",
        ),
        (
            "from audiocraft.models import CompressionModel\nCompressionModel.get_pretrained('dac_44khz')",
            "other descript-audio-codec:44khz 2 literal",
        ),
        (
            "from audiocraft.models import MultiBandDiffusion\nMultiBandDiffusion.get_mbd_musicgen()",
            "hf-model facebook/multiband-diffusion 2 implicit",
        ),
        (
            "from demucs.pretrained import get_model\nget_model('htdemucs_ft')",
            "hf-model adefossez/HTDemucs-ft 2 literal",
        ),
        (
            "from demucs.pretrained import get_model\nget_model(name='hf://lab1/net2')",
            "hf-model lab1/net2 2 literal",
        ),
        ("import demucs.api\ndemucs.api.Separator(segment=12)", "hf-model adefossez/HTDemucs 2 implicit"),
        ("from kokoro import KPipeline\nKPipeline(lang_code='a')", "hf-model hexgrad/Kokoro-82M 2 implicit"),
        ("from kokoro import KPipeline\nKPipeline('a', 'lab1/net2')", "hf-model lab1/net2 2 literal"),
        ("from kokoro import KModel\nKModel(repo_id='lab1/net2')", "hf-model lab1/net2 2 literal"),
        ("from f5_tts.api import F5TTS\nF5TTS(model='E2TTS_Base')", "hf-model SWivid/E2-TTS 2 literal"),
        ("from f5_tts.api import F5TTS\nF5TTS(device='cpu')", "hf-model SWivid/F5-TTS 2 implicit"),
        (
            "from f5_tts.api import F5TTS\nF5TTS('F5TTS_v1_Base', ckpt_file='hf://lab1/net2/a.safetensors')",
            "hf-model lab1/net2 2 literal",
        ),
        (
            "from chatterbox.tts import ChatterboxTTS\nChatterboxTTS.from_pretrained(device='cuda')",
            "hf-model ResembleAI/chatterbox 2 implicit",
        ),
        (
            "from chatterbox.tts_turbo import ChatterboxTurboTTS\nChatterboxTurboTTS.from_pretrained('cuda')",
            "hf-model ResembleAI/chatterbox-turbo 2 implicit",
        ),
        (
            "from espnet2.bin.asr_inference import Speech2Text\nSpeech2Text.from_pretrained('lab1/net2')",
            "hf-model lab1/net2 2 literal",
        ),
        (
            "from espnet2.bin.tts_inference import Text2Speech\n"
            "Text2Speech.from_pretrained(model_tag='kan-bayashi/ljspeech_vits')",
            "other espnet-model-zoo:kan-bayashi/ljspeech_vits 2 literal",
        ),
        (
            "import laion_clap\nmodel = laion_clap.CLAP_Module(enable_fusion=False)\nmodel.load_ckpt()",
            "hf-model lukewys/laion_clap 3 implicit",
        ),
        (
            "from RealtimeTTS import CoquiEngine\nCoquiEngine()",
            "other coqui-tts:tts_models/multilingual/multi-dataset/xtts_v2 2 implicit",
        ),
        (
            "from RealtimeTTS import KokoroEngine\nKokoroEngine(voice='af_heart')",
            "hf-model hexgrad/Kokoro-82M 2 implicit",
        ),
        (
            "from RealtimeTTS import ParlerEngine\nParlerEngine(model_name='lab1/net2')",
            "hf-model lab1/net2 2 literal",
        ),
        ("from RealtimeTTS import QwenEngine\nQwenEngine('lab1/net2')", "hf-model lab1/net2 2 literal"),
        (
            "from RealtimeTTS import NeuTTSEngine\nNeuTTSEngine(backbone_repo='lab1/net2')",
            "hf-model lab1/net2 2 literal",
        ),
        (
            "from RealtimeTTS import OpenAIEngine\nOpenAIEngine(model='tts-1-hd')",
            "api-model openai:tts-1-hd 2 literal",
        ),
        (
            "from RealtimeTTS import ElevenlabsEngine\nElevenlabsEngine('key')",
            "api-model elevenlabs:eleven_multilingual_v2 2 implicit",
        ),
    ],
)
def test_sounds_are_made_and_parted_with_the_weights_of_a_name(
    tmp_path: Path, text: str, expected: str
) -> None:
    assert lines(tmp_path, text, DETECTOR) == [expected]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "from gpt4all import GPT4All\nGPT4All('net-7b.Q4_0.gguf')",
            "other gpt4all:net-7b.Q4_0.gguf 2 literal",
        ),
        (
            "from gpt4all import Embed4All\nEmbed4All()",
            "other gpt4all:all-MiniLM-L6-v2.gguf2.f16.gguf 2 implicit",
        ),
        (
            "from ctransformers import AutoModelForCausalLM\n"
            "AutoModelForCausalLM.from_pretrained('lab1/net2', model_file='a.bin', revision='v1')",
            "hf-model lab1/net2 2 literal @v1",
        ),
        (
            "from ctransformers import AutoModelForCausalLM\n"
            "AutoModelForCausalLM.from_pretrained(model_path_or_repo_id='lab1/net2')",
            "hf-model lab1/net2 2 literal",
        ),
        (
            "from awq import AutoAWQForCausalLM\n"
            "AutoAWQForCausalLM.from_quantized('lab1/net2', fuse_layers=True)",
            "hf-model lab1/net2 2 literal remote-code",
        ),
        (
            "from awq import AutoAWQForCausalLM\n"
            "AutoAWQForCausalLM.from_quantized(quant_path='lab1/net2', trust_remote_code=False)",
            "hf-model lab1/net2 2 literal remote-code=False",
        ),
        (
            "from awq import AutoAWQForCausalLM\n"
            "AutoAWQForCausalLM.from_pretrained('lab1/net2', download_kwargs={'revision': 'v1'})",
            "hf-model lab1/net2 2 literal @v1 remote-code",
        ),
        (
            "from auto_gptq import AutoGPTQForCausalLM\n"
            "AutoGPTQForCausalLM.from_quantized('lab1/net2', revision='gptq-4bit')",
            "hf-model lab1/net2 2 literal @gptq-4bit remote-code=False",
        ),
        (
            "from auto_gptq import AutoGPTQForCausalLM\n"
            "AutoGPTQForCausalLM.from_pretrained('lab1/net2', config, trust_remote_code=True)",
            "hf-model lab1/net2 2 literal remote-code",
        ),
        (
            "from gptqmodel import GPTQModel\nGPTQModel.load('lab1/net2', quantize_config)",
            "hf-model lab1/net2 2 literal remote-code=False",
        ),
        (
            "from lmdeploy import pipeline, TurbomindEngineConfig\n"
            "pipeline('lab1/net2', backend_config=TurbomindEngineConfig(tp=1, revision='v1'))",
            "hf-model lab1/net2 2 literal @v1 remote-code=False",
        ),
        (
            "from optimum.intel import OVModelForCausalLM\n"
            "OVModelForCausalLM.from_pretrained('lab1/net2', export=True)",
            "hf-model lab1/net2 2 literal remote-code=False",
        ),
        ("from litgpt import LLM\nLLM.load('lab1/net2')", "hf-model lab1/net2 2 literal"),
        (
            "from nnsight import LanguageModel\nLanguageModel('lab1/net2', device_map='auto', revision='v1')",
            "hf-model lab1/net2 2 literal @v1 remote-code=False",
        ),
        (
            "import transformer_lens\ntransformer_lens.HookedTransformer.from_pretrained('gpt2-small')",
            "hf-model gpt2 2 literal remote-code=False",
        ),
        (
            "from transformer_lens import HookedTransformer\n"
            "HookedTransformer.from_pretrained('solu-1l', device='cpu')",
            "hf-model NeelNanda/SoLU_1L512W_C4_Code 2 literal remote-code=False",
        ),
        (
            "from transformer_lens import HookedTransformer\n"
            "HookedTransformer.from_pretrained_no_processing('lab1/net2')",
            "hf-model lab1/net2 2 literal remote-code=False",
        ),
        (
            "from transformer_lens.model_bridge import TransformerBridge\n"
            "TransformerBridge.boot_transformers('lab1/net2')",
            "hf-model lab1/net2 2 literal remote-code=False",
        ),
        (
            "from ludwig.api import LudwigModel\n"
            "LudwigModel(config={'model_type': 'llm', 'base_model': 'llama-2-7b'})",
            "hf-model meta-llama/Llama-2-7b-hf 2 literal",
        ),
        ("from mlc_llm import MLCEngine\nMLCEngine('HF://lab1/net2')", "hf-model lab1/net2 2 literal"),
    ],
)
def test_weights_are_run_and_quantized_here(tmp_path: Path, text: str, expected: str) -> None:
    assert lines(tmp_path, text, DETECTOR) == [expected]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "from llmcompressor import oneshot\noneshot(model='lab1/net2', dataset='open_platypus')",
            [
                "hf-model lab1/net2 2 literal remote-code=False",
                "hf-dataset garage-bAInd/Open-Platypus 2 literal remote-code=False",
            ],
        ),
        (
            "from llmcompressor import oneshot\noneshot(model=model, dataset='lab1/texts2')",
            ["hf-dataset lab1/texts2 2 literal remote-code=False"],
        ),
    ],
)
def test_a_calibration_names_its_model_and_its_data(tmp_path: Path, text: str, expected: list[str]) -> None:
    assert lines(tmp_path, text, DETECTOR) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("from gpt4all import GPT4All\nGPT4All('net.gguf', model_path='.', allow_download=False)", []),
        ("from gpt4all import GPT4All\nGPT4All('./models/net.gguf')", []),
        ("from ludwig.api import LudwigModel\nLudwigModel('model.yaml')", []),
        ("from litgpt import LLM\nLLM.load('pythia-160m', init='random')", []),
        ("from rerankers import Reranker\nReranker('cohere', lang='fr', api_key=key)", []),
    ],
)
def test_what_is_not_loaded_or_not_told_is_not_named(tmp_path: Path, text: str, expected: list[str]) -> None:
    assert lines(tmp_path, text, DETECTOR) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "from rerankers import Reranker\nReranker('lab1/net2', model_type='cross-encoder')",
            "hf-model lab1/net2 2 literal",
        ),
        (
            "from rerankers import Reranker\nReranker('cross-encoder')",
            "hf-model mixedbread-ai/mxbai-rerank-base-v1 2 literal",
        ),
        (
            "from rerankers import Reranker\nReranker('colbert', lang='fr')",
            "hf-model bclavie/FraColBERTv2 2 literal",
        ),
        (
            "from rerankers import Reranker\nReranker('cohere', api_key=key)",
            "api-model cohere:rerank-english-v3.0 2 literal",
        ),
        (
            "from rerankers import Reranker\nReranker('rerank-v9', model_type='cohere', api_key=key)",
            "api-model cohere:rerank-v9 2 literal",
        ),
        (
            "from rerankers import Reranker\nReranker('gpt-4o', model_type='rankgpt', api_key=key)",
            "api-model openai:gpt-4o 2 literal",
        ),
        (
            "from flashrank import Ranker\nRanker(model_name='ms-marco-MiniLM-L-12-v2')",
            "hf-model prithivida/flashrank 2 literal",
        ),
        ("from flashrank import Ranker\nRanker(max_length=128)", "hf-model prithivida/flashrank 2 implicit"),
        (
            "from model2vec import StaticModel\nStaticModel.from_pretrained('lab1/net2')",
            "hf-model lab1/net2 2 literal",
        ),
        (
            "from model2vec.distill import distill\ndistill(model_name='lab1/net2')",
            "hf-model lab1/net2 2 literal remote-code=False",
        ),
        (
            "from model2vec.train import StaticModelForClassification\n"
            "StaticModelForClassification.from_pretrained()",
            "hf-model minishlab/potion-base-32m 2 implicit",
        ),
        (
            "from InstructorEmbedding import INSTRUCTOR\nINSTRUCTOR('lab1/net2')",
            "hf-model lab1/net2 2 literal",
        ),
        (
            "from pylate import models\nmodels.ColBERT(model_name_or_path='lab1/net2', revision='v1')",
            "hf-model lab1/net2 2 literal @v1 remote-code=False",
        ),
        (
            "from byaldi import RAGMultiModalModel\nRAGMultiModalModel.from_pretrained('lab1/net2')",
            "hf-model lab1/net2 2 literal",
        ),
        (
            "from colpali_engine.models import ColQwen2\n"
            "ColQwen2.from_pretrained('lab1/net2', revision='v1')",
            "hf-model lab1/net2 2 literal @v1 remote-code=False",
        ),
        (
            "from angle_emb import AnglE\nAnglE.from_pretrained('lab1/net2', pooling_strategy='cls')",
            "hf-model lab1/net2 2 literal",
        ),
        (
            "from infinity_emb import AsyncEmbeddingEngine, EngineArgs\n"
            "AsyncEmbeddingEngine.from_args(EngineArgs(model_name_or_path='lab1/net2', engine='torch'))",
            "hf-model lab1/net2 2 literal remote-code",
        ),
        (
            "import vec2text\nvec2text.load_pretrained_corrector('gtr-base')",
            "hf-model jxm/gtr__nq__32__correct 2 literal",
        ),
        (
            "from keybert import KeyBERT\nKeyBERT(model='all-MiniLM-L6-v2')",
            "hf-model sentence-transformers/all-MiniLM-L6-v2 2 literal",
        ),
    ],
)
def test_embeddings_and_rerankers_name_their_weights(tmp_path: Path, text: str, expected: str) -> None:
    assert lines(tmp_path, text, DETECTOR) == [expected]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "from paddleocr import PaddleOCR\nPaddleOCR(lang='en')",
            [
                "hf-model PaddlePaddle/PP-OCRv6_medium_det 2 literal",
                "hf-model PaddlePaddle/PP-OCRv6_medium_rec 2 literal",
            ],
        ),
        (
            "from paddleocr import PaddleOCR\nPaddleOCR(lang='korean', use_textline_orientation=False)",
            [
                "hf-model PaddlePaddle/PP-OCRv5_server_det 2 literal",
                "hf-model PaddlePaddle/korean_PP-OCRv5_mobile_rec 2 literal",
            ],
        ),
        (
            "from paddleocr import PaddleOCR\nPaddleOCR(ocr_version='PP-OCRv4', lang='ch')",
            [
                "hf-model PaddlePaddle/PP-OCRv4_mobile_det 2 literal",
                "hf-model PaddlePaddle/PP-OCRv4_mobile_rec 2 literal",
            ],
        ),
        (
            "from paddleocr import PaddleOCR\nPaddleOCR()",
            ["hf-model PaddlePaddle/PP-OCRv6_medium_det 2 implicit"],
        ),
        (
            "from paddleocr import PaddleOCR\n"
            "PaddleOCR(text_detection_model_name='PP-OCRv5_mobile_det', "
            "text_recognition_model_name='PP-OCRv5_mobile_rec')",
            [
                "hf-model PaddlePaddle/PP-OCRv5_mobile_det 2 literal",
                "hf-model PaddlePaddle/PP-OCRv5_mobile_rec 2 literal",
            ],
        ),
        (
            "from paddleocr import PaddleOCRVL\nPaddleOCRVL()",
            ["hf-model PaddlePaddle/PaddleOCR-VL-1.6 2 implicit"],
        ),
        (
            "from paddleocr import PaddleOCRVL\nPaddleOCRVL(pipeline_version='v1')",
            ["hf-model PaddlePaddle/PaddleOCR-VL 2 implicit"],
        ),
        (
            "from paddleocr import PPStructureV3\n"
            "PPStructureV3(layout_detection_model_name='PP-DocLayout-L')",
            ["hf-model PaddlePaddle/PP-DocLayout-L 2 literal"],
        ),
        (
            "from paddleocr import LayoutDetection\nLayoutDetection()",
            ["hf-model PaddlePaddle/PP-DocLayout_plus-L 2 implicit"],
        ),
        (
            "from paddlex import create_model\ncreate_model('PP-OCRv5_mobile_rec')",
            ["hf-model PaddlePaddle/PP-OCRv5_mobile_rec 2 literal"],
        ),
        (
            "from paddlex import create_model\ncreate_model(model_name='ResNet50')",
            ["other paddlex:ResNet50 2 literal"],
        ),
        (
            "from paddlenlp.transformers import AutoModel\nAutoModel.from_pretrained('lab1/net2')",
            ["other paddlenlp:lab1/net2 2 literal"],
        ),
        (
            "from paddlenlp.transformers import AutoModel\n"
            "AutoModel.from_pretrained('lab1/net2', from_hf_hub=True)",
            ["hf-model lab1/net2 2 literal"],
        ),
        (
            "from paddlenlp.transformers import AutoTokenizer\nAutoTokenizer.from_pretrained('./checkpoint')",
            [],
        ),
    ],
)
def test_paddle_names_models_of_the_hub_and_of_its_own_store(
    tmp_path: Path, text: str, expected: list[str]
) -> None:
    assert lines(tmp_path, text, DETECTOR) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("import rembg\nrembg.new_session('u2net')", ["other rembg:u2net 2 literal"]),
        ("from rembg import remove\nremove(data)", ["other rembg:bria-rmbg 2 implicit"]),
        (
            "from rembg import remove, new_session\nremove(data, session=new_session())",
            ["other rembg:bria-rmbg 2 implicit"],
        ),
        (
            "from deepface import DeepFace\n"
            "DeepFace.verify(a, b, model_name='ArcFace', detector_backend='retinaface')",
            ["other deepface:ArcFace 2 literal", "other deepface:retinaface 2 literal"],
        ),
        (
            "from deepface import DeepFace\nDeepFace.find(img, 'faces')",
            ["other deepface:VGG-Face 2 implicit"],
        ),
        (
            "from deepface import DeepFace\nDeepFace.represent(img, 'Facenet512')",
            ["other deepface:Facenet512 2 literal"],
        ),
        (
            "from deepface import DeepFace\nDeepFace.analyze(img, actions=['age', 'emotion'])",
            ["other deepface:Age 2 literal", "other deepface:Emotion 2 literal"],
        ),
        ("from deepface import DeepFace\nDeepFace.extract_faces(img, detector_backend='opencv')", []),
        (
            "from facenet_pytorch import InceptionResnetV1\nInceptionResnetV1(pretrained='vggface2').eval()",
            ["other facenet-pytorch:vggface2 2 literal"],
        ),
        (
            "from sam2.sam2_image_predictor import SAM2ImagePredictor\n"
            "SAM2ImagePredictor.from_pretrained('lab1/net2')",
            ["hf-model lab1/net2 2 literal"],
        ),
        (
            "from sam2.build_sam import build_sam2_video_predictor_hf\n"
            "build_sam2_video_predictor_hf('lab1/net2')",
            ["hf-model lab1/net2 2 literal"],
        ),
        ("from rfdetr import RFDETRMedium\nRFDETRMedium()", ["other rfdetr:rf-detr-medium.pth 2 implicit"]),
        (
            "from rfdetr import RFDETRBase\nRFDETRBase(pretrain_weights='rf-detr-base-o365.pth')",
            ["other rfdetr:rf-detr-base-o365.pth 2 literal"],
        ),
        ("from rfdetr import RFDETRBase\nRFDETRBase(pretrain_weights='./mine.pth')", []),
        (
            "from controlnet_aux import OpenposeDetector\n"
            "OpenposeDetector.from_pretrained(pretrained_model_or_path='lab1/net2')",
            ["hf-model lab1/net2 2 literal"],
        ),
        (
            "from controlnet_aux.processor import Processor\nProcessor('openpose')",
            ["hf-model lllyasviel/Annotators 2 literal"],
        ),
        ("from controlnet_aux.processor import Processor\nProcessor('canny')", []),
        (
            "import easyocr\neasyocr.Reader(['ch_sim', 'en'])",
            ["other easyocr:craft 2 implicit", "other easyocr:zh_sim_g2 2 literal"],
        ),
        (
            "import easyocr\neasyocr.Reader(['en'], detect_network='dbnet18', recog_network='english_g2')",
            ["other easyocr:dbnet18 2 literal", "other easyocr:english_g2 2 literal"],
        ),
        (
            "from doctr.models import ocr_predictor\nocr_predictor('db_resnet50', 'parseq', pretrained=True)",
            ["other doctr:db_resnet50 2 literal", "other doctr:parseq 2 literal"],
        ),
        (
            "from doctr.models import ocr_predictor\nocr_predictor(pretrained=True)",
            ["other doctr:fast_base 2 implicit"],
        ),
        ("from doctr.models import ocr_predictor\nocr_predictor('db_resnet50', 'parseq')", []),
        ("from doctr.models import from_hub\nfrom_hub('lab1/net2')", ["hf-model lab1/net2 2 literal"]),
        (
            "from docling.datamodel.pipeline_options import VlmConvertOptions\n"
            "VlmConvertOptions.from_preset('granite_docling')",
            ["hf-model ibm-granite/granite-docling-258M 2 literal"],
        ),
        (
            "from docling.datamodel.pipeline_options_vlm_model import InlineVlmOptions\n"
            "InlineVlmOptions(repo_id='lab1/net2', revision='v1')",
            ["hf-model lab1/net2 2 literal @v1 remote-code=False"],
        ),
    ],
)
def test_images_are_read_with_the_weights_of_a_name(tmp_path: Path, text: str, expected: list[str]) -> None:
    assert lines(tmp_path, text, DETECTOR) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("from detoxify import Detoxify\nDetoxify('original')", ["other detoxify:original 2 literal"]),
        ("from detoxify import Detoxify\nDetoxify(checkpoint='mine.ckpt')", []),
        ("from easynmt import EasyNMT\nEasyNMT('opus-mt')", ["other easynmt:opus-mt 2 literal"]),
        (
            "from simpletransformers.classification import ClassificationModel\n"
            "ClassificationModel('roberta', 'lab1/net2')",
            ["hf-model lab1/net2 2 literal"],
        ),
        (
            "from simpletransformers.seq2seq import Seq2SeqModel\n"
            "Seq2SeqModel('bert', 'lab1/enc2', 'lab1/dec2')",
            ["hf-model lab1/enc2 2 literal", "hf-model lab1/dec2 2 literal"],
        ),
        (
            "from simpletransformers.retrieval import RetrievalModel\n"
            "RetrievalModel(model_type='dpr', context_encoder_name='lab1/net2')",
            ["hf-model lab1/net2 2 literal"],
        ),
        (
            "from adapters import AutoAdapterModel\nmodel = AutoAdapterModel.from_pretrained('lab1/net2')\n"
            "model.load_adapter('lab1/adapter2')",
            ["hf-model lab1/net2 2 literal remote-code=False", "hf-model lab1/adapter2 3 literal"],
        ),
        (
            "from llm_guard.input_scanners import PromptInjection\nPromptInjection(threshold=0.5)",
            [
                "hf-model protectai/deberta-v3-base-prompt-injection-v2 2 implicit "
                "@89b085cd330414d3e7d9dd787870f315957e1e9f"
            ],
        ),
        (
            "from llm_guard.model import Model\n"
            "Model('lab1/net2', revision='v1', onnx_path='lab1/onnx2', onnx_revision='v2')",
            ["hf-model lab1/net2 2 literal @v1", "hf-model lab1/onnx2 2 literal @v2"],
        ),
        (
            "from presidio_analyzer.nlp_engine import TransformersNlpEngine\n"
            "TransformersNlpEngine(models=[{'lang_code': 'en', "
            "'model_name': {'spacy': 'en_core_web_sm', 'transformers': 'lab1/net2'}}])",
            ["hf-model lab1/net2 2 literal"],
        ),
        (
            "from presidio_analyzer import AnalyzerEngine\nAnalyzerEngine()",
            ["spacy en_core_web_lg 2 implicit"],
        ),
        (
            "from presidio_analyzer.predefined_recognizers import GLiNERRecognizer\n"
            "GLiNERRecognizer(model_name='lab1/net2')",
            ["hf-model lab1/net2 2 literal"],
        ),
        ("import gradio as gr\ngr.load('models/lab1/net2')", ["hf-model lab1/net2 2 literal"]),
        ("import gradio as gr\ngr.load('lab1/net2', src='models')", ["hf-model lab1/net2 2 literal"]),
        ("import gradio as gr\ngr.load('lab1/net2', src='spaces')", []),
        ("import gradio as gr\ngr.load('spaces/lab1/net2')", []),
    ],
)
def test_texts_are_judged_by_models_of_a_name(tmp_path: Path, text: str, expected: list[str]) -> None:
    assert lines(tmp_path, text, DETECTOR) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "import lm_eval\n"
            "lm_eval.simple_evaluate('hf', tasks=['arc'], "
            "model_args='pretrained=lab1/net2,revision=v1,trust_remote_code=True')",
            ["hf-model lab1/net2 2 literal @v1 remote-code"],
        ),
        (
            "import lm_eval\n"
            "lm_eval.simple_evaluate(model='hf', model_args={'pretrained': 'lab1/net2', 'dtype': 'float16'})",
            ["hf-model lab1/net2 2 literal remote-code=False"],
        ),
        (
            "from lm_eval import evaluator\n"
            "evaluator.simple_evaluate('hf', 'pretrained=lab1/net2,peft=lab1/lora2')",
            ["hf-model lab1/net2 2 literal remote-code=False"],
        ),
        (
            "from lm_eval.models.huggingface import HFLM\nHFLM(pretrained='lab1/net2')",
            ["hf-model lab1/net2 2 literal remote-code=False"],
        ),
        (
            "from lighteval.models.transformers.transformers_model import TransformersModelConfig\n"
            "TransformersModelConfig(model_name='lab1/net2', revision='v1')",
            ["hf-model lab1/net2 2 literal @v1 remote-code=False"],
        ),
        (
            "from lighteval.models.endpoints.litellm_model import LiteLLMModelConfig\n"
            "LiteLLMModelConfig(model_name='openai/gpt-4o')",
            ["api-model openai:gpt-4o 2 literal"],
        ),
        (
            "import mteb\nmteb.get_model('lab1/net2', revision='v1')",
            ["hf-model lab1/net2 2 literal @v1 remote-code=False"],
        ),
        (
            "from text_generation import InferenceAPIClient\nInferenceAPIClient('lab1/net2')",
            ["hf-model lab1/net2 2 literal"],
        ),
        (
            "from swift.infer_engine import TransformersEngine\nTransformersEngine('lab1/net2')",
            ["modelscope lab1/net2 2 literal"],
        ),
        (
            "from swift.llm import PtEngine\nPtEngine('lab1/net2', use_hf=True, revision='v1')",
            ["hf-model lab1/net2 2 literal @v1"],
        ),
        (
            "from swift.llm import TrainArguments, SftArguments\n"
            "SftArguments(model='lab1/net2', adapters=['lab1/lora2'])",
            ["modelscope lab1/net2 2 literal", "modelscope lab1/lora2 2 literal"],
        ),
    ],
)
def test_models_under_evaluation_are_named_in_settings(
    tmp_path: Path, text: str, expected: list[str]
) -> None:
    assert lines(tmp_path, text, DETECTOR) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "import nemo.collections.asr as asr\n"
            "asr.models.EncDecCTCModel.from_pretrained('stt_en_citrinet_256')",
            ["other nvidia-ngc:stt_en_citrinet_256 2 literal"],
        ),
        (
            "import nemo.collections.asr as asr\nasr.models.ASRModel.from_pretrained(model_name='lab1/net2')",
            ["hf-model lab1/net2 2 literal"],
        ),
        (
            "from pyannote.audio import Pipeline\n"
            "Pipeline.from_pretrained(checkpoint_path='lab1/net2', use_auth_token=t)",
            ["hf-model lab1/net2 2 literal"],
        ),
        (
            "from pyannote.audio import Model\nModel.from_pretrained('lab1/net2@v1')",
            ["hf-model lab1/net2 2 literal @v1"],
        ),
        (
            "from pyannote.audio import Inference\nInference('lab1/net2', window='whole')",
            ["hf-model lab1/net2 2 literal"],
        ),
        (
            "from pyannote.audio.pipelines import SpeakerDiarization\n"
            "SpeakerDiarization(segmentation={'checkpoint': 'lab1/seg2'}, embedding='lab1/emb2')",
            ["hf-model lab1/seg2 2 literal", "hf-model lab1/emb2 2 literal"],
        ),
        (
            "from pyannote.audio.pipelines import VoiceActivityDetection\nVoiceActivityDetection()",
            ["hf-model pyannote/segmentation 2 implicit"],
        ),
        ("from mlx_vlm.utils import load_config\nload_config('lab1/net2')", ["hf-model lab1/net2 2 literal"]),
        (
            "from mlx_audio.tts.utils import load_model\nload_model('lab1/net2')",
            ["hf-model lab1/net2 2 literal"],
        ),
        (
            "from mlx_audio.tts.generate import generate_audio\ngenerate_audio(text='a', model='lab1/net2')",
            ["hf-model lab1/net2 2 literal"],
        ),
    ],
)
def test_speech_models_of_catalogs_and_of_the_hub(tmp_path: Path, text: str, expected: list[str]) -> None:
    assert lines(tmp_path, text, DETECTOR) == expected


def test_a_space_that_a_client_asks_is_no_model(tmp_path: Path) -> None:
    text = "from gradio_client import Client\nClient('black-forest-labs/FLUX.1-dev')"
    assert lines(tmp_path, text) == []


def test_a_record_of_several_libraries_says_of_which_a_call_is(tmp_path: Path) -> None:
    text = "import kokoro, stable_whisper\nstable_whisper.load_model('base')\nkokoro.KPipeline('a')"
    found = read_project(tmp_path, {"app.py": text}, DETECTOR)
    assert [each.library for each in found.sightings] == ["stable-ts", "kokoro"]


def test_a_pipeline_without_its_model_loads_no_weights(tmp_path: Path) -> None:
    text = "from kokoro import KPipeline\nKPipeline(lang_code='a', model=False)"
    assert lines(tmp_path, text, DETECTOR) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "from surya.inference import SuryaInferenceManager\n"
            "from surya.recognition import RecognitionPredictor\n"
            "RecognitionPredictor(SuryaInferenceManager())",
            ["hf-model datalab-to/surya-ocr-2 3 implicit"],
        ),
        (
            "from surya.inference import SuryaInferenceManager\nSuryaInferenceManager(method='llamacpp')",
            ["hf-model datalab-to/surya-ocr-2-gguf 2 implicit"],
        ),
        (
            "from surya.layout import LayoutPredictor\nLayoutPredictor()",
            ["hf-model datalab-to/surya-ocr-2 2 implicit"],
        ),
        (
            "from surya.detection import DetectionPredictor\nDetectionPredictor()",
            ["other surya:text_detection/2025_05_07 2 implicit"],
        ),
        (
            "from surya.fast_layout import FastLayoutPredictor\n"
            "FastLayoutPredictor(checkpoint='hf://lab1/net2')",
            ["hf-model lab1/net2 2 literal"],
        ),
        (
            "from marker.models import create_model_dict\ncreate_model_dict()",
            ["hf-model datalab-to/surya-ocr-2 2 implicit"],
        ),
    ],
)
def test_pages_are_read_with_what_the_library_is_set_to(
    tmp_path: Path, text: str, expected: list[str]
) -> None:
    assert lines(tmp_path, text, DETECTOR) == expected


@pytest.mark.parametrize(
    "text",
    [
        "import sys, lm_eval\nlm_eval.simple_evaluate('hf', model_args=f'pretrained={sys.argv[1]}')",
        "import sys\nfrom rembg import new_session\nnew_session(sys.argv[1])",
        "import sys\nfrom RealtimeSTT import AudioToTextRecorder\nAudioToTextRecorder(model=sys.argv[1])",
    ],
)
def test_a_name_given_at_run_time_is_listed(tmp_path: Path, text: str) -> None:
    (found,) = lines(tmp_path, text, DETECTOR)
    assert found.startswith("unresolved ")
    assert found.endswith(" command line")
