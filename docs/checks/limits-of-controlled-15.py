#!/usr/bin/env python3
"""Enumerate controlled-15 and compute what a linear and the best readout of its patches reach.

    docs/checks/limits-of-controlled-15.py [--size 64] [--stride 8] [--restarts 6]

The textures are made anew from docs/controlled-15.md, without noise, at all phases. An image is the
histogram of its q x q patches at the positions that a BagNet has on it, each patch a feature of its
own, so that a linear readout may give every patch and class any weight. For q = 9, 17 and 33 it prints

- which classes have equal counts of all patches over all phases, as integers. Within such a group
  the gradient of the cross-entropy at equal logits is zero, so its minimum is log m of m classes;
- the cross-entropy of a linear readout trained on all classes and images by L-BFGS, above the sum of
  these minima, its infimum if the groups are separable; how often its most probable class is the true
  one, and in the right group; its mean probability of the true class; and how far its probabilities
  within a group are from equal (the Kullback-Leibler divergence of the uniform distribution from them);
- the accuracy of a linear readout trained for accuracy, by Adam on the mean probability of the true
  class, the best of several starts: a lower bound of what is possible;
- the accuracy of a bag whose patches are trained by themselves, each for its image's class: at the
  minimum of the cross-entropy a patch's logits are the logarithms of how frequent the classes are
  among all its occurrences, and an image's are their mean; and how often single patches are right;
- the accuracy of the best function of the histogram: its most frequent class.

NumPy and SciPy must be importable. Exit status 0 if each is as docs/controlled-15.md says.
"""
import argparse
import collections
import math
import sys

import numpy
import scipy.optimize
import scipy.sparse
import scipy.special

WHITE, BLACK, RED, CYAN = 1, 2, 3, 4
ARRANGEMENTS = [
    (WHITE, BLACK, RED, CYAN),
    (WHITE, RED, BLACK, CYAN),
    (WHITE, BLACK, CYAN, RED),
    (WHITE, CYAN, BLACK, RED),
    (WHITE, RED, CYAN, BLACK),
    (WHITE, CYAN, RED, BLACK),
]
# Spacing, mark and tile of each class.
CLASSES = (
    [(11, 3, tile) for tile in ARRANGEMENTS]
    + [(21, 5, tile) for tile in ARRANGEMENTS[:4]]
    + [(37, 5, tile) for tile in ARRANGEMENTS[:2]]
    + [(11, 3, (mark,) * 4) for mark in (WHITE, BLACK, RED)]
)
NEAR, MIDDLE, FAR = range(6), range(6, 10), range(10, 12)
# Of each field: the groups with equal patches, the accuracy of a linear bag under cross-entropy, in
# fifteenths, and what the documentation says of linear readouts (at least), of the best readout, and
# of patches that are trained by themselves: accuracy of their mean, and of single ones.
DOCUMENTED = {
    9: ([NEAR, MIDDLE, FAR], 6, 0.72, 0.991, 0.397, 0.295),
    17: ([MIDDLE, FAR], 11, 0.88, 0.992, 0.733, 0.604),
    33: ([FAR], 14, 0.96, 0.992, 0.933, 0.897),
}


def texture(spacing, mark, tile, side):
    """Marks by their numbers, 0 for the background."""
    at = numpy.arange(side)
    marked = at % spacing < mark
    odd = at // spacing % 2
    marks = numpy.array(tile).reshape(2, 2)[odd[:, None], odd[None, :]]
    return numpy.where(marked[:, None] & marked[None, :], marks, 0).astype(numpy.uint8)


