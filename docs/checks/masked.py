"""Analyses that mask parts of images, computed with PyTorch.

Each takes the figures of a job and the network that it is about, adds what PyTorch finds, and is
written from the analysis's description and paper. Masks are 0 in normalised images.
"""
import copy

import numpy
import torch

from exchange import logits
from lab import numbers

ROUNDING = 1e-4

ORDERS = 4  # of an image's tiles
SAME = 1e-5  # of the largest: tiles count the same
SINGLE = 1e-7  # rounding of single precision


def spread(count, most):
    """So many images of all, evenly spaced."""
    taken = min(count, most)
    return [i * count // taken for i in range(taken)]


def squares(size, side, gap, across):
    """The first rows and columns of squares in the middle of an image."""
    start = (size - across * side - (across - 1) * gap) // 2
    starts = [start + i * (side + gap) for i in range(across)]
    return [(row, column) for row in starts for column in starts]


def masks(size, side, corners):
    """[row, column]: 0 in squares, 1 elsewhere."""
    mask = torch.ones(size, size, dtype=torch.float64)
    for row, column in corners:
        mask[row : row + side, column : column + side] = 0
    return mask


def interactions(figures, subject):
    spec = figures.spec
    size = subject.images.shape[-1]
    images = subject.images[spread(len(subject.images), spec["mostImages"])]
    clean = logits(subject.network, images)
    predicted = clean.argmax(1)
    rows = numpy.arange(len(images))

    def effect(side, corners):
        """What masking takes from each image's logit of its predicted class."""
        masked = logits(subject.network, images * masks(size, side, corners))
        return clean[rows, predicted] - masked[rows, predicted]

    for side in numbers(spec["patches"]):
        for gap in numbers(spec["gaps"]):
            across = min(spec["masks"], (size + gap) // (side + gap))
            if across < 2:
                continue
            corners = squares(size, side, gap, across)
            joint = effect(side, corners)
            separate = sum(effect(side, [corner]) for corner in corners)
            size_of_joint = abs(joint).mean()
            deviation = abs(joint - separate).mean() / size_of_joint
            correlation = numpy.corrcoef(joint, separate)[0, 1]
            axes = {"patch": side, "gap": gap}
            figures.add("interaction-correlation", axes, correlation, ROUNDING)
            figures.add("interaction-deviation", axes, deviation, ROUNDING)
            figures.add("joint-effect", axes, size_of_joint, ROUNDING * max(1, size_of_joint))


def between(points, first, step, size):
    """A map of points that begin at a pixel, bilinear between them and constant beyond them."""
    places = first + step * numpy.arange(len(points))
    weights = numpy.array(
        [numpy.interp(numpy.arange(size), places, unit) for unit in numpy.eye(len(points))]
    )
    return weights.T @ points @ weights


def heatmap(subject, images, predicted):
    """The logit of the patch centred at each fourth pixel, of images in a margin of zeros."""
    margin = (subject.field - 1) // 2
    padded = torch.nn.functional.pad(images, [margin] * 4)
    found = subject.patch_logits(padded, 4)
    size = images.shape[-1]
    return [between(each[label], 0, 4, size) for each, label in zip(found, predicted)]


def gradients(network, images, predicted):
    images = images.clone().requires_grad_(True)
    chosen = network(images)[torch.arange(len(images)), torch.tensor(predicted)]
    return torch.autograd.grad(chosen.sum(), images)[0]


def gradient_maps(subject, images, predicted):
    """The gradient's magnitude, and it times the input: maps of each image for each order.

    Rounding may open or close a ReLU, which can change an image's gradient by a tenth. So all
    but the first are in single precision, as the lab's, of images that differ by rounding.
    """
    generator = torch.Generator().manual_seed(1)
    single = copy.deepcopy(subject.network).float()
    magnitudes, products = [], []
    for order in range(ORDERS):
        network, seen = subject.network, images
        if order:
            noise = torch.randn(images.shape, generator=generator, dtype=images.dtype)
            network, seen = single, (images * (1 + SINGLE * noise)).float()
        found = gradients(network, seen, predicted).double()
        magnitudes.append(found.abs().sum(1).numpy())
        products.append((found * images).sum(1).numpy())
    return {"gradient": magnitudes, "gradient-times-input": products}


def grad_cam(subject, images, predicted):
    """Channels are weighted by the mean over positions of the logit's gradient by them."""
    with torch.no_grad():
        features = subject.network.features(images)
    features.requires_grad_(True)
    head = list(subject.network.children())[-1]
    chosen = head(features.mean((2, 3)))[torch.arange(len(images)), torch.tensor(predicted)]
    (by_feature,) = torch.autograd.grad(chosen.sum(), features)
    weighted = features.detach() * by_feature.mean((2, 3), keepdim=True)
    points = torch.relu(weighted.sum(1)).numpy()
    size = images.shape[-1]
    return [between(each, subject.first, subject.step, size) for each in points]


def scores(subject, images, predicted, tile):
    """By the method, what each image's tiles count: [order, image, tile]."""
    found = gradient_maps(subject, images, predicted)
    found["grad-cam"] = [grad_cam(subject, images, predicted)] * ORDERS
    found["random"] = [numpy.zeros((len(images), *images.shape[2:]))] * ORDERS
    if subject.field:
        found["heatmap"] = [heatmap(subject, images, predicted)] * ORDERS
    across = images.shape[-1] // tile
    cut = (ORDERS, len(images), across, tile, across, tile)
    return {
        method: numpy.array(maps).reshape(cut).mean((3, 5)).reshape(ORDERS, len(images), -1)
        for method, maps in found.items()
    }


def orders(counted, random):
    """Tiles from the one that counts most on, those that count the same in random order."""
    for some in counted:
        rounded = numpy.round(some / (SAME * max(abs(some).max(), 1e-300)))
        shuffled = random.permutation(len(some))
        yield shuffled[numpy.argsort(-rounded[shuffled], kind="stable")]


class MaskedCopies:
    """What a network says of an image with sets of tiles masked."""

    def __init__(self, subject, image, tile):
        self.subject = subject
        self.image = image
        self.tile = tile
        size = image.shape[-1]
        self.corners = squares(size, tile, 0, size // tile)
        self.known = {}

    def logits(self, sets):
        """[set, class]; each set of tiles is asked for once."""
        keys = [frozenset(int(tile) for tile in some) for some in sets]
        new = sorted(set(keys) - self.known.keys(), key=sorted)
        if new:
            size = self.image.shape[-1]
            copies = [
                self.image * masks(size, self.tile, [self.corners[tile] for tile in some])
                for some in new
            ]
            found = logits(self.subject.network, torch.stack(copies))
            self.known.update(zip(new, found, strict=True))
        return numpy.array([self.known[some] for some in keys])


def probabilities(values):
    exponentials = numpy.exp(values - values.max(-1, keepdims=True))
    return exponentials / exponentials.sum(-1, keepdims=True)


def ranked(figures, subject):
    """For each image its number, copies, predicted class and orders of tiles by the method."""
    spec = figures.spec
    chosen = spread(len(subject.images), spec["mostImages"])
    images = subject.images[chosen]
    predicted = logits(subject.network, images).argmax(1)
    counted = scores(subject, images, predicted, spec["tile"])
    random = numpy.random.default_rng(1)
    for i, number in enumerate(chosen):
        copies = MaskedCopies(subject, images[i], spec["tile"])
        by_method = {
            method: list(orders(each[:, i], random)) for method, each in counted.items()
        }
        yield number, copies, predicted[i], by_method


def add_mean(figures, output, axes, values):
    """Compare a mean over images, given for each image its value in each order of the tiles.

    The lab has drawn one order of each image, so where orders matter its mean has an error.
    """
    values = numpy.array(values, dtype=float)
    variance = values.var(1, ddof=1).sum() / len(values) ** 2
    error = numpy.sqrt(variance * (1 + 1 / ORDERS))
    figures.add(output, axes, values.mean(), ROUNDING, error)


def spatial_sensitivity(figures, subject):
    tiles = (subject.images.shape[-1] // figures.spec["tile"]) ** 2
    counts = [count for count in numbers(figures.spec["masked"]) if count <= tiles]
    probability, right = {}, {}
    for number, copies, predicted, by_method in ranked(figures, subject):
        for method, some in by_method.items():
            for count in counts:
                found = copies.logits([order[:count] for order in some])
                place = (count, method)
                probability.setdefault(place, []).append(probabilities(found)[:, predicted])
                right.setdefault(place, []).append(found.argmax(1) == subject.labels[number])
    for (count, method), values in probability.items():
        axes = {"maskedTiles": count, "saliency": method}
        add_mean(figures, "masked-probability", axes, values)
        add_mean(figures, "masked-accuracy", axes, right[count, method])


def faithfulness(figures, subject):
    tiles = (subject.images.shape[-1] // figures.spec["tile"]) ** 2
    steps = min(tiles, figures.spec["steps"])
    counts = [int(step * tiles / steps + 0.5) for step in range(steps + 1)]
    shares = numpy.array(counts) / tiles
    deletion, insertion = {}, {}
    for _, copies, predicted, by_method in ranked(figures, subject):
        for method, some in by_method.items():
            for curves, sets in (
                (deletion, [order[:count] for order in some for count in counts]),
                (insertion, [order[count:] for order in some for count in counts]),
            ):
                found = probabilities(copies.logits(sets))[:, predicted]
                curves.setdefault(method, []).append(found.reshape(len(some), -1))
    for output, along, curves in (
        ("deletion", "removed", deletion),
        ("insertion", "inserted", insertion),
    ):
        for method, values in curves.items():
            by_step = numpy.array(values)
            for i, share in enumerate(shares):
                axes = {along: share, "saliency": method}
                add_mean(figures, output, axes, by_step[:, :, i])
            areas = numpy.trapezoid(by_step, shares, axis=2)
            add_mean(figures, f"{output}-area", {"saliency": method}, areas)
