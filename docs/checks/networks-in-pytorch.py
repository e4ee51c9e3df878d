#!/usr/bin/env python3
"""The logits and training steps of VGG-16 and of BagNets of the second version, for every engine.

    docs/checks/networks-in-pytorch.py [--bagnets bagnetsv2.py] [--torchvision]

Writes jobs/vision/src/test/resources/golden/NETWORK.json, in double precision, from the weights that
GoldenWeights derives from names. With the file of the public repository (berenslab/bagnetsv2), and
with torchvision, their networks must have the same tensors and the same logits.

Needs torch, and torchvision to compare with it.
"""
import argparse
import collections
import copy
import importlib.util
import json
import math
import pathlib
import re
import sys
import unittest.mock

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


def vgg16(normalised, width=1.0):
    """Without torchvision's dropout, which does nothing in evaluation."""
    scaled = lambda channels: max(1, math.floor(channels * width))
    layers, inputs = [], 3
    for blocks, channels in ((2, 64), (2, 128), (3, 256), (3, 512), (3, 512)):
        for _ in range(blocks):
            layers.append(nn.Conv2d(inputs, scaled(channels), 3, padding=1))
            layers += [nn.BatchNorm2d(scaled(channels))] if normalised else []
            layers.append(nn.ReLU())
            inputs = scaled(channels)
        layers.append(nn.MaxPool2d(2))
    hidden = scaled(4096)
    return nn.Sequential(collections.OrderedDict(
        features=nn.Sequential(*layers), avgpool=nn.AdaptiveAvgPool2d(7), flat=nn.Flatten(),
        classifier=nn.Sequential(
            nn.Linear(inputs * 49, hidden), nn.ReLU(), nn.Identity(), nn.Linear(hidden, hidden),
            nn.ReLU(), nn.Identity(), nn.Linear(hidden, CLASSES))))


NETWORKS = {
    "bagnet9_v2": lambda *width: BagNet(9, *width),
    "bagnet17_v2": lambda *width: BagNet(17, *width),
    "bagnet33_v2": lambda *width: BagNet(33, *width),
    "vgg16": lambda *width: vgg16(False, *width),
    "vgg16_bn": lambda *width: vgg16(True, *width),
}


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


def training(name):
    start = filled(NETWORKS[name](0.25)).double().train()
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


def golden(name):
    network = filled(NETWORKS[name]()).double().eval()
    tensors = {n: t for n, t in network.state_dict().items() if not n.endswith("num_batches_tracked")}
    statistics = [t for n, t in tensors.items() if n.endswith(("running_mean", "running_var"))]
    with torch.no_grad():
        logits = {str(side): {"batch": 2, "logits": plain(network(images(2, side)))} for side in (64, 224)}
    return {
        "arch": name, "salt": "", "classes": CLASSES, "width": 1.0,
        "parameters": sum(parameter.numel() for parameter in network.parameters()),
        "parameter_tensors": len(list(network.parameters())),
        "running_stats": sum(t.numel() for t in statistics), "running_stats_tensors": len(statistics),
        "state_dict": {n: list(t.shape) for n, t in network.state_dict().items()},
        "eval": logits, "train": training(name),
    }


def bagnets(file):
    """The networks of the public repository."""
    # Its file imports modules that its networks do not need.
    for name in ("matplotlib", "matplotlib.pyplot", "skimage", "torchvision", "torchvision.transforms"):
        sys.modules.setdefault(name, unittest.mock.MagicMock())
    specification = importlib.util.spec_from_file_location("bagnetsv2", file)
    module = importlib.util.module_from_spec(specification)
    specification.loader.exec_module(module)
    return {
        f"bagnet{patch}_v2": module.get_bagnet(f"bagnet{patch}", None, num_classes=CLASSES)
        for patch in KERNELS
    }


def of_torchvision():
    import torchvision
    return {name: getattr(torchvision.models, name)(num_classes=CLASSES) for name in ("vgg16", "vgg16_bn")}


def compare(name, theirs):
    ours = NETWORKS[name]()
    assert [(n, t.shape) for n, t in theirs.state_dict().items()] == [(n, t.shape) for n, t in ours.state_dict().items()]
    theirs, ours = filled(theirs).double().eval(), filled(ours).double().eval()
    with torch.no_grad():
        difference = max((theirs(images(2, side)) - ours(images(2, side))).abs().max() for side in (64, 224))
    print(f"{name}: largest difference of logits to the public network {difference:.1e}", flush=True)
    assert difference < 1e-9


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--bagnets", type=pathlib.Path)
    parser.add_argument("--torchvision", action="store_true")
    arguments = parser.parse_args()
    if arguments.torchvision:
        for name, network in of_torchvision().items():
            compare(name, network)
    if arguments.bagnets:
        for name, network in bagnets(arguments.bagnets).items():
            compare(name, network)
    directory = pathlib.Path(__file__).parents[2] / "jobs/vision/src/test/resources/golden"
    for name in NETWORKS:
        text = json.dumps(golden(name), indent=1)
        text = re.sub(r"\[\s+([^\[\]{}]*?)\s+\]", lambda m: "[" + re.sub(r"\s+", " ", m[1]) + "]", text)
        (directory / f"{name}.json").write_text(text + "\n")


if __name__ == "__main__":
    main()
