"""A trained tagger → the folder that the encoder reader opens: `encoder.onnx` (int8), `tokenizer.json`, `card.json`.

The graph is written node by node, with the operators that onnxruntime reads fastest on one core (docs/decisions/129)
and the names that the weights have in training, by which `training/recover.py` finds them again.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper
from torch import nn

from onrecord.extract.encoder import HEADS, WIDTH
from training.data import ROLES

Array = np.ndarray[Any, Any]
State = dict[str, Array]
READ = (*HEADS, "sort")  # heads in the order in which the reader expects their tags
EMBEDDED = {"shape": "shape", "gap": "gap", "quote": "quote", **{role: f"ruled.{i}" for i, role in enumerate(ROLES)}}
MORE = ("DynamicQuantizeMatMul", "MatMulIntegerToFloat", "MultiHeadAttention", "BiasGelu")  # onnxruntime's own
HEAD = 32  # width of an attention head
EPSILON = 1e-12  # of the norms, as in BERT
STEPS = 127  # on each side of zero that a weight may take; 63, which never overflows without VNNI, lost names


class Graph:
    """Nodes and weights that are written one after the other; a value is the name of a tensor."""

    def __init__(self, state: State) -> None:
        self.state = state
        self.nodes: list[onnx.NodeProto] = []
        self.weights: dict[str, Array] = {}

    def add(self, kind: str, *inputs: str, outputs: int = 1, **attributes: object) -> list[str]:
        """The outputs of a new node."""
        n = len(self.nodes)
        names = [f"{kind}_{n}.{i}" for i in range(outputs)]
        domain = "com.microsoft" if kind in MORE else ""
        self.nodes.append(helper.make_node(kind, list(inputs), names, name=f"{kind}_{n}", domain=domain, **attributes))
        return names

    def one(self, kind: str, *inputs: str, **attributes: object) -> str:
        return self.add(kind, *inputs, **attributes)[0]

    def value(self, name: str, value: Array | None = None) -> str:
        """A weight as it is, of the state unless given."""
        self.weights[name] = self.state[name] if value is None else value
        return name

    def quantized(self, name: str) -> list[str]:
        """The int8 weights of a linear layer, inputs x outputs, their scale for each output, and its zero."""
        w = self.state[name].T
        scale = np.maximum(np.abs(w).max(axis=0) / STEPS, np.finfo(np.float32).tiny).astype(np.float32)
        whole = np.clip(np.round(w / scale), -STEPS, STEPS).astype(np.int8)
        zero = np.zeros(len(scale), np.int8)
        parts = {"quantized": whole, "scale": scale, "zero_point": zero}
        return [self.value(f"{name}_{part}", v) for part, v in parts.items()]

    def linear(self, x: str, layer: str, *, bias: bool = True) -> str:
        """Floats through a linear layer, rounded to 8 bits on the way in."""
        added = [self.value(f"{layer}.bias")] if bias else []
        return self.one("DynamicQuantizeMatMul", x, *self.quantized(f"{layer}.weight"), *added)

    def norm(self, x: str, layer: str) -> str:
        weights = self.value(f"{layer}.weight"), self.value(f"{layer}.bias")
        return self.one("LayerNormalization", x, *weights, axis=-1, epsilon=EPSILON)


def export(model: nn.Module, out: Path, card: dict[str, object]) -> None:
    """Writes encoder.onnx and card.json into `out`, where tokenizer.json lies already."""
    out.mkdir(parents=True, exist_ok=True)
    state = {name: value.detach().float().cpu().numpy() for name, value in model.state_dict().items()}
    onnx.save(written(state), str(out / "encoder.onnx"))
    (out / "card.json").write_text(json.dumps(card, indent=1, ensure_ascii=False) + "\n", "utf-8")


def written(state: State) -> onnx.ModelProto:
    """The model that reads one window: rows of integers, [1, pieces] → logits of all heads, [1, pieces, WIDTH]."""
    g = Graph(state)
    x = embedded(g)
    for i in range(sum(name.endswith("intermediate.dense.weight") for name in state)):
        x = layer(g, x, f"bert.encoder.layer.{i}")
    heads = g.value("heads.weight", np.concatenate([state[f"heads.{h}.weight"] for h in READ]).T.copy())
    biases = g.value("heads.bias", np.concatenate([state[f"heads.{h}.bias"] for h in READ]))
    g.one("Add", g.one("MatMul", x, heads), biases)
    g.nodes[-1].output[0] = "logits"
    inputs = [helper.make_tensor_value_info(n, TensorProto.INT64, [1, "pieces"]) for n in ("ids", *EMBEDDED)]
    outputs = [helper.make_tensor_value_info("logits", TensorProto.FLOAT, [1, "pieces", WIDTH])]
    weights = [numpy_helper.from_array(np.ascontiguousarray(v), name) for name, v in g.weights.items()]
    graph = helper.make_graph(g.nodes, "encoder", inputs, outputs, weights)
    versions = [helper.make_opsetid("", 17), helper.make_opsetid("com.microsoft", 1)]
    return helper.make_model(graph, opset_imports=versions, ir_version=8)


def embedded(g: Graph) -> str:
    """The sum of all embeddings, normed. Those of words have 8 bits, as they are most of the file."""
    words = "bert.embeddings.word_embeddings.weight"
    table = g.state[words]
    scale = np.float32((table.max() - table.min()) / 255)
    zero_point = np.round(-table.min() / scale)
    whole = g.value(f"{words}_quantized", np.clip(np.round(table / scale) + zero_point, 0, 255).astype(np.uint8))
    parts = g.value(f"{words}_scale", np.array(scale)), g.value(f"{words}_zero_point", np.array(zero_point, np.uint8))
    x = g.one("DequantizeLinear", g.one("Gather", whole, "ids"), *parts)
    for name, table_name in EMBEDDED.items():
        x = g.one("Add", x, g.one("Gather", g.value(f"{table_name}.weight"), name))
    kind = g.state["bert.embeddings.token_type_embeddings.weight"][0]  # every piece is of the first kind
    places = g.value("places", (g.state["bert.embeddings.position_embeddings.weight"] + kind)[None])
    size = g.one("Shape", "ids", start=1, end=2)
    zero, one = g.value("zero", np.array([0])), g.value("one", np.array([1]))
    return g.norm(g.one("Add", x, g.one("Slice", places, zero, size, one)), "bert.embeddings.LayerNorm")


def layer(g: Graph, x: str, name: str) -> str:
    """One layer: attention and two linear layers, each added to what comes in and normed."""
    whole, scale, zero = g.add("DynamicQuantizeLinear", x, outputs=3)
    seen = []
    for part in ("query", "key", "value"):
        here = f"{name}.attention.self.{part}"
        w, s, z = g.quantized(f"{here}.weight")
        seen.append(g.one("MatMulIntegerToFloat", whole, w, scale, s, zero, z, g.value(f"{here}.bias")))
    heads = len(g.state[f"{name}.attention.self.query.bias"]) // HEAD
    attended = g.one("MultiHeadAttention", *seen, num_heads=heads)
    x = g.norm(
        g.one("Add", g.linear(attended, f"{name}.attention.output.dense"), x), f"{name}.attention.output.LayerNorm"
    )
    inner = g.linear(x, f"{name}.intermediate.dense", bias=False)
    inner = g.one("BiasGelu", inner, g.value(f"{name}.intermediate.dense.bias"))
    return g.norm(g.one("Add", g.linear(inner, f"{name}.output.dense"), x), f"{name}.output.LayerNorm")
