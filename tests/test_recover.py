"""Going on from shipped weights: int8 back to floats. Needs torch and onnx, which only training has."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

torch = pytest.importorskip("torch", reason="torch is for training only")
onnx = pytest.importorskip("onnx", reason="onnx is for training only")

from training.recover import recovered  # noqa: E402

ROWS, COLUMNS = 3, 2
NAME = "bert.encoder.layer.0.dense"


def quantized(path: Path) -> np.ndarray:
    """A file with one linear layer, its weights quantized column by column; returns the weights meant."""
    scale = np.array([0.5, 0.25], np.float32)
    whole = np.array([[2, -4], [6, 8], [-10, 12]], np.int8)
    kept = {
        "w_quantized": whole,
        "w_scale": scale,
        "w_zero_point": np.zeros(COLUMNS, np.int8),
        f"{NAME}.bias": np.array([1, 2], np.float32),
        "shape.weight_quantized": np.array([[130], [126]], np.uint8),
        "shape.weight_scale": np.float32(0.1),
        "shape.weight_zero_point": np.uint8(128),
    }
    nodes = [
        onnx.helper.make_node("MatMulInteger", ["x", "w_quantized"], ["y"]),
        onnx.helper.make_node("Cast", ["y"], ["z"], to=1),
        onnx.helper.make_node("Mul", ["z", "w_scale"], ["s"]),
        onnx.helper.make_node("Add", [f"{NAME}.bias", "s"], ["out"]),
    ]
    graph = onnx.helper.make_graph(
        nodes, "g", [], [], [onnx.numpy_helper.from_array(np.asarray(v), k) for k, v in kept.items()]
    )
    onnx.save(onnx.helper.make_model(graph), str(path))
    return (whole * scale).T


def state() -> dict[str, torch.Tensor]:
    return {
        f"{NAME}.weight": torch.zeros(COLUMNS, ROWS),
        f"{NAME}.bias": torch.zeros(COLUMNS),
        "shape.weight": torch.zeros(2, 1),
        "heads.pos.weight": torch.ones(4, 4),
    }


def test_weights_come_back_and_what_does_not_ship_stays(tmp_path: Path) -> None:
    meant = quantized(tmp_path / "e.onnx")
    found = recovered(tmp_path / "e.onnx", state())
    assert np.allclose(found[f"{NAME}.weight"].numpy(), meant)
    assert found[f"{NAME}.bias"].tolist() == [1, 2]
    assert np.allclose(found["shape.weight"].numpy(), [[0.2], [-0.2]])
    assert found["heads.pos.weight"].eq(1).all()


def test_another_model_is_refused(tmp_path: Path) -> None:
    quantized(tmp_path / "e.onnx")
    other = state() | {"bert.encoder.layer.1.dense.weight": torch.zeros(2, 2)}
    with pytest.raises(ValueError, match="not weights of this model"):
        recovered(tmp_path / "e.onnx", other)
