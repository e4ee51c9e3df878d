#!/usr/bin/env python3
"""Scramble a run's test images, recognise them in PyTorch and compare with a scramble job.

    ./bagnetlab submit scramble --run RUN --permutations 2
    docs/checks/scrambling-in-pytorch.py --models DIR --data LAB --job JOB [--server URL]

DIR is that of same-logits-in-pytorch.py, LAB the server's data directory and JOB the scramble job.
Network and test images are exported. The images are scrambled here, by Java's random numbers as the
class Scramble documents; PyTorch computes all logits in double precision. Exit status 0 if every
image is taken for the same class, or its two largest logits in PyTorch differ by less than 1e-4; if
the job's accuracies and agreements are those of its predictions; and if the logits of the whole
images, which the training stored, differ by less than 2e-4 of the largest.
"""
import argparse
import hashlib
import json
import pathlib
import sys

import numpy
import torch

from exchange import BATCH, exported_network, logits, normalised, test_images
from java_random import JavaRandom
from lab import artifact, view

TIE = 1e-4
TOLERANCE = 2e-4


def permutation(grid, seed, name):
    """The tile of the image that goes to each place."""
    digest = hashlib.sha256(f"scramble 2, {grid}, {seed}, {name}".encode()).digest()
    random = JavaRandom(int.from_bytes(digest[:8], "big"))
    tiles = []
    for tile in range(grid * grid):
        place = random.below(tile + 1)
        tiles.append(tile)
        tiles[tile], tiles[place] = tiles[place], tile
    return tiles


def scrambled(pixels, grid, seed, name):
    side = len(pixels) // grid
    tiles = pixels.reshape(grid, side, grid, side, 3).swapaxes(1, 2).reshape(-1, side, side, 3)
    tiles = tiles[permutation(grid, seed, name)]
    return tiles.reshape(grid, grid, side, side, 3).swapaxes(1, 2).reshape(pixels.shape)


def recognised(network, images):
    """The logits of images that are given by their pixels: [image, class]."""
    batches = [images[start : start + BATCH] for start in range(0, len(images), BATCH)]
    found = [logits(network, torch.cat([normalised(each) for each in batch])) for batch in batches]
    return numpy.concatenate(found)


def count(results, output, axes):
    """Of the images, those that a share in the job's results is about."""
    (row,) = [row for row in results if row["output"] == output and row["axes"] == axes]
    return row["value"] * row["images"]


def compared(name, ours, theirs, counts):
    """Compare the classes that images are taken for, given PyTorch's logits.

    counts names numbers of images that are taken for given classes: the number in the job's
    results, then the classes as the job and as PyTorch have them. Gives the largest difference of
    a number from PyTorch's, and whether ties explain it.
    """
    predicted = theirs.argmax(1)
    different = ours != predicted
    ascending = numpy.sort(theirs, axis=1)
    ties = ascending[:, -1] - ascending[:, -2] < TIE
    explained = not (different & ~ties).any()
    differences = []
    line = ""
    for what, (said, for_us, for_them) in counts.items():
        explained &= abs(said - (ours == for_us).sum()) < 1e-6
        differences.append(abs(said - (predicted == for_them).sum()))
        line += f"{what} {said:.0f}, in PyTorch {(predicted == for_them).sum()}; "
    print(f"{name:22} {line}{different.sum()} images taken for another class")
    return max(differences), explained


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--models", type=pathlib.Path, required=True)
    parser.add_argument("--data", required=True)
    parser.add_argument("--job", type=int, required=True)
    parser.add_argument("--server", default="http://127.0.0.1:8080")
    arguments = parser.parse_args()
    sys.path.insert(0, str(arguments.models))
    import models

    server = arguments.server
    job = view(server, f"/runs/{arguments.job}")
    trained = view(server, f"/runs/{job['spec']['run']}")
    spec = trained["spec"]
    stored = json.loads(artifact(server, job, "scrambled-predictions"))
    _, network = exported_network(server, trained["id"], models)
    pixels = {row["source"]: row["pixels"] for row in test_images(arguments.data, spec)}
    if sorted(pixels) != sorted(stored["images"]):
        sys.exit("the exported images are not those of the job")
    images = [pixels[name] for name in stored["images"]]
    labels = numpy.array(stored["labels"])
    whole = numpy.array(stored["whole"])
    print(f"run {trained['id']}: {trained['title']}, {len(images)} test images")

    results = view(server, f"/runs/{arguments.job}/results")["results"]
    theirs = recognised(network, images)
    correct = count(results, "whole-accuracy", {})
    comparisons = [compared("whole", whole, theirs, {"correct": (correct, labels, labels)})]
    for each in stored["scrambled"]:
        grid, seed = each["grid"], each["seed"]
        axes = {"grid": grid, "scrambleSeed": seed}
        correct = count(results, "accuracy-by-grid", axes)
        agreeing = count(results, "agreement-by-grid", axes)
        moved = [scrambled(pixels[name], grid, seed, name) for name in stored["images"]]
        comparisons.append(
            compared(
                f"{grid} x {grid} tiles, seed {seed}",
                numpy.array(each["predicted"]),
                recognised(network, moved),
                {
                    "correct": (correct, labels, labels),
                    "agreeing": (agreeing, whole, theirs.argmax(1)),
                },
            )
        )

    rows = json.loads(artifact(server, trained, "predictions"))["test"]
    ours = {row["image"]: row["logits"] for row in rows}
    ours = numpy.array([ours[name] for name in stored["images"]])
    difference = abs(ours - theirs).max() / abs(theirs).max()
    differences, explained = zip(*comparisons)
    print(f"counts differ by at most {max(differences):.0f}")
    print(f"logits differ by {difference:.2e} of the largest")
    sys.exit(0 if all(explained) and difference < TOLERANCE else 1)


if __name__ == "__main__":
    main()
