"""The analysis of images whose cues contradict each other, computed with PyTorch.

The images, and which classes their lattice and marks fit, are those of docs/controlled-15.md.
"""
import collections

import numpy
import torch

import controlled_15
from exchange import logits, normalised

EXACT = 1e-9
SAME = 1e-5  # logits whose order rounding decides

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
    for path, label, pixels in zip(subject.paths, subject.labels, subject.pixels, strict=True):
        generated = controlled_15.image(path, subject.classes[label], size)
        if (generated != pixels).any():
            figures.wrong.append(f"{path} is not what was exported")
    ties, images = 0, 0
    decisions = {}
    for pair, some in controlled_15.conflicting_images(subject.classes, size):
        found = logits(subject.network, torch.cat([normalised(pixels) for pixels in some]))
        ascending = numpy.sort(found, axis=1)
        ties += int((ascending[:, -1] - ascending[:, -2] < SAME).sum())
        images += len(some)
        names = [subject.classes[label] for label in found.argmax(1)]
        decisions[pair] = collections.Counter(fits(name, *pair) for name in names)
    together = sum(decisions.values(), collections.Counter())
    for cue in ("shape", "texture", "other"):
        share = together[cue] / images
        figures.add("cue-decisions", {"cue": cue}, share, EXACT + ties / images)
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