def histograms(field, stride, size):
    """Of each class a matrix: a row for each phase, a column for each patch."""
    numbers = {}
    patches = []
    for spacing, mark, tile in CLASSES:
        period = 2 * spacing
        windows = numpy.lib.stride_tricks.sliding_window_view(
            texture(spacing, mark, tile, period + field), (field, field)
        )[:period, :period]
        rows, inverse = numpy.unique(
            windows.reshape(period**2, field**2), axis=0, return_inverse=True
        )
        known = numpy.array([numbers.setdefault(row.tobytes(), len(numbers)) for row in rows])
        patches.append(known[inverse.ravel()].reshape(period, period))
    steps = numpy.arange((size - field) // stride + 1) * stride
    matrices = []
    for numbered in patches:
        period = len(numbered)
        phases = numpy.arange(period)
        down, right, row, column = numpy.ix_(phases, phases, steps, steps)
        seen = numbered[(down + row) % period, (right + column) % period].ravel()
        image = numpy.repeat(numpy.arange(period**2), len(steps) ** 2)
        matrix = scipy.sparse.csr_matrix(
            (numpy.ones(seen.size), (image, seen)), shape=(period**2, len(numbers))
        )
        matrix.sum_duplicates()
        matrices.append(matrix)
    return matrices


def population(matrices):
    """The images of some classes, their labels, and weights that make classes equally frequent."""
    sizes = [matrix.shape[0] for matrix in matrices]
    labels = numpy.repeat(numpy.arange(len(sizes)), sizes)
    images = scipy.sparse.vstack(matrices).tocsr()
    weights = 1 / (len(sizes) * numpy.array(sizes)[labels])
    return images[:, numpy.unique(images.indices)], labels, weights


def equal_groups(matrices):
    """Sets of several classes in which all patches are equally frequent."""
    groups = collections.defaultdict(list)
    for label, matrix in enumerate(matrices):
        totals = numpy.asarray(matrix.sum(axis=0)).astype(int)
        groups[matrix.shape[0], totals.tobytes()].append(label)
    return [group for group in groups.values() if len(group) > 1]


def minimise_cross_entropy(images, labels, weights):
    """Log-probabilities of the classes on each image, by L-BFGS from small random weights."""
    classes = labels.max() + 1
    truth = numpy.eye(classes)[labels]
    transposed = images.T.tocsr()

    def loss(flat):
        logits = images @ flat.reshape(-1, classes)
        found = scipy.special.log_softmax(logits, axis=1)
        slope = transposed @ (weights[:, None] * (numpy.exp(found) - truth))
        return -(weights * found[truth == 1]).sum(), slope.ravel()

    start = numpy.random.default_rng(1).normal(size=images.shape[1] * classes) * 0.1
    limits = {"maxiter": 1000, "maxfun": 2000, "ftol": 1e-12, "gtol": 1e-9}
    best = scipy.optimize.minimize(loss, start, jac=True, method="L-BFGS-B", options=limits)
    return scipy.special.log_softmax(images @ best.x.reshape(-1, classes), axis=1)


def trained_for_accuracy(images, labels, seed):
    """Accuracy after Adam on the mean probability of the true class.

    Even seeds start with small weights and blurred answers that are sharpened slowly, odd ones with
    weights at which answers are sharp: no schedule is best for every group.
    """
    random = numpy.random.default_rng(seed)
    slow = seed % 2 == 0
    rate, batch, steps = (0.1, 1024, 1000) if slow else (0.03, 256, 2000)
    images = images.astype(numpy.float32)
    weights = random.normal(size=(images.shape[1], labels.max() + 1)) * (0.1 if slow else 1)
    weights = weights.astype(numpy.float32)
    mean, square = numpy.zeros_like(weights), numpy.zeros_like(weights)
    best = 0
    for step in range(1, steps + 1):
        temperature = 20 ** (1 - step / steps) if slow else 1
        drawn = random.integers(len(labels), size=batch)
        some = images[drawn]
        found = scipy.special.softmax(some @ weights / temperature, axis=1)
        true = found[numpy.arange(batch), labels[drawn]]
        slope = found * true[:, None]
        slope[numpy.arange(batch), labels[drawn]] -= true
        slope = some.T @ slope / (batch * temperature)
        mean = 0.9 * mean + 0.1 * slope
        square = 0.99 * square + 0.01 * slope**2
        scaled = mean / (1 - 0.9**step) / (numpy.sqrt(square / (1 - 0.99**step)) + 1e-10)
        weights -= rate * (1 - 0.95 * step / steps) * scaled
        if step % 50 == 0:
            best = max(best, ((images @ weights).argmax(axis=1) == labels).mean())
    return best


def trained_alone(matrices):
    """Accuracy if each patch is trained for its image's class: of images, and of single patches.

    Classes with equal logits are chosen equally often.
    """
    # Frequencies are compared below, so those of classes with equal counts must be equal to the bit.
    frequent = numpy.stack([numpy.asarray(each.sum(axis=0)).ravel() / each.sum() for each in matrices])
    shares = frequent / frequent.sum(axis=0)
    # Any number far below zero will do for the logarithm of 0: such a patch excludes the class.
    logits = numpy.log(numpy.maximum(shares, 1e-12)).T
    right = 0
    for label, matrix in enumerate(matrices):
        sums = matrix @ logits
        largest = sums > sums.max(axis=1, keepdims=True) - 1e-6
        right += (largest[:, label] / largest.sum(axis=1)).mean()
    return right / len(matrices), frequent.max(axis=0).sum() / len(matrices)


def determined(matrices):
    """The accuracy of the most frequent class of each histogram, classes being equally frequent."""
    classes = len(matrices)
    share = collections.defaultdict(lambda: numpy.zeros(classes))
    for label, matrix in enumerate(matrices):
        matrix.sort_indices()
        for row in range(matrix.shape[0]):
            held = slice(*matrix.indptr[row : row + 2])
            key = matrix.indices[held].tobytes() + matrix.data[held].tobytes()
            share[key][label] += 1 / (classes * matrix.shape[0])
    return sum(each.max() for each in share.values())


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--size", type=int, default=64)
    parser.add_argument("--stride", type=int, default=8)
    parser.add_argument("--restarts", type=int, default=6)
    arguments = parser.parse_args()
    as_documented = True
    for field, (groups, fifteenths, linear, best_readout, *alone) in DOCUMENTED.items():
        matrices = histograms(field, arguments.stride, arguments.size)
        found = equal_groups(matrices)
        as_documented &= found == [list(group) for group in groups]
        print(f"q = {field}: {len(CLASSES)} classes, {matrices[0].shape[1]} patches")
        print(f"  classes with equal counts of all patches: {found}")

        images, labels, weights = population(matrices)
        logs = minimise_cross_entropy(images, labels, weights)
        infimum = sum(len(group) * math.log(len(group)) for group in groups) / len(CLASSES)
        true = logs[numpy.arange(len(labels)), labels]
        excess = -(weights * true).sum() - infimum
        group_of = numpy.arange(len(CLASSES))
        for group in groups:
            group_of[group] = group[0]
        in_group = (weights * (group_of[logs.argmax(axis=1)] == group_of[labels])).sum()
        kl = max(
            (scipy.special.logsumexp(own, axis=1) - own.mean(axis=1) - math.log(len(group))).mean()
            for group in groups
            for own in [logs[numpy.isin(labels, group)][:, group]]
        )
        drawn = (weights * numpy.exp(true)).sum()
        accuracy = (weights * (logs.argmax(axis=1) == labels)).sum()
        as_documented &= abs(drawn - fifteenths / 15) < 0.002 and in_group > 0.999
        print(f"  trained by cross-entropy: {excess:.1e} above {infimum:.4f}, divergence {kl:.1e}")
        print(f"    accuracy {accuracy:.4f}, of groups {in_group:.4f}, mean probability {drawn:.4f}")

        right = len(CLASSES) - sum(len(group) for group in groups)
        for group in groups:
            some, own, _ = population([matrices[label] for label in group])
            best = max(trained_for_accuracy(some, own, seed) for seed in range(arguments.restarts))
            print(f"  trained for accuracy, classes {group[0]} to {group[-1]}: {best:.4f}")
            right += len(group) * best
        as_documented &= right / len(CLASSES) >= linear
        print(f"  trained for accuracy, all classes: at least {right / len(CLASSES):.4f}")

        found = trained_alone(matrices)
        as_documented &= numpy.allclose(found, alone, rtol=0, atol=5e-4)
        print(f"  trained by themselves: {found[0]:.4f}, single patches {found[1]:.4f}")

        best = determined(matrices)
        as_documented &= abs(best - best_readout) < 5e-4
        print(f"  best readout: {best:.4f}", flush=True)
    sys.exit(0 if as_documented else 1)


if __name__ == "__main__":
    main()
