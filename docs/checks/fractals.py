#!/usr/bin/env python3
"""Compares exported images of a data set of fractals with the ones that its description gives.

    ./bagnetlab dataset export fractals-12x20 --size 64 --to DIR
    docs/checks/fractals.py DIR
    docs/checks/fractals.py --picture FILE.png

The second command draws the picture in docs/datasets.md: a column for each of the first classes.
"""
import csv
import functools
import math
import pathlib
import sys

import numpy

from exchange import read_png, write_png
from java_random import JavaRandom

SPREAD = 0x9E3779B97F4A7C15
POINTS_A_PIXEL = 8
SEARCHED_SIZE = 64


def seeded(number):
    return JavaRandom(number * SPREAD % (1 << 64))


def uniform(random):
    high = random.bits(26)
    return ((high << 27) + random.bits(27)) / (1 << 53)


def determinant(map_):
    a, b, c, d, _, _ = map_
    return abs(a * d - b * c)


def stretch(map_):
    squares = sum(entry * entry for entry in map_[:4])
    return math.sqrt((squares + math.sqrt(max(0, squares * squares - 4 * determinant(map_) ** 2))) / 2)


def points(random, maps, size):
    total = sum(map(determinant, maps))
    thresholds, reached = [], 0
    for each in maps:
        reached += determinant(each)
        thresholds.append(int(reached / total * 2**31))
    x = y = 0.0
    drawn = []
    for _ in range(20 + POINTS_A_PIXEL * size * size):
        bits = random.bits(31)
        chosen = next((i for i, most in enumerate(thresholds) if bits < most), len(maps) - 1)
        a, b, c, d, e, f = maps[chosen]
        x, y = a * x + b * y + e, c * x + d * y + f
        drawn.append((x, y))
    return numpy.array(drawn[20:])


def counts(cloud, size, corner, side, reflected):
    least, most = cloud.min(0), cloud.max(0)
    distance = (cloud - least) * (side / (most - least))
    position = corner + numpy.where(reflected, side - distance, distance)
    columns, rows = numpy.clip(position.astype(int), 0, size - 1).T
    return numpy.bincount(rows * size + columns, minlength=size * size).reshape(size, size)


@functools.cache
def system(label):
    random = seeded(label + 1)
    while True:
        wanted = 2 + random.below(7)
        maps = []
        while len(maps) < wanted:
            drawn = [2 * uniform(random) - 1 for _ in range(6)]
            if stretch(drawn) < 1 / 1.2:
                maps.append(drawn)
        cloud = points(random, maps, SEARCHED_SIZE)
        if (counts(cloud, SEARCHED_SIZE, 0, SEARCHED_SIZE, False) > 0).mean() >= 0.2:
            return maps


def image(label, number, size):
    random = seeded(label + 1 + (number << 32))
    coefficient = random.below(6)
    factor = 0.8 + (1.2 - 0.8) * uniform(random)
    side = size * (0.75 + 0.25 * uniform(random))
    corner = [(size - side) * uniform(random), (size - side) * uniform(random)]
    reflected = [random.bits(1) == 1, random.bits(1) == 1]
    maps = [[factor * value if i == coefficient else value for i, value in enumerate(each)] for each in system(label)]
    found = counts(points(random, maps, size), size, corner, side, reflected)
    white = 4 * found.sum() / (found > 0).sum()
    return (255 * numpy.sqrt(numpy.minimum(1, found / white))).astype(numpy.uint8)


def draw(file):
    columns = [numpy.concatenate([image(label, number, 64) for number in (1, 2)]) for label in range(12)]
    gray = numpy.concatenate(columns, axis=1)
    write_png(file, numpy.repeat(gray[..., None], 3, axis=2))


def compare(directory):
    same = total = 0
    with open(directory / "labels.csv", newline="", encoding="utf-8") as file:
        for row in csv.DictReader(file):
            exported = read_png(directory / row["path"])[..., 0]
            number = int(row["source"].rsplit("_", 1)[1])
            own = image(int(row["class"].removeprefix("fractal-")), number, exported.shape[0])
            same += numpy.array_equal(exported, own)
            total += 1
    print(f"{same} of {total} images are the same")
    return same < total


if __name__ == "__main__":
    if sys.argv[1] == "--picture":
        draw(pathlib.Path(sys.argv[2]))
    else:
        sys.exit(compare(pathlib.Path(sys.argv[1])))
