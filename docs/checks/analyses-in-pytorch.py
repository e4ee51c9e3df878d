#!/usr/bin/env python3
"""Compute the figures of analyses of controlled-15 in PyTorch and compare them with a lab's.

    ./bagnetlab sweep --preset analyses
    docs/checks/analyses-in-pytorch.py --models DIR --data LAB --run RUN [--only NAME ...] [--server URL]

DIR is that of same-logits-in-pytorch.py, LAB the server's data directory and RUN a training on
controlled-15. Its network and test images are exported. For each analysis that has succeeded on
its test images, PyTorch computes in double precision what the analysis is described to find, and
every number that it found is compared: rows of results, matrices, the facts of pictures and the
maps of evidence. Tiles that count the same are masked in random order; figures that depend on it
may be off by five standard errors. Exit status 0 if nothing is missing and no other figure is off
by more than 1e-4, of the size of logits.

Weight-randomisation, whose random weights are not exported, and effective-field, which has a check
of its own, are left out.
"""
import argparse
import pathlib
import sys

import numpy
import torch

import conflicts
import masked
import patches
from exchange import exported_network, logits, normalised, test_images
from lab import Figures, view

DATASET = "controlled-15"
FIELDS = {"bagnet9": 9, "bagnet17": 17, "bagnet33": 33}
ANALYSES = {
    "interactions": masked.interactions,
    "spatial-sensitivity": masked.spatial_sensitivity,
    "faithfulness": masked.faithfulness,
    "predictive-patches": patches.predictive_patches,
    "localisation": patches.localisation,
    "patch-robustness": patches.patch_robustness,
    "evidence": patches.evidence,
    "cue-conflict": conflicts.cue_conflict,
}


class Subject:
    """A network in PyTorch, with the test images of its training.

    field is the side of a BagNet's patches; first and step are the pixel of the first position of
    the last feature map, at the centre of what it sees, and the distance to the next.
    """

    def __init__(self, server, data, run, models):
        training = view(server, f"/runs/{run}")["spec"]
        if training["dataset"] != DATASET:
            sys.exit(f"run {run} is not of {DATASET}")
        self.data = data
        self.architecture, self.network = exported_network(server, run, models)
        self.field = FIELDS.get(self.architecture)
        self.step = 8 if self.field else 32
        # Unpadded, the first patch begins at the first pixel. Padding centres the first position of
        # a ResNet there; each of the three average pools of a DenseNet moves it by half a pixel of
        # its input, which are 4, 8 and 16 pixels of the image.
        densenet = self.architecture.startswith("densenet")
        self.first = (self.field - 1) // 2 if self.field else 14 if densenet else 0
        rows = test_images(data, training)
        self.paths = [row["source"] for row in rows]
        self.labels = numpy.array([int(row["label"]) for row in rows])
        names = {int(row["label"]): row["class"] for row in rows}
        self.classes = [names[label] for label in range(len(names))]
        self.pixels = [row["pixels"] for row in rows]
        self.images = torch.cat([normalised(pixels) for pixels in self.pixels])
        self.maps = {}

    def logit_maps(self, stride):
        """The logits of the patches of all test images: [image, class, row, column]."""
        if stride not in self.maps:
            self.maps[stride] = self.patch_logits(self.images, stride)
        return self.maps[stride]

    def patch_logits(self, images, stride):
        """[image, class, row, column]: of patches, cut out of the images and recognised alone."""
        found = []
        for image in images:
            cut = image.unfold(1, self.field, stride).unfold(2, self.field, stride)
            rows, columns = cut.shape[1:3]
            alone = cut.permute(1, 2, 0, 3, 4).reshape(-1, len(image), self.field, self.field)
            found.append(logits(self.network, alone).T.reshape(-1, rows, columns))
        return numpy.array(found)


def job_of(server, run, name):
    """The newest job of an analysis that succeeded on a run's test images, or None."""
    jobs = view(server, f"/jobs?kind={name}&state=SUCCEEDED&limit=1000")["jobs"]
    others = {"images", "subset"} | ({"dataset"} if name != "cue-conflict" else set())
    for job in jobs:
        spec = {field for field, value in job["spec"].items() if value is not None}
        if job["spec"].get("run") == run and not spec & others:
            return job["id"]
    return None


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--models", type=pathlib.Path, required=True)
    parser.add_argument("--data", required=True)
    parser.add_argument("--run", type=int, required=True)
    parser.add_argument("--only", nargs="+", choices=ANALYSES, default=list(ANALYSES))
    parser.add_argument("--server", default="http://127.0.0.1:8080")
    arguments = parser.parse_args()
    sys.path.insert(0, str(arguments.models))
    import models

    server = arguments.server
    subject = Subject(server, arguments.data, arguments.run, models)
    print(f"run {arguments.run}: {subject.architecture}, {len(subject.paths)} test images")
    wrong = 0
    checked = 0
    for name in arguments.only:
        job = job_of(server, arguments.run, name)
        if job is None:
            print(f"{name:19} has no finished job")
            continue
        figures = Figures(server, job)
        ANALYSES[name](figures, subject)
        figures.close()
        line = f"{name:19} job {job}: {len(figures.off)} figures, up to {max(figures.off):.1e} off"
        if figures.drawn:
            errors = max(figures.drawn)
            line += f"; {len(figures.drawn)} of random orders, up to {errors:.1f} standard errors"
        print("\n  ".join([line, *figures.wrong]), flush=True)
        wrong += len(figures.wrong)
        checked += 1
    print(f"{checked} analyses, {wrong} figures are wrong")
    sys.exit(0 if checked and not wrong else 1)


if __name__ == "__main__":
    main()
