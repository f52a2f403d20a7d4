"""What is exported reads as what was trained, and comes back. Needs torch and onnx, which only training has."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

torch = pytest.importorskip("torch", reason="torch is for training only")
onnx = pytest.importorskip("onnx", reason="onnx is for training only")

import onnxruntime  # noqa: E402

from onrecord.extract.encoder import INPUTS, SIZES  # noqa: E402
from training.export import EMBEDDED, HEAD, READ, STEPS, written  # noqa: E402
from training.recover import recovered  # noqa: E402

WORDS, PIECES, INNER = 50, 40, 48
WIDTH = 2 * HEAD
Array = np.ndarray


def made() -> dict[str, Array]:
    """The weights of a small model of two layers; those of linear layers need no rounding."""
    draw = np.random.default_rng(7)

    def table(*size: int) -> Array:
        return (draw.normal(size=size) * 0.2).astype(np.float32)

    def whole(*size: int) -> Array:
        steps = draw.integers(-STEPS // 4, STEPS // 4, size)  # two large ones side by side may overflow without VNNI
        steps[:, 0] = STEPS
        return (steps * 0.008).astype(np.float32)

    state = {f"{name}.weight": table(7, WIDTH) for name in EMBEDDED.values()}
    for name, rows in (("word", WORDS), ("position", PIECES), ("token_type", 2)):
        state[f"bert.embeddings.{name}_embeddings.weight"] = table(rows, WIDTH)
    norms, layers = ["bert.embeddings.LayerNorm"], {f"heads.{h}": (n, WIDTH) for h, n in zip(READ, SIZES, strict=True)}
    for i in range(2):
        at = f"bert.encoder.layer.{i}"
        norms += [f"{at}.attention.output.LayerNorm", f"{at}.output.LayerNorm"]
        layers |= {f"{at}.attention.self.{part}": (WIDTH, WIDTH) for part in ("query", "key", "value")}
        layers[f"{at}.attention.output.dense"] = WIDTH, WIDTH
        layers |= {f"{at}.intermediate.dense": (INNER, WIDTH), f"{at}.output.dense": (WIDTH, INNER)}
    for name in norms:
        state |= {f"{name}.weight": 1 + table(WIDTH), f"{name}.bias": table(WIDTH)}
    for name, size in layers.items():
        state |= {f"{name}.weight": whole(*size), f"{name}.bias": table(size[0])}
    return state


def read(state: dict[str, Array], fed: dict[str, Array]) -> Array:
    """The logits in plain floats, step by step."""
    s = {name: torch.tensor(value) for name, value in state.items()}

    def linear(x: torch.Tensor, name: str) -> torch.Tensor:
        return torch.nn.functional.linear(x, s[f"{name}.weight"], s[f"{name}.bias"])

    def norm(x: torch.Tensor, name: str) -> torch.Tensor:
        return torch.nn.functional.layer_norm(x, (WIDTH,), s[f"{name}.weight"], s[f"{name}.bias"], 1e-12)

    x = s["bert.embeddings.word_embeddings.weight"][torch.tensor(fed["ids"][0])]
    for name, table in EMBEDDED.items():
        x = x + s[f"{table}.weight"][torch.tensor(fed[name][0])]
    x = x + s["bert.embeddings.position_embeddings.weight"][: len(x)]
    x = norm(x + s["bert.embeddings.token_type_embeddings.weight"][0], "bert.embeddings.LayerNorm")
    for i in range(2):
        at = f"bert.encoder.layer.{i}"
        parts = (linear(x, f"{at}.attention.self.{p}").view(len(x), -1, HEAD) for p in ("query", "key", "value"))
        query, key, value = (p.transpose(0, 1) for p in parts)
        weights = torch.softmax(query @ key.transpose(1, 2) / HEAD**0.5, dim=-1)
        attended = (weights @ value).transpose(0, 1).reshape(len(x), WIDTH)
        x = norm(linear(attended, f"{at}.attention.output.dense") + x, f"{at}.attention.output.LayerNorm")
        inner = torch.nn.functional.gelu(linear(x, f"{at}.intermediate.dense"))
        x = norm(linear(inner, f"{at}.output.dense") + x, f"{at}.output.LayerNorm")
    return torch.cat([linear(x, f"heads.{h}") for h in READ], dim=-1).numpy()


def test_what_is_exported_reads_as_the_model_does() -> None:
    state, draw = made(), np.random.default_rng(1)
    session = onnxruntime.InferenceSession(written(state).SerializeToString(), providers=["CPUExecutionProvider"])
    asked = [i.name for i in session.get_inputs()]
    assert set(asked) <= set(INPUTS)
    for size in (2, 9, PIECES):
        fed = {n: draw.integers(0, WORDS if n == "ids" else 7, (1, size)) for n in asked}
        found, wanted = session.run(None, fed)[0][0], read(state, fed)
        assert found.shape == wanted.shape == (size, sum(SIZES))
        assert np.abs(found - wanted).mean() < 0.03 * np.abs(wanted).mean(), "but for the rounding of what goes in"


def test_weights_take_all_eight_bits_and_come_back(tmp_path: Path) -> None:
    state, other = made(), {n: torch.tensor(v) for n, v in made().items()}
    onnx.save(written(state), str(tmp_path / "encoder.onnx"))
    whole = [
        onnx.numpy_helper.to_array(i) for i in written(state).graph.initializer if i.data_type == onnx.TensorProto.INT8
    ]
    assert max(np.abs(w.astype(int)).max() for w in whole) == STEPS
    fixed = ("bert.embeddings.word", "bert.embeddings.position")
    empty = {n: v if n.startswith(fixed) else torch.zeros_like(v) for n, v in other.items()}
    found = recovered(tmp_path / "encoder.onnx", empty)
    for name, value in state.items():
        kept = slice(0, 1) if "token_type" in name else slice(None)
        assert np.allclose(found[name][kept], value[kept], atol=1e-5), name
