"""A trained tagger → the folder that the encoder reader opens: `encoder.onnx` (int8), `tokenizer.json`, `card.json`."""

from __future__ import annotations

import json
from pathlib import Path

import torch
from torch import nn

from training.data import ROLES


def export(model: nn.Module, out: Path, card: dict[str, object]) -> None:
    """Writes encoder.onnx and card.json into `out`, where tokenizer.json lies already."""
    from onnxruntime.quantization import QuantType, quantize_dynamic

    out.mkdir(parents=True, exist_ok=True)
    model.eval()
    size = 16
    example = tuple(torch.zeros(1, size, dtype=torch.long) + v for v in (5, 1, 1, 1, 0, 0, 0, 0))
    inputs = ["ids", "mask", "shape", "gap", "quote", *ROLES]
    plain = out / "plain.onnx"
    axes = {name: {0: "batch", 1: "pieces"} for name in (*inputs, "logits")}
    torch.onnx.export(
        model, example, str(plain), input_names=inputs, output_names=["logits"],
        dynamic_axes=axes, opset_version=17, dynamo=False,
    )  # fmt: skip
    quantize_dynamic(
        plain,
        out / "encoder.onnx",
        weight_type=QuantType.QInt8,
        per_channel=True,
        op_types_to_quantize=["MatMul", "Gather"],
    )
    plain.unlink()
    (out / "card.json").write_text(json.dumps(card, indent=1, ensure_ascii=False) + "\n", "utf-8")
