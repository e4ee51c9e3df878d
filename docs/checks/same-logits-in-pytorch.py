#!/usr/bin/env python3
"""Load an exported network into PyTorch and compare its logits with `bagnetlab predict`.

    docs/checks/same-logits-in-pytorch.py --models DIR --weights FILE.safetensors [--size 64]

DIR holds PyTorch definitions of the networks: a module `models` whose `build(architecture, classes,
width)` gives a torch.nn.Module with the public checkpoints' names. They are not part of this
project. PyTorch and NumPy must be importable. The weights are loaded strictly: a name or shape that
differs ends the check. The image is random noise of the size asked for, so that nothing is resized;
PyTorch computes in double precision. Exit status 0 if no logit differs by more than 2e-4.
"""
import argparse
import json
import pathlib
import sys
import tempfile

import numpy
import torch

from exchange import normalised, read_safetensors, write_png
from lab import bagnetlab

TOLERANCE = 2e-4


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--models", type=pathlib.Path, required=True)
    parser.add_argument("--weights", type=pathlib.Path, required=True)
    parser.add_argument("--size", type=int, default=64)
    arguments = parser.parse_args()
    sys.path.insert(0, str(arguments.models))
    import models

    metadata, tensors = read_safetensors(arguments.weights)
    architecture = metadata["architecture"]
    network = models.build(architecture, int(metadata["classes"]), float(metadata["width"]))
    network.load_state_dict(tensors, strict=True)
    pixels = numpy.random.default_rng(1).integers(
        0, 256, (arguments.size, arguments.size, 3), dtype=numpy.uint8
    )
    with torch.no_grad():
        theirs = network.double().eval()(normalised(pixels))[0]
    with tempfile.TemporaryDirectory() as directory:
        image = pathlib.Path(directory) / "noise.png"
        write_png(image, pixels)
        network_and_image = ["--arch", architecture, "--weights", arguments.weights, "--image", image]
        answer = bagnetlab("predict", *network_and_image, "--size", str(arguments.size), "--json")
    ours = torch.tensor(json.loads(answer)["logits"], dtype=torch.float64)
    difference = (ours - theirs).abs().max().item()
    print(f"{architecture}, width {metadata['width']}, {len(tensors)} tensors loaded strictly")
    print(f"logits from {theirs.min():.4f} to {theirs.max():.4f}, largest difference {difference:.2e}")
    sys.exit(0 if difference <= TOLERANCE else 1)


if __name__ == "__main__":
    main()
