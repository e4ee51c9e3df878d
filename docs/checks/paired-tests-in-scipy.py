#!/usr/bin/env python3
"""Recompute a lab's paired tests and intervals with SciPy from the predictions of its runs.

    docs/checks/paired-tests-in-scipy.py [--dataset controlled-15] [--setting RUN] [--server URL]

RUN is a run of the setting to check, by default the one that the page of differences shows; its
networks need three seeds or more, of which up to ten are compared. NumPy and SciPy must be
importable. From the predictions that its runs stored, this computes the difference of each two
networks by every measure, with interval and p-value over seeds and images; Holm's correction;
McNemar's exact test of each two runs with the same seed, with the interval of their difference; and
each network's mean accuracies with their intervals. The formulas are those that the classes
SeedMean, PairedDifference and Interval document; permutations are counted one by one, and the ends
of an interval found by bisection. Exit status 0 if no number of /differences, /pairs and
/comparison differs by more than 1e-9, of p-values by more than this share of them.
"""
import argparse
import collections
import itertools
import json
import sys
import urllib.parse

import numpy
from scipy import stats

from lab import artifact, view

TOLERANCE = 1e-9
LEVEL = 0.05
GRID = 4  # tiles per side of the scrambled images
SEEDS = 3  # with fewer there is no test
Z = stats.norm.ppf(0.975)
SETS = ["validation", "test", "scrambled"]
MEASURES = ["test", "scrambled", "scrambling-loss"]


class Run:
    """A training, and by set which images it recognised: 1 or 0 by their paths."""

    def __init__(self, server, number, scramblings):
        run = view(server, f"/runs/{number}")
        predictions = json.loads(artifact(server, run, "predictions"))
        self.number = number
        self.seed = run["spec"]["seed"]
        self.right = {
            name: {row["image"]: int(row["predicted"] == row["label"]) for row in predictions[name]}
            for name in SETS
        }
        self.shares = shares(server, scramblings) or self.right["scrambled"]

    def measured(self, measure):
        """A measure's values by image; of scrambled ones the share of permutations."""
        if measure == "scrambled":
            return self.shares
        if measure != "scrambling-loss":
            return self.right[measure]
        whole, scrambled = self.right["test"], self.shares
        return {image: whole[image] - scrambled[image] for image in whole.keys() & scrambled.keys()}


def shares(server, scramblings):
    """By image, the share of the permutations of jobs under which it was recognised, if any."""
    permutations = {}
    for job in scramblings:
        found = json.loads(artifact(server, view(server, f"/runs/{job}"), "scrambled-predictions"))
        labels = numpy.array(found["labels"])
        for each in found["scrambled"]:
            if each["grid"] == GRID:
                right = numpy.array(each["predicted"]) == labels
                permutations[each["seed"]] = dict(zip(found["images"], right.astype(float)))
    some = list(permutations.values())
    return {image: numpy.mean([each[image] for each in some]) for image in some[0]} if some else {}


def difference(first, second, measure):
    """By image, what a run has over another."""
    return over(first.measured(measure), second.measured(measure))


def over(ours, theirs):
    return {image: ours[image] - theirs[image] for image in ours.keys() & theirs.keys()}


def tested(mean, error, distribution):
    half = distribution.ppf(1 - LEVEL / 2) * error
    p = 2 * distribution.sf(abs(mean) / error)
    found = {"difference": mean, "low": mean - half, "high": mean + half}
    return {**found, "p": p, "variance": error**2}


def over_images(differences):
    """One pair of runs over images, by Agresti and Min."""
    values = list(differences.values())
    extended = numpy.append(values, [1, -1, 0, 0])
    weights = numpy.append(numpy.ones(len(values)), [0.5, 0.5, 0.5, 0.5])
    mean = numpy.average(extended, weights=weights)
    variance = numpy.average((extended - mean) ** 2, weights=weights) / weights.sum()
    return tested(numpy.mean(values), numpy.sqrt(variance), stats.norm())


