"""The analysis of images whose cues contradict each other, computed with PyTorch.

Which class an image's lattice and marks fit is written from the page on controlled-15.
"""
import collections

import numpy
import torch

from exchange import exported_images, logits, normalised

EXACT = 1e-9
SAME = 1e-5  # logits whose order rounding decides

DATASET = "controlled-15-cue-conflict"
LARGE = ("middle", "far")


def fits(name, lattice, marks):
    """The cue of an image that a class fits: shape, texture or other."""
    scale = name.split("-")[0]
    if marks.endswith("-mixed"):
        shape = name == lattice
        texture = scale in LARGE if marks == "large-mixed" else scale == "near"
    else:
        shape = scale == lattice.split("-")[0]
        texture = name == marks.replace("small", "only")
    return "shape" if shape else "texture" if texture else "other"


def cue_conflict(figures, subject):
    """Counts may be off by the number of images whose two largest logits are nearly equal."""
    size = subject.images.shape[-1]
    rows = exported_images(subject.data, DATASET, size, "--split", "all")
    found = logits(subject.network, torch.cat([normalised(row["pixels"]) for row in rows]))
    ascending = numpy.sort(found, axis=1)
    ties = int((ascending[:, -1] - ascending[:, -2] < SAME).sum())
    decisions = collections.defaultdict(collections.Counter)
    for row, predicted in zip(rows, found.argmax(1), strict=True):
        lattice, image = row["source"].split("/")[1:]
        pair = lattice, image.split("_")[0]
        decisions[pair][fits(subject.classes[predicted], *pair)] += 1
    together = sum(decisions.values(), collections.Counter())
    for cue in ("shape", "texture", "other"):
        share = together[cue] / len(rows)
        figures.add("cue-decisions", {"cue": cue}, share, EXACT + ties / len(rows))
    figures.add("shape-bias", {}, *bias(together, ties))
    for (lattice, marks), counts in decisions.items():
        axes = {"lattice": lattice, "marks": marks}
        figures.add("shape-bias-by-pair", axes, *bias(counts, ties))
    for output, number in (
        ("shape-decisions", lambda counts: counts["shape"]),
        ("texture-decisions", lambda counts: counts["texture"]),
        ("cue-conflict-images", lambda counts: counts.total()),
    ):
        theirs = collections.defaultdict(int)
        theirs.update({pair: number(counts) for pair, counts in decisions.items()})
        figures.add_matrix(output, theirs, ties)


def bias(counts, ties):
    """The shape bias, NaN without shape and texture decisions, and its tolerance."""
    following = counts["shape"] + counts["texture"]
    if not following:
        return numpy.nan, EXACT
    return counts["shape"] / following, EXACT + ties / following
