#!/usr/bin/env python3
"""The logits and training steps of BagNets of the second version, to compare every engine with.

    docs/checks/bagnets-v2-in-pytorch.py [--public bagnetsv2.py]

Writes jobs/vision/src/test/resources/golden/bagnet*_v2.json, in double precision, from the weights
that GoldenWeights derives from names. With the file of the public repository (berenslab/bagnetsv2),
its networks must have the same tensors and the same logits.

Needs torch.
"""
import argparse
import copy
import importlib.util
import json
import math
import pathlib
import re
import sys
import types

import numpy
import torch
from torch import nn

CLASSES = 15
STEPS = 5
KERNELS = {9: (3, 3, 1, 1), 17: (3, 3, 3, 1), 33: (3, 3, 3, 3)}
OPTIMISERS = {
    "sgd_momentum": lambda p: torch.optim.SGD(p, 0.01, 0.9),
    "sgd_momentum_lr0.0001": lambda p: torch.optim.SGD(p, 1e-4, 0.9),
    "adam": lambda p: torch.optim.Adam(p, 1e-3, (0.9, 0.999), 1e-8),
}


def convolution(inputs, outputs, kernel=1, stride=1):
    return nn.Conv2d(inputs, outputs, kernel, stride, kernel // 2, bias=False)


class Bottleneck(nn.Module):
    def __init__(self, inputs, planes, outputs, kernel, stride, first):
        super().__init__()
        self.conv1, self.bn1 = convolution(inputs, planes), nn.BatchNorm2d(planes)
        self.conv2, self.bn2 = convolution(planes, planes, kernel, stride), nn.BatchNorm2d(planes)
        self.conv3, self.bn3 = convolution(planes, outputs), nn.BatchNorm2d(outputs)
        self.downsample = None
        if first:
            self.downsample = nn.Sequential(
                nn.Conv2d(inputs, outputs, 1, stride, bias=False), nn.BatchNorm2d(outputs))

    def forward(self, x):
        y = torch.relu(self.bn1(self.conv1(x)))
        y = torch.relu(self.bn2(self.conv2(y)))
        return torch.relu(self.bn3(self.conv3(y)) + (self.downsample(x) if self.downsample else x))


class BagNet(nn.Module):
    def __init__(self, patch, width=1.0):
        super().__init__()
        scaled = lambda channels: max(1, math.floor(channels * width))
        channels = scaled(64)
        self.conv1, self.bn1 = convolution(3, channels, 3), nn.BatchNorm2d(channels)
        for stage, (blocks, kernel, stride) in enumerate(zip((3, 4, 6, 3), KERNELS[patch], (2, 2, 2, 1))):
            planes, outputs = scaled(64 << stage), scaled(256 << stage)
            units = [Bottleneck(channels, planes, outputs, kernel, stride, True)]
            units += [Bottleneck(outputs, planes, outputs, 1, 1, False) for _ in range(blocks - 1)]
            setattr(self, f"layer{stage + 1}", nn.Sequential(*units))
            channels = outputs
        self.fc = nn.Linear(channels, CLASSES)

    def forward(self, x):
        x = torch.relu(self.bn1(self.conv1(x)))
        return self.fc(self.layer4(self.layer3(self.layer2(self.layer1(x)))).mean((2, 3)))


def values(name, shape):
    """What GoldenWeights makes of a tensor's name and shape."""
    hashed = 0xCBF29CE484222325
    for byte in name.encode():
        hashed = ((hashed ^ byte) * 0x100000001B3) % (1 << 64)
    z = numpy.uint64(hashed) + numpy.arange(1, math.prod(shape) + 1, dtype=numpy.uint64) * numpy.uint64(0x9E3779B97F4A7C15)
    z = (z ^ (z >> numpy.uint64(30))) * numpy.uint64(0xBF58476D1CE4E5B9)
    z = (z ^ (z >> numpy.uint64(27))) * numpy.uint64(0x94D049BB133111EB)
    u = ((z ^ (z >> numpy.uint64(31))) >> numpy.uint64(40)).astype(numpy.float64) / 2**24
    if name == "input":
        value = (2 * u - 1) * 2
    elif len(shape) == 4:
        value = (2 * u - 1) * math.sqrt(6 / math.prod(shape[1:]))
    elif len(shape) == 2:
        value = (2 * u - 1) * math.sqrt(3 / shape[1])
    elif name.endswith(("bias", "running_mean")):
        value = 0.2 * (u - 0.5)
    else:
        value = (0.25 if name.endswith("bn3.weight") else 1) * (0.5 + u)
    return torch.from_numpy(value.astype(numpy.float32)).reshape(shape)


def filled(network):
    with torch.no_grad():
        for name, tensor in network.state_dict().items():
            if not name.endswith("num_batches_tracked"):
                tensor.copy_(values(name, tuple(tensor.shape)))
    return network


def images(count, side):
    return values("input", (count, 3, side, side)).double()


def plain(numbers):
    """Nested lists with nine digits."""
    if isinstance(numbers, torch.Tensor):
        numbers = numbers.detach().tolist()
    return [plain(each) for each in numbers] if isinstance(numbers, list) else float(f"{numbers:.9g}")


def loss(network, batch):
    return nn.functional.cross_entropy(network(batch), torch.arange(len(batch)) % CLASSES)


def training(patch):
    start = filled(BagNet(patch, 0.25)).double().train()
    batch = images(8, 64)
    first = copy.deepcopy(start)
    value = loss(first, batch)
    value.backward()
    found = {
        "width": 0.25, "batch": 8, "size": 64,
        "parameters": sum(parameter.numel() for parameter in start.parameters()),
        "loss_step0": plain(value.item()),
        "grad_l2_norm_step0": {name: plain(p.grad.norm().item()) for name, p in first.named_parameters()},
    }
    for name, optimiser in OPTIMISERS.items():
        network = copy.deepcopy(start)
        steps, losses = optimiser(network.parameters()), []
        for _ in range(STEPS):
            steps.zero_grad()
            value = loss(network, batch)
            value.backward()
            steps.step()
            losses.append(value.item())
        with torch.no_grad():
            found[name] = {"losses": plain(losses), "eval_logits_after": plain(network.eval()(batch))}
    return found


def golden(patch):
    network = filled(BagNet(patch)).double().eval()
    tensors = {n: t for n, t in network.state_dict().items() if not n.endswith("num_batches_tracked")}
    statistics = [t for n, t in tensors.items() if n.endswith(("running_mean", "running_var"))]
    with torch.no_grad():
        logits = {str(side): {"batch": 2, "logits": plain(network(images(2, side)))} for side in (64, 224)}
    return {
        "arch": f"bagnet{patch}_v2", "salt": "", "classes": CLASSES, "width": 1.0,
        "parameters": sum(parameter.numel() for parameter in network.parameters()),
        "parameter_tensors": len(list(network.parameters())),
        "running_stats": sum(t.numel() for t in statistics), "running_stats_tensors": len(statistics),
        "state_dict": {n: list(t.shape) for n, t in network.state_dict().items()},
        "eval": logits, "train": training(patch),
    }


def public(file):
    """The module of the public repository; what it draws with is not needed."""
    for name in ("matplotlib", "matplotlib.pyplot", "skimage", "torchvision", "torchvision.transforms"):
        sys.modules.setdefault(name, types.ModuleType(name))
    specification = importlib.util.spec_from_file_location("bagnetsv2", file)
    module = importlib.util.module_from_spec(specification)
    specification.loader.exec_module(module)
    return module


def compare(file, patch):
    theirs = public(file).get_bagnet(f"bagnet{patch}", None, num_classes=CLASSES)
    ours = BagNet(patch)
    assert [(n, t.shape) for n, t in theirs.state_dict().items()] == [(n, t.shape) for n, t in ours.state_dict().items()]
    theirs, ours = filled(theirs).double().eval(), filled(ours).double().eval()
    with torch.no_grad():
        difference = max((theirs(x) - ours(x)).abs().max().item() for x in (images(2, 64), images(2, 224)))
    print(f"bagnet{patch}_v2: largest difference of logits to the public network {difference:.1e}")
    assert difference < 1e-9


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--public", type=pathlib.Path)
    arguments = parser.parse_args()
    directory = pathlib.Path(__file__).parents[2] / "jobs/vision/src/test/resources/golden"
    for patch in KERNELS:
        if arguments.public:
            compare(arguments.public, patch)
        text = json.dumps(golden(patch), indent=1)
        text = re.sub(r"\[\s+([^\[\]{}]*?)\s+\]", lambda m: "[" + re.sub(r"\s+", " ", m[1]) + "]", text)
        (directory / f"bagnet{patch}_v2.json").write_text(text + "\n")


if __name__ == "__main__":
    main()