def over_seeds_and_images(pairs, measure):
    """Pairs of runs, each of another seed: what Student's test or a permutation accepts."""
    differences = [difference(*pair, measure) for pair in pairs]
    images = sorted(set().union(*differences))
    values = numpy.array([[each.get(image, numpy.nan) for image in images] for each in differences])
    means = numpy.nanmean(values, axis=1)
    centred = numpy.nan_to_num(values - means[:, None])
    counts = (~numpy.isnan(values)).sum(1)
    covariances = centred @ centred.T / numpy.outer(counts, counts)
    shared = max(0, covariances[numpy.triu_indices(len(means), 1)].mean())
    shared += 1 / (counts[0] + 2) ** 2
    alone = numpy.mean([over_images(each)["variance"] for each in differences])
    of_seeds = max(numpy.var(means, ddof=1), alone - shared) / len(means)
    student = tested(means.mean(), numpy.sqrt(of_seeds + shared), stats.t(len(means) - 1))
    return both(student, *(accuracies(pairs, differences, measure)))


def accuracies(pairs, differences, measure):
    """Of both networks by seed, on the images that both have."""
    return [
        numpy.array([
            numpy.mean([pair[side].measured(measure)[image] for image in images])
            for pair, images in zip(pairs, differences)
        ])
        for side in (0, 1)
    ]


def both(student, ours, theirs):
    """Student's test and that of all permutations of the runs."""
    found = {
        "difference": student["difference"],
        "p": max(student["p"], permuted(ours, theirs)),
    }
    ends = [end(ours, theirs, -1), end(ours, theirs, 1)]
    if None not in ends:
        found["low"] = min(student["low"], ends[0])
        found["high"] = max(student["high"], ends[1])
    return found


def permuted(ours, theirs):
    """The share of the ways to divide all runs into two networks that are at least as uneven."""
    runs = numpy.concatenate([ours, theirs])
    half = len(ours)
    firsts = numpy.array(list(itertools.combinations(range(2 * half), half)))
    sums = runs[firsts].sum(1)
    uneven = numpy.abs(2 * sums - runs.sum())
    return numpy.mean(uneven >= abs(ours.sum() - theirs.sum()) - 1e-9)


def end(ours, theirs, sign):
    """The largest or smallest true difference that is not rejected, by bisection."""
    inside, outside = ours.mean() - theirs.mean(), sign * 3.0
    if permuted(ours - outside, theirs) > LEVEL:
        return None  # so few seeds reject nothing
    for _ in range(60):
        middle = (inside + outside) / 2
        if permuted(ours - middle, theirs) > LEVEL:
            inside = middle
        else:
            outside = middle
    return inside


def mcnemar(right, theirs):
    """Both, only the first, only the second and neither, and the exact p-value."""
    pairs = [(right[image], theirs[image]) for image in right.keys() & theirs.keys()]
    cells = [pairs.count(cell) for cell in [(1, 1), (1, 0), (0, 1), (0, 0)]]
    discordant = cells[1] + cells[2]
    return cells, stats.binomtest(cells[1], discordant).pvalue if discordant else 1.0


def holm(values):
    ascending = numpy.argsort(values)
    adjusted = numpy.empty(len(values))
    factors = numpy.arange(len(values), 0, -1)
    adjusted[ascending] = numpy.maximum.accumulate(factors * numpy.array(values)[ascending])
    return numpy.minimum(1, adjusted)


def accuracy(runs, name):
    """The mean accuracy of runs on a set of images, with its interval."""
    values = [numpy.mean(list(run.right[name].values())) for run in runs]
    mean = numpy.mean(values)
    images = len(runs[0].right[name]) + Z**2
    share = (mean * len(runs[0].right[name]) + Z**2 / 2) / images
    of_images = share * (1 - share) / images
    of_seeds = numpy.var(values, ddof=1) / len(values)
    error = numpy.sqrt(of_seeds + of_images)
    freedom = (len(values) - 1) * (error**2 / of_seeds) ** 2 if of_seeds else numpy.inf
    distribution = stats.t(freedom)
    half = distribution.ppf(0.975) * error
    low, high = numpy.clip([mean - half, mean + half], 0, 1)
    return {"mean": mean, "sd": numpy.std(values, ddof=1), "low": low, "high": high}


