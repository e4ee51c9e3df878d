#!/usr/bin/env python3
"""The classes that several readouts see in random logit maps, to compare Readout and VoteClassifier with.

Writes jobs/vision/src/test/resources/golden/readouts.json.

Needs torch.
"""

import json
import pathlib

import torch

PENALTY = 1e-4
TAIL = 0.1

torch.manual_seed(1)
torch.set_default_dtype(torch.float64)


def readouts(maps):
    """The class of each image; maps are [image, class, position]."""
    probabilities = maps.softmax(1)
    quantiles = torch.quantile(maps, torch.tensor([TAIL, 1 - TAIL]), 2, keepdim=True)
    votes = torch.nn.functional.one_hot(maps.argmax(1), maps.shape[1]).double().mean(1)
    tied = votes == votes.max(1, keepdim=True).values
    return {
        "mean-logit": maps.mean(2).argmax(1),
        "mean-probability": probabilities.mean(2).argmax(1),
        "median-logit": torch.quantile(maps, 0.5, 2).argmax(1),
        "winsorised-mean": maps.clamp(quantiles[0], quantiles[1]).mean(2).argmax(1),
        "majority-vote": maps.mean(2).masked_fill(~tied, -torch.inf).argmax(1),
        "best-patch": maps.max(2).values.argmax(1),
    }, votes


def trained(votes, labels):
    """The weights of a softmax regression without bias, by L-BFGS."""
    weights = torch.zeros(votes.shape[1], votes.shape[1], requires_grad=True)
    optimiser = torch.optim.LBFGS(
        [weights], max_iter=5000, tolerance_grad=1e-12, tolerance_change=1e-16, line_search_fn="strong_wolfe"
    )

    def loss():
        optimiser.zero_grad()
        value = torch.nn.functional.cross_entropy(votes @ weights.T, labels)
        value = value + PENALTY / 2 * (weights**2).sum()
        value.backward()
        return value

    optimiser.step(loss)
    return weights.detach()


CASES = [(40, 5, 3, 4), (40, 15, 2, 2), (20, 15, 1, 1), (60, 15, 6, 6)]
found = []
for images, classes, height, width in CASES:
    labels = torch.randint(classes, (images,))
    maps = 3 * torch.randn(images, classes, height * width)
    maps[torch.arange(images), labels] += 1
    maps = (maps * 1e4).round() / 1e4
    predicted, votes = readouts(maps)
    weights = trained(votes, labels)
    found.append(
        {
            "shape": [images, classes, height, width],
            "values": [round(value, 4) for value in maps.flatten().tolist()],
            "labels": labels.tolist(),
            "predicted": {name: chosen.tolist() for name, chosen in predicted.items()},
            "weights": [round(value, 8) for value in weights.flatten().tolist()],
            "trained": (votes @ weights.T).argmax(1).tolist(),
        }
    )
golden = pathlib.Path(__file__).parents[2] / "jobs/vision/src/test/resources/golden/readouts.json"
golden.write_text(json.dumps({"cases": found}) + "\n")
