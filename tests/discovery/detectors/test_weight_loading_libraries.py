"""Libraries that load weights: speech, images, embeddings, quantized and served models, evaluation."""

from pathlib import Path

import pytest

from scanner.discovery.detectors.library_calls import DETECTOR
from tests.discovery.reading import lines


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
            "from pywhispercpp.model import Model\nModel('base.en-q5_1')",
            "hf-model ggerganov/whisper.cpp 2 literal",
        ),
        ("from pywhispercpp.model import Model\nModel()", "hf-model ggerganov/whisper.cpp 2 implicit"),
    ],
)
def test_speech_is_recognized_with_the_weights_of_a_size(tmp_path: Path, text: str, expected: str) -> None:
    assert lines(tmp_path, text, DETECTOR) == [expected]
