#!/usr/bin/env python3
"""Recompute a lab's agreement of errors and calibration with SciPy from its runs' predictions.

    docs/checks/agreement-in-scipy.py [--dataset controlled-15] [--setting RUN] [--server URL]

RUN is a run of the setting to check, by default the one that the dashboard shows. NumPy and SciPy
must be importable. From the predictions that its runs stored, this computes the kappa of each two
networks' errors and of each network's runs, with intervals where there are three seeds; each
network's accuracy on each class and the correlations of these and of the logits; and each run's
calibration. Where the lab has a formula for what an image adds to kappa, this takes numerical
derivatives of kappa by the image's weight. Exit status 0 if no number of /error-agreement and of
the statistic calibration differs by more than 1e-9, of the intervals by more than 1e-5.
"""
import argparse
import itertools
import json
import sys
import urllib.parse

import numpy
from scipy import stats

from lab import artifact, view

TOLERANCE = {"low": 1e-5, "high": 1e-5}  # numerical derivatives
STEP = 1e-5
SEEDS = 3  # with fewer there is no interval
BINS = 15


class Run:
    """A training, and by set its images' paths, classes, predicted classes and logits."""

    def __init__(self, server, number):
        run = view(server, f"/runs/{number}")
        self.number = number
        self.seed = run["spec"]["seed"]
        self.sets = json.loads(artifact(server, run, "predictions"))
        rows = {row["image"]: row for row in self.sets["test"]}
        self.images = sorted(rows)
        self.label = numpy.array([rows[image]["label"] for image in self.images])
        self.right = numpy.array([rows[image]["predicted"] for image in self.images]) == self.label
        self.logits = logits_of([rows[image] for image in self.images])


def logits_of(rows):
    """Single precision, as the lab has them: their decimals are not exact."""
    return numpy.array([row["logits"] for row in rows], dtype=numpy.float32).astype(float)


def kappa(one, other, weights):
    """Observed and expected agreement and kappa, each image counting by its weight."""
    weights = weights / weights.sum()
    p, q = weights @ one.right, weights @ other.right
    observed = weights @ (one.right == other.right)
    expected = p * q + (1 - p) * (1 - q)
    return numpy.array([observed, expected, (observed - expected) / (1 - expected)])


def over_pairs(first, second, seeds, function):
    """The mean over all pairs of different seeds, or the only one."""
    pairs = [(i, j) for i in seeds for j in seeds if i != j or len(seeds) == 1]
    return numpy.mean([function(first[i], second[j]) for i, j in pairs], axis=0)


def influences(first, second, seeds):
    """The mean kappa, and its derivative by each image's weight."""
    images = len(next(iter(first.values())).images)
    weights = numpy.ones(images)
    derivatives = numpy.empty(images)
    for image in range(images):
        ends = []
        for step in (STEP, -STEP):
            weights[image] = 1 + step
            ends.append(over_pairs(first, second, seeds, lambda a, b: kappa(a, b, weights))[2])
        weights[image] = 1
        derivatives[image] = images * (ends[0] - ends[1]) / (2 * STEP)
    return over_pairs(first, second, seeds, lambda a, b: kappa(a, b, weights))[2], derivatives


def interval(first, second, seeds):
    """By the jackknife over seeds, with the images' part from Obuchowski and Rockette."""
    number = len(seeds)
    whole, of_images = influences(first, second, seeds)
    values, parts = [], []
    for left in seeds:
        without, rest = influences(first, second, [seed for seed in seeds if seed != left])
        values.append(number * whole - (number - 1) * without)
        parts.append(number * of_images - (number - 1) * rest)
    images = len(of_images)
    covariances = numpy.array(parts) @ numpy.array(parts).T / images**2
    # An image more, on which the errors of two runs differ.
    more = over_pairs(first, second, seeds, lambda a, b: 1 / (1 - kappa(a, b, numpy.ones(images))[1]))
    shared = max(0, covariances[numpy.triu_indices(number, 1)].mean()) + (more / (images + 2)) ** 2
    of_seeds = numpy.var(values, ddof=1) / number
    variance = of_seeds + shared
    freedom = (number - 1) * (variance / of_seeds) ** 2 if of_seeds else numpy.inf
    half = stats.t(freedom).ppf(0.975) * numpy.sqrt(variance)
    return numpy.clip([whole - half, whole + half], -1, 1)


def logit_correlation(one, other):
    centred = [run.logits - run.logits.mean(1, keepdims=True) for run in (one, other)]
    return stats.pearsonr(centred[0].ravel(), centred[1].ravel())[0]


def agreement(first, second, seeds):
    weights = numpy.ones(len(next(iter(first.values())).images))
    mean = over_pairs(first, second, seeds, lambda a, b: kappa(a, b, weights))
    found = dict(zip(["observed", "expected", "kappa"], mean))
    found["logitCorrelation"] = over_pairs(first, second, seeds, logit_correlation)
    if len(seeds) >= SEEDS:
        found["low"], found["high"] = interval(first, second, seeds)
    return found


