"""Calls of Python libraries that open files in a way that can run code, and what decides it."""

from __future__ import annotations

from scanner.records.quick import dataclass


@dataclass(frozen=True, slots=True)
class Opener:
    """One such call."""

    form: str
    """What it opens: `pickle`, `joblib`, `torch`, `numpy`, `keras`, `torch-hub`."""
    argument: str = ""
    """The argument that decides; empty where none does."""
    position: int | None = None
    """Its index among the positional arguments."""
    safe: bool = True
    """The value at which no code of the file is run."""
    default: bool | None = None
    """Whether it runs code where the argument is not given; None: that depends on the version."""


_TORCH = Opener("torch", "weights_only", None, safe=True, default=None)
# torch/serialization.py of 2.15.0: the default went from False to True in 2.6, and is False still where a
# pickle_module is given. torch/hub.py: load_state_dict_from_url(…, weights_only=False).
_FROM_URL = Opener("torch", "weights_only", 6, safe=True, default=True)
_PICKLE = Opener("pickle", default=True)
# numpy 2: load(file, mmap_mode=None, allow_pickle=False, …).
_NUMPY = Opener("numpy", "allow_pickle", 2, safe=False, default=False)
# keras/src/saving/saving_api.py of 3.15.1: load_model(filepath, custom_objects, compile, safe_mode=True).
_KERAS = Opener("keras", "safe_mode", 3, safe=True, default=False)
_ALL_OF_KERAS = Opener("keras", default=True)
_HUB = Opener("torch-hub", default=True)

OPENERS: dict[str, Opener] = {
    "torch.load": _TORCH,
    "torch.serialization.load": _TORCH,
    "torch.hub.load": _HUB,
    "torch.hub.load_state_dict_from_url": _FROM_URL,
    "torch.utils.model_zoo.load_url": _FROM_URL,
    "joblib.load": Opener("joblib", default=True),
    "numpy.load": _NUMPY,
    "pickle.load": _PICKLE,
    "pickle.loads": _PICKLE,
    "pickle.Unpickler": _PICKLE,
    "dill.load": _PICKLE,
    "dill.loads": _PICKLE,
    "cloudpickle.load": _PICKLE,
    "cloudpickle.loads": _PICKLE,
    "keras.models.load_model": _KERAS,
    "keras.saving.load_model": _KERAS,
    "tensorflow.keras.models.load_model": _KERAS,
    "tensorflow.keras.saving.load_model": _KERAS,
    "keras.config.enable_unsafe_deserialization": _ALL_OF_KERAS,
    "tensorflow.keras.config.enable_unsafe_deserialization": _ALL_OF_KERAS,
}

WATCHED: dict[str, frozenset[str]] = {
    last: frozenset(name.partition(".")[0] for name in OPENERS if name.rpartition(".")[2] == last)
    for last in {name.rpartition(".")[2] for name in OPENERS}
}
"""The packages of these calls, by the call's last name."""