class Comparison:
    """How far the lab's numbers are from SciPy's."""

    def __init__(self):
        self.differences = []

    def add(self, lab, scipy):
        """Compare numbers of the same names."""
        for name, expected in scipy.items():
            off = abs(lab[name] - expected)
            if name in ("p", "adjusted", "exactP", "pValue"):
                off /= max(expected, sys.float_info.min)
            self.differences.append(off)

    def add_runs(self, server, measure, lab, first, second):
        """Two runs of one seed."""
        self.add(lab, {"difference": over_images(difference(first, second, measure))["difference"]})
        ours, theirs = first.measured(measure), second.measured(measure)
        if {*ours.values(), *theirs.values()} <= {0, 1} and measure != "scrambling-loss":
            cells, p = mcnemar(ours, theirs)
            self.add(lab, {"exactP": p})
            self.add(lab["table"], dict(zip(["both", "onlyFirst", "onlySecond", "neither"], cells)))
        elif "table" in lab or "exactP" in lab:
            sys.exit(f"{first.number} and {second.number} are compared as if right or wrong")
        if measure == "scrambling-loss":
            return
        # Two runs alone are compared by the permutation of their training.
        ours, theirs = first.right[measure], second.right[measure]
        alone = over_images(over(ours, theirs))
        cells, p = mcnemar(ours, theirs)
        pair = view(server, f"/pairs?a={first.number}&b={second.number}&set={measure}")
        self.add(pair, dict(zip(["both", "onlyA", "onlyB", "neither"], cells)))
        self.add(pair, {name: alone[name] for name in ["difference", "low", "high"]})
        self.add(pair, {"pValue": p})

    def add_networks(self, server, measure, lab, runs):
        """Each two networks; runs has those of each network by their seeds."""
        found = []
        for pair, (one, other) in zip(lab, itertools.combinations(runs, 2), strict=True):
            shared = sorted(runs[one].keys() & runs[other].keys())
            if [one, other] != [pair["first"], pair["second"]] or len(shared) < SEEDS:
                sys.exit(f"{one} and {other} need {SEEDS} seeds in common")
            pairs = [(runs[one][seed], runs[other][seed]) for seed in shared]
            scipy = over_seeds_and_images(pairs, measure)
            self.add(pair, scipy)
            if "low" in pair and "low" not in scipy:
                sys.exit(f"{one} and {other} have an interval that SciPy does not allow")
            for seed, two in zip(pair["seeds"], pairs, strict=True):
                self.add_runs(server, measure, seed, *two)
            found.append(scipy)
        for pair, scipy, adjusted in zip(lab, found, holm([each["p"] for each in found])):
            self.add(pair, {"adjusted": adjusted})
            interval = "no interval"
            if "low" in scipy:
                interval = f"{scipy['low']:.4f} to {scipy['high']:.4f}"
            networks = f"{pair['first']} - {pair['second']}"
            print(f"{measure:15} {networks}: {scipy['difference']:.4f} ({interval})")
            print(f"{'':15} p {scipy['p']:.3g}, after Holm {adjusted:.3g}")


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--dataset", default="controlled-15")
    parser.add_argument("--setting", type=int)
    parser.add_argument("--server", default="http://127.0.0.1:8080")
    arguments = parser.parse_args()
    server = arguments.server
    query = {"dataset": arguments.dataset}
    if arguments.setting:
        query["setting"] = arguments.setting

    scramblings = collections.defaultdict(list)
    for job in view(server, "/jobs?kind=scramble&state=SUCCEEDED&limit=1000")["jobs"]:
        if "dataset" not in job["spec"] and "run" in job["spec"]:
            scramblings[job["spec"]["run"]].append(job["id"])

    comparison = Comparison()
    runs = {}
    for measure in MEASURES:
        lab = view(server, "/differences?" + urllib.parse.urlencode({**query, "measure": measure}))
        if not runs:
            for network in lab["networks"]:
                some = [Run(server, number, scramblings[number]) for number in network["runs"]]
                runs[network["architecture"]] = {run.seed: run for run in some}
        comparison.add_networks(server, measure, lab["pairs"], runs)

    table = view(server, "/comparison?" + urllib.parse.urlencode({"dataset": arguments.dataset}))
    rows = {frozenset(row["runs"]): row for row in table["rows"]}
    for architecture, by_seed in runs.items():
        some = list(by_seed.values())
        row = rows[frozenset(run.number for run in some)]
        for name in SETS:
            scipy = accuracy(some, name)
            comparison.add(row[name], scipy)
            interval = f"{scipy['low']:.4f} to {scipy['high']:.4f}"
            print(f"{name:15} {architecture}: {scipy['mean']:.4f} ({interval})")
    largest = numpy.max(comparison.differences)
    print(f"{len(comparison.differences)} numbers, largest difference {largest:.1e}")
    sys.exit(0 if largest < TOLERANCE else 1)


if __name__ == "__main__":
    main()
