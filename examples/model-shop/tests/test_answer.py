"""A name in an assertion is a mention, not a dependency."""

from shop.settings import LOCAL_MODEL


def test_the_local_model_is_small():
    assert LOCAL_MODEL == "Qwen/Qwen3-8B"
