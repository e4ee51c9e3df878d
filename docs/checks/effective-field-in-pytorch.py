#!/usr/bin/env python3
"""Measure a trained network's effective receptive field in PyTorch and compare it with a job's.

    ./bagnetlab serve --data LAB
    docs/checks/effective-field-in-pytorch.py --models DIR --data LAB [--arch bagnet17] [--server URL]

DIR is that of same-logits-in-pytorch.py. LAB is the server's data directory, into which a data set of
random noise is imported: 64 px, so that nothing is resized. A network is trained on it for an epoch,
measured by an effective-field job and exported. PyTorch loads it strictly and computes, in double
precision by autograd, the gradient of each test image's true logit at the centre of the last feature
map. Exit status 0 if the maps, whose values sum to 1, differ by less than 1e-3 in all.
"""
import argparse
import io
import json
import pathlib
import sys
import tempfile

import numpy
import torch

from exchange import normalised, read_safetensors, write_png
from lab import artifact, bagnetlab, view

TOLERANCE = 1e-3
CLASSES = ["Bright", "Dark", "Grey"]
TRAIN = 30
TEST = 4
SIZE = 64
EDGE = 1 - 0.9545


def done(server, *arguments):
    """Submit a job, wait for it and give its number and what is known of it."""
    job = json.loads(bagnetlab("submit", *arguments, "--json", "--server", server))["id"]
    bagnetlab("watch", str(job), "--server", server)
    run = view(server, f"/runs/{job}")
    if run["state"] != "SUCCEEDED":
        sys.exit(f"job {job} is {run['state']}")
    return str(job), run


def write_scenes(folder):
    """Noise whose brightness is its class; gives the test images by class."""
    random = numpy.random.default_rng(1)
    brightest = {"Bright": 256, "Grey": 160, "Dark": 80}
    tests = []
    for label, name in enumerate(CLASSES):
        for i in range(TRAIN + TEST):
            pixels = random.integers(0, brightest[name], (SIZE, SIZE, 3), dtype=numpy.uint8)
            file = folder / ("train" if i < TRAIN else "test") / name / f"image_{i:02}.png"
            file.parent.mkdir(parents=True, exist_ok=True)
            write_png(file, pixels)
            if i >= TRAIN:
                tests.append((label, pixels))
    return tests


def head(network):
    """The classifier, which is the last module."""
    return list(network.children())[-1]


def magnitudes(network, pixels, label):
    """[row, column], summed over the colours."""
    image = normalised(pixels).requires_grad_(True)
    features = network.features(image)
    row, column = features.size(2) // 2, features.size(3) // 2
    logit = head(network)(features[:, :, row, column])[0, label]
    (gradient,) = torch.autograd.grad(logit, image)
    return gradient[0].abs().sum(0)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--models", type=pathlib.Path, required=True)
    parser.add_argument("--data", required=True)
    parser.add_argument("--arch", default="bagnet17")
    parser.add_argument("--server", default="http://127.0.0.1:8080")
    arguments = parser.parse_args()
    sys.path.insert(0, str(arguments.models))
    import models

    server = arguments.server
    name = f"noise-for-{arguments.arch}".replace("_", "-")
    with tempfile.TemporaryDirectory() as directory:
        folder = pathlib.Path(directory)
        tests = write_scenes(folder / "scenes")
        bagnetlab("dataset", "import", name, folder / "scenes", "--data", arguments.data)
        training = ["--arch", arguments.arch, "--dataset", name, "--size", str(SIZE)]
        run, _ = done(server, "train", *training, "--width", "0.25", "--epochs", "1")
        job, found = done(server, "effective-field", "--run", run)
        bagnetlab("weights", "export", run, folder / "weights.safetensors", "--server", server)
        metadata, tensors = read_safetensors(folder / "weights.safetensors")
    map_file = io.BytesIO(artifact(server, found, "map"))
    ours = torch.from_numpy(numpy.load(map_file)).double()

    network = models.build(arguments.arch, int(metadata["classes"]), float(metadata["width"]))
    network.load_state_dict(tensors, strict=True)
    network.double().eval()
    theirs = sum(magnitudes(network, pixels, label) for label, pixels in tests)
    theirs /= theirs.sum()

    side = (theirs > EDGE * theirs.max()).sum().sqrt().item()
    results = view(server, f"/runs/{job}/results")["results"]
    (our_side,) = [row["value"] for row in results if row["output"] == "effective-side"]
    difference = (ours - theirs).abs().sum().item()
    print(f"{arguments.arch}, width {metadata['width']}, {len(tests)} test images of noise")
    print(f"effective field {our_side:.2f} px, in PyTorch {side:.2f} px")
    print(f"{(theirs > 0).sum()} pixels have a gradient, the maps differ by {difference:.2e} in all")
    sys.exit(0 if difference < TOLERANCE else 1)


if __name__ == "__main__":
    main()
