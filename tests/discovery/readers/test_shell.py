"""Shell scripts."""

from __future__ import annotations

from scanner.records.sighting import Certainty, Sighting
from tests.discovery.config_kit import commands, find, mentions, names, switches, unresolved


def test_a_command_over_several_lines_is_one() -> None:
    text = "vllm serve \\\n  Qwen/Qwen3-8B \\\n  --port 8000\n"
    assert commands(text, "shell") == [["vllm", "serve", "Qwen/Qwen3-8B", "--port", "8000"]]
    assert names(text, "shell") == ["hf-model Qwen/Qwen3-8B 2"]


def test_a_variable_of_the_same_text_is_followed_to_its_place() -> None:
    text = 'MODEL="Qwen/Qwen3-8B"\nCUDA_VISIBLE_DEVICES=0 vllm serve "$MODEL" --revision "v1"\n'
    assert names(text, "shell") == ["hf-model Qwen/Qwen3-8B 1"]


def test_defaults_of_both_spellings_are_names() -> None:
    text = "ollama pull ${LLM:-llama3:8b}\nollama pull ${EMB-nomic-embed-text}\n"
    assert names(text, "shell") == ["ollama llama3:8b 1", "ollama nomic-embed-text 2"]


def test_what_the_shell_decides_is_unresolved_with_its_reason() -> None:
    text = 'ollama pull "$1"\nvllm serve $MODEL\nhf download $(cat name)\n'
    assert unresolved(text, "shell") == [
        ("$1", "command line", 1),
        ("$MODEL", "environment", 2),
        ("$(cat name)", "chosen at run time", 3),
    ]


def test_a_loop_runs_for_each_of_its_values() -> None:
    text = (
        'MODELS=(\n  "BAAI/bge-m3" # one\n  Qwen/Qwen3-8B\n)\nfor m in "${MODELS[@]}"; do\n'
        '  hf download "$m"\ndone\n'
    )
    assert names(text, "shell") == ["hf-model BAAI/bge-m3 2", "hf-model Qwen/Qwen3-8B 3"]


def test_a_here_document_goes_to_the_reader_of_its_language() -> None:
    text = (
        "cat > Modelfile <<EOF\nFROM llama3:8b\nEOF\ncat <<'Y' | kubectl apply -f -\nspec:\n"
        "  model: BAAI/bge-m3\nY\n"
    )
    assert names(text, "shell") == ["ollama llama3:8b 2", "hf-model BAAI/bge-m3 6"]


def test_a_script_within_the_script_is_read() -> None:
    text = "docker exec ollama sh -c 'ollama pull qwen2:7b'\nX=$(ollama pull llama3:8b)\n"
    assert names(text, "shell") == ["ollama qwen2:7b 1", "ollama llama3:8b 2"]


def test_a_comment_is_a_mention() -> None:
    text = "# hf download BAAI/bge-m3\nls\n"
    assert names(text, "shell") == []
    assert mentions(text, "shell") == ["hf-model BAAI/bge-m3 1"]


def test_a_model_the_script_itself_makes_is_no_dependency() -> None:
    assert names("ollama create mine -f Modelfile\nollama run mine\n", "shell") == []


def test_an_exported_switch_moves_what_follows_to_another_hub() -> None:
    text = "export VLLM_USE_MODELSCOPE=True\nvllm serve Qwen/Qwen3-8B\n"
    assert names(text, "shell") == ["modelscope Qwen/Qwen3-8B 2"]
    assert switches(text, "shell") == [("VLLM_USE_MODELSCOPE", "True", 1)]


def test_an_exported_name_is_read_and_a_local_one_is_guessed() -> None:
    text = "export LLM_MODEL_ID=Qwen/Qwen3-8B\nMODEL_ID=BAAI/bge-m3\n"
    seen = {each.name: each.certainty for each in find(text, "shell") if isinstance(each, Sighting)}
    assert seen == {"Qwen/Qwen3-8B": Certainty.LITERAL, "BAAI/bge-m3": Certainty.GUESSED}


def test_members_of_an_array_with_keys_and_of_a_loop_are_read() -> None:
    text = (
        'declare -A FILES=( [a]="https://huggingface.co/o1/n1/resolve/main/x.gguf" )\n'
        'for model in "o1/n2-7b" "o1/n3-7b"; do ./own "$model"; done\nfor x in a/b c/d; do :; done\n'
    )
    assert names(text, "shell") == ["hf-model o1/n1 1", "hf-model o1/n2-7b 2", "hf-model o1/n3-7b 2"]


def test_a_command_in_quotes_is_read_where_the_program_starts_it() -> None:
    text = (
        'tmux new-session -d -s v "vllm serve nord/tern-7b"\ntmux send-keys -t v "ollama run llama3:8b" C-m\n'
        "sudo ssh host 'ollama pull qwen2:7b'\nlog 'vllm serve sud/gull-7b'\n"
    )
    assert names(text, "shell") == ["hf-model nord/tern-7b 1", "ollama llama3:8b 2", "ollama qwen2:7b 3"]
