"""Weights to go on from, out of an `encoder.onnx` that ships: int8 back to floats.

The weights of training (90 MB) are kept nowhere; what ships is enough to go on from. A quantized weight comes back
within half a step of its row; embeddings that training leaves alone come back exactly, from where they came. Heads that
do not ship keep what the model has.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import onnx
import torch
from onnx import numpy_helper

from training.export import READ

PLACES, KINDS = "bert.embeddings.position_embeddings.weight", "bert.embeddings.token_type_embeddings.weight"
FROZEN = ("bert.embeddings.word_embeddings.weight", PLACES)
TABLE = 2  # dimensions of a linear layer's weights


def recovered(path: Path, state: dict[str, torch.Tensor]) -> dict[str, torch.Tensor]:
    """`state` with every weight that the file holds. ValueError where the file is not of this model."""
    graph = onnx.load(str(path)).graph
    known = {i.name: numpy_helper.to_array(i) for i in graph.initializer}
    found = {name: value for name, value in known.items() if name in state}
    found |= {n: plain(known, n) for n in state if f"{n}_quantized" in known and n not in FROZEN}
    if "heads.weight" in known:  # as `training/export.py` writes it: linear weights by name, all heads as one
        found |= {n: value.T for n, value in found.items() if n.startswith("bert.encoder") and value.ndim == TABLE}
        found |= heads(known, state) | {KINDS: kinds(known, state)}
    reads = {i: node for node in graph.node for i in node.input}
    for node in graph.node:
        if node.op_type == "MatMulInteger" and node.input[1].endswith("_quantized"):
            after = node
            while after.op_type != "Add" or not named(after, state):
                after = reads[after.output[0]]
            name = named(after, state).removesuffix("bias") + "weight"
            found[name] = plain(known, node.input[1].removesuffix("_quantized")).T
    wrong = [n for n, value in found.items() if value.shape != tuple(state[n].shape)]
    missing = [n for n in state if n.startswith(("bert.encoder", "heads.source", "shape")) and n not in found]
    if wrong or missing:
        raise ValueError(f"{path}: not weights of this model: {(wrong + missing)[0]}")
    return {n: torch.tensor(np.array(found[n])) if n in found else value for n, value in state.items()}


def heads(known: dict[str, np.ndarray], state: dict[str, torch.Tensor]) -> dict[str, np.ndarray]:  # type: ignore[type-arg]
    """Weights and biases of each head that ships."""
    ends = np.cumsum([len(state[f"heads.{h}.bias"]) for h in READ])[:-1]
    weights, biases = np.split(known["heads.weight"].T, ends), np.split(known["heads.bias"], ends)
    return {
        f"heads.{h}.{part}": value
        for part, values in (("weight", weights), ("bias", biases))
        for h, value in zip(READ, values, strict=True)
    }


def kinds(known: dict[str, np.ndarray], state: dict[str, torch.Tensor]) -> np.ndarray:  # type: ignore[type-arg]
    """The embeddings of the two kinds of pieces; what ships has only the first, added to those of the places."""
    table = state[KINDS].numpy().copy()
    table[0] = (known["places"][0] - state[PLACES].numpy()).mean(axis=0)
    return table


def named(node: onnx.NodeProto, state: dict[str, torch.Tensor]) -> str:
    """The bias that a node adds; empty for none."""
    return next((i for i in node.input if i in state), "")


def plain(known: dict[str, np.ndarray], name: str) -> np.ndarray:  # type: ignore[type-arg]
    """A quantized tensor as floats; scales are of columns where there are several."""
    quantized, zero = known[f"{name}_quantized"].astype(np.float32), known[f"{name}_zero_point"].astype(np.float32)
    return (quantized - zero) * known[f"{name}_scale"]
