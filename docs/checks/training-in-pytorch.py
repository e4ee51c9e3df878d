#!/usr/bin/env python3
"""Train a small BagNet in PyTorch with every optimiser and objective, and write golden numbers.

    docs/checks/training-in-pytorch.py [--output FILE]

PyTorch and NumPy must be importable. Everything is computed in double precision. TrainingContract
compares each engine with the file, which is part of the project's tests: running this again must not
change it. Weights and images follow from their names alone, as in GoldenWeights, and the network is
that of SmallBagNet.
"""
import argparse
import json
import math
import pathlib

import numpy
import torch
from torch import nn
from torch.nn import functional

GOLDEN = pathlib.Path(__file__).parents[2] / "jobs/vision/src/test/resources/golden/training.json"

STEPS = 20
BATCHES = 3
SIZE = 10
CLASSES = 5
LABELS = [0, 3, 1, 4, 2, 3]

ADAM = {"optimiser": "ADAM", "learning_rate": 1e-3}
ADAMW = {"optimiser": "ADAMW", "learning_rate": 1e-3}
SGD = {"optimiser": "SGD", "learning_rate": 2e-2}
NESTEROV = {"optimiser": "NESTEROV", "learning_rate": 2e-2}
CASES = {
    "Adam": ADAM,
    "Adam with decay": {**ADAM, "weight_decay": 0.1},
    "AdamW with decay": {**ADAMW, "weight_decay": 5.0},
    "SGD": SGD,
    "SGD with decay": {**SGD, "weight_decay": 0.1},
    "Nesterov with decay": {**NESTEROV, "weight_decay": 0.1},
    "SGD with clipping": {**SGD, "clip_norm": 0.6},
    "Adam with decay and clipping": {**ADAM, "weight_decay": 0.1, "clip_norm": 0.6},
    "label smoothing": {**SGD, "smoothing": 0.1},
    "local": {**ADAM, "local_share": 1.0},
    "mixture of smooth targets with AdamW": {
        **ADAMW, "weight_decay": 5.0, "local_share": 0.3, "smoothing": 0.1
    },
    "local with clipping and Nesterov": {**NESTEROV, "local_share": 1.0, "clip_norm": 0.6},
    "mixture with sparsity": {**SGD, "local_share": 0.5, "sparsity": 0.5},
}
WITHOUT = {"weight_decay": 0.0, "clip_norm": 0.0, "local_share": 0.0, "sparsity": 0.0, "smoothing": 0.0}


class Block(nn.Module):
    """A bottleneck without padding; its shortcut is cropped on the far edges."""

    def __init__(self, inputs, planes, outputs, kernel, stride, projected):
        super().__init__()
        self.conv1 = nn.Conv2d(inputs, planes, 1, bias=False)
        self.bn1 = nn.BatchNorm2d(planes)
        self.conv2 = nn.Conv2d(planes, planes, kernel, stride, bias=False)
        self.bn2 = nn.BatchNorm2d(planes)
        self.conv3 = nn.Conv2d(planes, outputs, 1, bias=False)
        self.bn3 = nn.BatchNorm2d(outputs)
        self.downsample = nn.Sequential()
        if projected:
            convolution = nn.Conv2d(inputs, outputs, 1, stride, bias=False)
            self.downsample = nn.Sequential(convolution, nn.BatchNorm2d(outputs))

    def forward(self, x):
        y = functional.relu(self.bn1(self.conv1(x)))
        y = functional.relu(self.bn2(self.conv2(y)))
        y = self.bn3(self.conv3(y))
        return functional.relu(y + self.downsample(x)[:, :, : y.shape[2], : y.shape[3]])