def class_accuracies(runs):
    """By class, the mean over runs of the share of its images that are recognised."""
    return {
        name: numpy.mean([run.right[run.label == number].mean() for run in runs])
        for number, name in enumerate(runs[0].sets["classes"])
        if all((run.label == number).any() for run in runs)
    }


def distance_if_calibrated(confidence):
    """The mean distance of the number of recognised images from its mean."""
    probabilities = numpy.ones(1)
    for recognised in confidence:
        probabilities = numpy.convolve(probabilities, [1 - recognised, recognised])
    return probabilities @ abs(numpy.arange(len(probabilities)) - confidence.sum())


def calibration(rows):
    logits = logits_of(rows)
    label = numpy.array([row["label"] for row in rows])
    logarithms = logits - logits.max(1, keepdims=True)
    logarithms -= numpy.log(numpy.exp(logarithms).sum(1, keepdims=True))
    probabilities = numpy.exp(logarithms)
    confidence = probabilities.max(1)
    right = probabilities.argmax(1) == label
    edges = numpy.linspace(0, 1, BINS + 1)
    bins = [(confidence > low) & (confidence <= high) for low, high in itertools.pairwise(edges)]
    errors = [
        (some.mean(), abs(right[some].mean() - confidence[some].mean()))
        for some in bins
        if some.any()
    ]
    by_chance = sum(distance_if_calibrated(confidence[some]) for some in bins)
    return {
        "expected-calibration-error": sum(share * error for share, error in errors),
        "expected-calibration-error-if-calibrated": by_chance / len(label),
        "maximum-calibration-error": max(error for _, error in errors),
        "mean-confidence": confidence.mean(),
        "negative-log-likelihood": -logarithms[numpy.arange(len(label)), label].mean(),
        "brier-score": ((probabilities - numpy.eye(logits.shape[1])[label]) ** 2).sum(1).mean(),
    }


class Comparison:
    """How far the lab's numbers are from SciPy's."""

    def __init__(self):
        self.count = 0
        self.largest = {}
        self.wrong = 0

    def add(self, what, lab, scipy):
        """Compare numbers of the same names."""
        for name, expected in scipy.items():
            off = abs(lab[name] - expected)
            tolerance = TOLERANCE.get(name, 1e-9)
            self.count += 1
            self.largest[tolerance] = max(self.largest.get(tolerance, 0), off)
            if not off <= tolerance:
                self.wrong += 1
                print(f"{what}: {name} is {lab[name]}, SciPy has {expected}")


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--dataset", default="controlled-15")
    parser.add_argument("--setting", type=int)
    parser.add_argument("--server", default="http://127.0.0.1:8080")
    arguments = parser.parse_args()
    query = {"dataset": arguments.dataset}
    if arguments.setting:
        query["setting"] = arguments.setting

    lab = view(arguments.server, "/error-agreement?" + urllib.parse.urlencode(query))
    comparison = Comparison()
    networks, classes = {}, {}
    for network in lab["networks"]:
        runs = [Run(arguments.server, number) for number in network["runs"]]
        if any(run.images != runs[0].images for run in runs):
            sys.exit("runs that draw different test images are not checked here")
        name = network["architecture"]
        networks[name] = {run.seed: run for run in runs}
        classes[name] = class_accuracies(runs)
        comparison.add(name, dict(zip(lab["classes"], network["classAccuracies"])), classes[name])
        comparison.add(name, network, {"accuracy": numpy.mean([run.right.mean() for run in runs])})
        if len(runs) > 1:
            own = agreement(networks[name], networks[name], sorted(networks[name]))
            comparison.add(name, network["ceiling"], own)
        for run in runs:
            found = view(arguments.server, f"/runs/{run.number}/statistics/calibration")["results"]
            for measured in ("validation", "test", "scrambled"):
                if run.sets[measured]:
                    rows = [row for row in found if row["set"] == measured]
                    numbers = {row["output"]: row["value"] for row in rows}
                    comparison.add(f"run {run.number}", numbers, calibration(run.sets[measured]))
    for pair in lab["pairs"]:
        one, other = pair["first"], pair["second"]
        shared = sorted(networks[one].keys() & networks[other].keys())
        found = agreement(networks[one], networks[other], shared)
        by_class = [[classes[name][each] for each in lab["classes"]] for name in (one, other)]
        if "pearson" in pair:
            found["pearson"] = stats.pearsonr(*by_class)[0]
            found["spearman"] = stats.spearmanr(*by_class)[0]
        comparison.add(f"{one} and {other}", pair, found)
        numbers = ", ".join(f"{name} {value:.4f}" for name, value in found.items())
        print(f"{one} and {other}: {numbers}")
    for tolerance, off in sorted(comparison.largest.items()):
        print(f"largest difference {off:.1e} of those that may be {tolerance:.0e}")
    print(f"{comparison.count} numbers, {comparison.wrong} wrong")
    sys.exit(1 if comparison.wrong else 0)


if __name__ == "__main__":
    main()
