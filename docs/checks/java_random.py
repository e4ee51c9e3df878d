"""The random numbers of java.util.Random."""
import functools

import numpy

FACTOR = 0x5DEECE66D
SUMMAND = 0xB
BITS = 48


class JavaRandom:
    """A stream of numbers from a seed."""

    def __init__(self, seed):
        self.state = (seed ^ FACTOR) % (1 << BITS)

    def bits(self, count):
        self.state = (self.state * FACTOR + SUMMAND) % (1 << BITS)
        return self.state >> (BITS - count)

    def below(self, bound):
        if bound & (bound - 1) == 0:
            return bound * self.bits(31) >> 31
        while True:
            drawn = self.bits(31)
            if drawn - drawn % bound + bound - 1 < 1 << 31:
                return drawn % bound

    def last_normals(self, count):
        """So many normal numbers, after which the stream is not to be used."""
        # Each try takes two uniform numbers of two draws. Nearly a fifth more tries than on average
        # are made, and the numbers would not be enough once in more than a million streams.
        tries = int(count / 2 * 4 / numpy.pi * 1.15) + 100
        factors, summands = jumps(4 * tries)
        states = (factors * numpy.uint64(self.state) + summands) % numpy.uint64(1 << BITS)
        high = (states[0::2] >> numpy.uint64(BITS - 26)).astype(float)
        low = (states[1::2] >> numpy.uint64(BITS - 27)).astype(float)
        points = 2 * ((high * (1 << 27) + low) / (1 << 53)).reshape(-1, 2) - 1
        squares = (points**2).sum(1)
        inside = (squares < 1) & (squares != 0)
        scale = numpy.sqrt(-2 * numpy.log(squares[inside]) / squares[inside])
        normals = (points[inside] * scale[:, None]).ravel()
        if len(normals) < count:
            raise ValueError(f"{len(normals)} of {count} normal numbers")
        return normals[:count]


@functools.cache
def jumps(count):
    """Factors and summands that give the next states from the present one, modulo 2^64."""
    factors, summands = [], []
    factor, summand = 1, 0
    for _ in range(count):
        factor = factor * FACTOR % (1 << BITS)
        summand = (summand * FACTOR + SUMMAND) % (1 << BITS)
        factors.append(factor)
        summands.append(summand)
    return numpy.array(factors, dtype=numpy.uint64), numpy.array(summands, dtype=numpy.uint64)