class SmallBagNet(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv1 = nn.Conv2d(3, 8, 1, bias=False)
        self.conv2 = nn.Conv2d(8, 8, 3, bias=False)
        self.bn1 = nn.BatchNorm2d(8)
        self.layer1 = Block(8, 6, 16, 3, 2, True)
        self.layer2 = Block(16, 6, 16, 1, 1, False)
        self.fc = nn.Linear(16, CLASSES)

    def features(self, x):
        x = functional.relu(self.bn1(self.conv2(self.conv1(x))))
        return self.layer2(self.layer1(x))

    def forward(self, x):
        """The logits of images and of positions: [image, class] and [image, class, row, column]."""
        features = self.features(x)
        positions = self.fc(features.permute(0, 2, 3, 1)).permute(0, 3, 1, 2)
        return self.fc(features.mean((2, 3))), positions


def uniform(name, count):
    """Multiples of 2^-24 in [0, 1): splitmix64 from the FNV-1a hash of a name."""
    seed = 0xCBF29CE484222325
    for byte in name.encode():
        seed = (seed ^ byte) * 0x100000001B3 % 2**64
    with numpy.errstate(over="ignore"):
        z = numpy.uint64(seed) + numpy.arange(1, count + 1, dtype=numpy.uint64) * numpy.uint64(
            0x9E3779B97F4A7C15
        )
        z = (z ^ (z >> numpy.uint64(30))) * numpy.uint64(0xBF58476D1CE4E5B9)
        z = (z ^ (z >> numpy.uint64(27))) * numpy.uint64(0x94D049BB133111EB)
    return ((z ^ (z >> numpy.uint64(31))) >> numpy.uint64(40)) / 2.0**24


def tensor(values, shape):
    """Rounded to float32, in which the engines get them."""
    return torch.from_numpy(values.astype(numpy.float32)).reshape(shape).double()


def initial(name, shape):
    u = uniform(name, math.prod(shape))
    if len(shape) == 4:
        u = (2 * u - 1) * math.sqrt(6 / math.prod(shape[1:]))
    elif len(shape) == 2:
        u = (2 * u - 1) * math.sqrt(3 / shape[1])
    elif name.endswith(("bias", "running_mean")):
        u = 0.2 * (u - 0.5)
    else:
        u = (0.25 if name.endswith("bn3.weight") else 1) * (0.5 + u)
    return tensor(u, shape)


def images(batch):
    shape = (len(LABELS), 3, SIZE, SIZE)
    return tensor((2 * uniform(f"{batch}input", math.prod(shape)) - 1) * 2, shape)


def network():
    small = SmallBagNet().double()
    state = small.state_dict()
    small.load_state_dict(
        {
            name: torch.zeros_like(old) if name.endswith("tracked") else initial(name, old.shape)
            for name, old in state.items()
        }
    )
    return small


def optimiser(small, case):
    decay = case["weight_decay"]
    decaying = [p for p in small.parameters() if p.ndim > 1]
    others = [p for p in small.parameters() if p.ndim == 1]
    groups = [{"params": decaying, "weight_decay": decay}, {"params": others, "weight_decay": 0.0}]
    rate = case["learning_rate"]
    match case["optimiser"]:
        case "ADAM":
            return torch.optim.Adam(groups, lr=rate)
        case "ADAMW":
            return torch.optim.AdamW(groups, lr=rate)
        case "SGD":
            return torch.optim.SGD(groups, lr=rate, momentum=0.9)
        case "NESTEROV":
            return torch.optim.SGD(groups, lr=rate, momentum=0.9, nesterov=True)


def targets(smoothing):
    labels = torch.tensor(LABELS)
    if smoothing == 0:
        return labels
    smooth = functional.one_hot(labels, CLASSES).double() * (1 - smoothing) + smoothing / CLASSES
    return tensor(smooth.numpy(), smooth.shape)


def local_loss(positions, wanted):
    """The cross-entropy of all positions, each with the target of its image."""
    height, width = positions.shape[2:]
    if wanted.ndim == 1:
        return functional.cross_entropy(positions, wanted[:, None, None].expand(-1, height, width))
    return functional.cross_entropy(positions, wanted[:, :, None, None].expand_as(positions)).mean()


def rounded(values):
    return [float(f"{value:.9g}") for value in values]


def train(settings):
    case = {**WITHOUT, **settings}
    small = network().train()
    steps = optimiser(small, case)
    wanted = targets(case["smoothing"])
    labels = torch.tensor(LABELS)
    losses, correct, evidence = [], [], []
    for step in range(STEPS):
        steps.zero_grad()
        logits, positions = small(images(step % BATCHES))
        share = case["local_share"]
        mixed = functional.cross_entropy(logits, wanted) * (1 - share)
        if share > 0:
            mixed = mixed + local_loss(positions, wanted) * share
        magnitude = positions.abs().mean()
        (mixed + magnitude * case["sparsity"]).backward()
        losses.append(mixed.item())
        correct.append((logits.argmax(1) == labels).sum().item())
        evidence.append(magnitude.item())
        nn.utils.clip_grad_norm_(small.parameters(), case["clip_norm"] or math.inf)
        steps.step()
    with torch.no_grad():
        logits, _ = small.eval()(images(0))
    answer = {
        **case,
        "losses": rounded(losses),
        "correct": correct,
        "eval_logits": [rounded(row.tolist()) for row in logits],
        "weight_norms": {
            name: float(f"{value.double().norm().item():.9g}")
            for name, value in small.state_dict().items()
            if not name.endswith("tracked")
        },
    }
    if case["sparsity"] > 0:
        answer["mean_evidence"] = rounded(evidence)
    return answer


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--output", type=pathlib.Path, default=GOLDEN)
    arguments = parser.parse_args()
    torch.set_num_threads(1)
    golden = {
        "labels": LABELS,
        "batches": BATCHES,
        "size": SIZE,
        "cases": {name: train(case) for name, case in CASES.items()},
    }
    arguments.output.write_text(json.dumps(golden, separators=(",", ":")) + "\n")
    print(f"PyTorch {torch.__version__}: {len(CASES)} cases in {arguments.output}")


if __name__ == "__main__":
    main()
