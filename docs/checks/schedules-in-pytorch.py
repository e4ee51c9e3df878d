#!/usr/bin/env python3
"""Learning rates of PyTorch's schedules, to compare RateCurve, PlateauSchedule and WarmUp with.

Writes jobs/vision/src/test/resources/golden/schedules.json: for each schedule the rate of each of 60
steps in 12 epochs of 5 batches, and for the plateau the accuracies after the epochs.

Needs torch.
"""

import json
import pathlib

import torch
from torch.optim import lr_scheduler

RATE, EPOCHS, BATCHES = 0.01, 12, 5
STEPS = EPOCHS * BATCHES
RISE = 6
ACCURACIES = [0.1, 0.3, 0.3, 0.2, 0.3, 0.3, 0.30001, 0.4, 0.4, 0.1, 0.2, 0.3]


def rates(schedule):
    optimiser = torch.optim.SGD([torch.nn.Parameter(torch.zeros(1))], lr=RATE)
    scheduler = schedule(optimiser)
    found = []
    for step in range(STEPS):
        found.append(optimiser.param_groups[0]["lr"])
        optimiser.step()
        scheduler.step()
    return found


def plateau():
    optimiser = torch.optim.SGD([torch.nn.Parameter(torch.zeros(1))], lr=RATE)
    scheduler = lr_scheduler.ReduceLROnPlateau(optimiser, mode="max", factor=0.5, patience=3)
    found = []
    for accuracy in ACCURACIES:
        found += [optimiser.param_groups[0]["lr"]] * BATCHES
        scheduler.step(accuracy)
    return found


def warm(schedule):
    def build(optimiser):
        rise = lr_scheduler.LinearLR(optimiser, start_factor=1 / RISE, total_iters=RISE - 1)
        return lr_scheduler.SequentialLR(optimiser, [rise, schedule(optimiser)], milestones=[RISE])

    return build


golden = {
    "rate": RATE,
    "epochs": EPOCHS,
    "batches": BATCHES,
    "rise": RISE,
    "accuracies": ACCURACIES,
    "constant": rates(lambda o: lr_scheduler.ConstantLR(o, factor=1)),
    "step": rates(lambda o: lr_scheduler.StepLR(o, step_size=4 * BATCHES, gamma=0.1)),
    "cosine": rates(lambda o: lr_scheduler.CosineAnnealingLR(o, T_max=STEPS)),
    "warm-up, then cosine": rates(warm(lambda o: lr_scheduler.CosineAnnealingLR(o, T_max=STEPS - RISE))),
    "one-cycle": rates(
        lambda o: lr_scheduler.OneCycleLR(o, max_lr=RATE, total_steps=STEPS, pct_start=0.3, cycle_momentum=False)
    ),
    "plateau": plateau(),
}
path = pathlib.Path(__file__).parents[2] / "jobs/vision/src/test/resources/golden/schedules.json"
path.write_text(json.dumps(golden, indent=1) + "\n")
