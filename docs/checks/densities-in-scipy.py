#!/usr/bin/env python3
"""The densities of the tree-structured Parzen estimator around random values, to compare Mixture with.

Writes jobs/queue/src/test/resources/golden/densities.json.

Needs SciPy.
"""

import json
import pathlib

import numpy
from scipy.stats import truncnorm


def density(tried, x):
    """Mean of truncated normal distributions around the values and a wide one around the middle."""
    centres = sorted([(value, False) for value in tried] + [(0.5, True)])
    narrowest = 1 / min(100, len(tried) + 2)
    total = 0
    for i, (mean, prior) in enumerate(centres):
        below = centres[i - 1][0] if i > 0 else 0
        above = centres[i + 1][0] if i + 1 < len(centres) else 1
        deviation = 1 if prior else max(narrowest, mean - below, above - mean)
        total += truncnorm.pdf(x, (0 - mean) / deviation, (1 - mean) / deviation, loc=mean, scale=deviation)
    return total / len(centres)


random = numpy.random.default_rng(1)
cases = []
for tried in [[0.5, 0.5, 0.7]] + [[round(value, 4) for value in random.random(count)] for count in (0, 1, 2, 5, 150)]:
    at = [0, 0.1, 0.33, 0.5, 0.77, 1]
    cases.append({"tried": tried, "at": at, "density": [float(density(tried, x)) for x in at]})

target = pathlib.Path(__file__).parents[2] / "jobs/queue/src/test/resources/golden/densities.json"
target.write_text(json.dumps(cases) + "\n")
