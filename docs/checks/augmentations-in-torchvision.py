#!/usr/bin/env python3
"""Apply augmentations with given parameters in torchvision, and write what a test compares with.

    docs/checks/augmentations-in-torchvision.py

Writes jobs/vision/src/test/resources/golden/augmentations.json. The images follow from a formula.
Changes of pixels are torchvision.transforms.functional on tensors of bytes; mixup and CutMix are
the transforms of torchvision.transforms.v2 on pairs of images, each image with its own parameters.
"""
import json
import math
import pathlib
import re

import torch
import torchvision
from torchvision.transforms import InterpolationMode, v2
from torchvision.transforms import functional as F

SCRIPT = pathlib.Path(__file__).resolve()
FILE = SCRIPT.parents[2] / "jobs/vision/src/test/resources/golden/augmentations.json"
SIDE = 16
MIXED_SIDE = 6
CLASSES = 3
IMAGENET_MEAN = (0.485, 0.456, 0.406)


def level(row, column, channel):
    """The level of a pixel: smooth in one direction, with jumps, and different in each channel."""
    return (7 * row * row + 13 * column + 71 * channel + 3 * row * column) % 256


def image(channels):
    """[channel, row, column] bytes."""
    positions = range(SIDE)
    levels = [[[level(r, c, k) for c in positions] for r in positions] for k in range(channels)]
    return torch.tensor(levels, dtype=torch.uint8)


def value(number, row, column, channel):
    """A value of a normalised image of a batch."""
    return level(row + 5 * number, column, channel) / 64 - 2


def crop(pixels, top, left, height, width):
    bilinear = InterpolationMode.BILINEAR
    return F.resized_crop(pixels, top, left, height, width, [SIDE, SIDE], bilinear, antialias=True)


def translate(pixels, right, down):
    return F.affine(pixels, angle=0, translate=[right, down], scale=1, shear=[0, 0], fill=0)


def blur(pixels, deviation):
    return F.gaussian_blur(pixels, 2 * math.ceil(3 * deviation) + 1, deviation)


def erase(pixels, top, left, height, width):
    levels = [round(255 * mean) for mean in IMAGENET_MEAN]
    colour = torch.tensor(levels, dtype=torch.uint8)[:, None, None]
    if len(pixels) == 1:
        colour = F.rgb_to_grayscale(colour)
    return F.erase(pixels, top, left, height, width, colour)


CHANGES = {
    "flip": F.hflip,
    "crop": crop,
    "translate": translate,
    "brightness": F.adjust_brightness,
    "contrast": F.adjust_contrast,
    "saturation": F.adjust_saturation,
    "grayscale": lambda pixels: F.rgb_to_grayscale(pixels, len(pixels)),
    "blur": blur,
    "erase": erase,
}

# Change, parameters, channels of the image.
CASES = [
    ("flip", [], 3),
    ("flip", [], 1),
    ("crop", [0, 0, 16, 16], 3),
    ("crop", [2, 3, 11, 9], 3),
    ("crop", [9, 0, 7, 8], 3),
    ("crop", [0, 12, 16, 4], 3),
    ("crop", [15, 15, 1, 1], 3),
    ("crop", [1, 4, 13, 12], 1),
    ("translate", [3, -2], 3),
    ("translate", [-5, 4], 3),
    ("translate", [0, 16], 3),
    ("translate", [2, 1], 1),
    ("brightness", [0.0], 3),
    ("brightness", [0.37], 3),
    ("brightness", [1.0], 3),
    ("brightness", [1.6], 3),
    ("brightness", [1.2], 1),
    ("contrast", [0.0], 3),
    ("contrast", [0.41], 3),
    ("contrast", [1.75], 3),
    ("contrast", [0.8], 1),
    ("saturation", [0.0], 3),
    ("saturation", [0.55], 3),
    ("saturation", [1.9], 3),
    ("saturation", [0.3], 1),
    ("grayscale", [], 3),
    ("grayscale", [], 1),
    ("blur", [0.1], 3),
    ("blur", [0.5], 3),
    ("blur", [1.3], 3),
    ("blur", [4.7], 3),
    ("blur", [0.9], 1),
    ("erase", [1, 2, 9, 4], 3),
    ("erase", [0, 13, 2, 3], 3),
    ("erase", [6, 0, 5, 8], 1),
]

LABELS = [0, 2, 1, 1, 2]
# The middle image is its own partner, so that mixing changes nothing.
MIXUP_SHARES = [0.85, 0.5, 0.3, 0.02, 1.0]
# Left, top, right, bottom.
CUTMIX_BOXES = [[1, 2, 4, 6], [0, 0, 3, 1], [1, 1, 3, 3], [0, 0, 6, 6], [2, 3, 2, 3]]


def changed(name, parameters, channels):
    output = CHANGES[name](image(channels), *parameters)
    values = bytes(output.permute(1, 2, 0).flatten().tolist())
    return {"change": name, "parameters": parameters, "channels": channels, "values": values.hex()}


def cut(box):
    left, top, right, bottom = box
    return {"box": box, "lam_adjusted": 1 - (right - left) * (bottom - top) / MIXED_SIDE**2}


def mixed(transform, parameters):
    """What becomes of each image and its label when it is mixed with image n - 1 - i."""
    positions = range(MIXED_SIDE)
    batch = torch.tensor(
        [
            [[[value(i, r, c, k) for c in positions] for r in positions] for k in range(3)]
            for i in range(len(LABELS))
        ]
    )
    images, targets = [], []
    for i, chosen in enumerate(parameters):
        pair = [i, len(LABELS) - 1 - i]
        labels = torch.tensor(LABELS)[pair]
        given = {"labels": labels, "batch_size": 2, **chosen}
        images.append(transform.transform(batch[pair], given)[0].flatten().tolist())
        targets.append(transform.transform(labels, given)[0].tolist())
    return {
        "images": [[round(number, 6) for number in row] for row in images],
        "targets": [[round(number, 6) for number in row] for row in targets],
    }


def written(golden):
    """JSON in which every list of numbers is on one line."""
    text = json.dumps(golden, indent=1)
    return re.sub(r"\[[^][{}]*]", lambda numbers: " ".join(numbers[0].split()), text)


def main():
    mixup = v2.MixUp(num_classes=CLASSES)
    cutmix = v2.CutMix(num_classes=CLASSES)
    golden = {
        "made": f"torchvision {torchvision.__version__.split('+')[0]}, docs/checks/{SCRIPT.name}",
        "changes": [changed(*case) for case in CASES],
        "labels": LABELS,
        "mixup": {
            "shares": MIXUP_SHARES,
            **mixed(mixup, [{"lam": share} for share in MIXUP_SHARES]),
        },
        "cutmix": {
            "boxes": CUTMIX_BOXES,
            **mixed(cutmix, [cut(box) for box in CUTMIX_BOXES]),
        },
    }
    FILE.write_text(written(golden) + "\n")


if __name__ == "__main__":
    main()
