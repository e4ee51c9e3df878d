"""The images of controlled-15 and of its cue-conflict variant, from the page docs/controlled-15.md."""
import numpy

from java_random import JavaRandom

COLOURS = {
    "white": (242, 242, 242),
    "black": (13, 13, 13),
    "red": (242, 13, 13),
    "cyan": (13, 242, 242),
}
BACKGROUND = 128
SPACINGS = {"near": 11, "middle": 21, "far": 37, "only": 11}
MARKS = {"near": 3, "middle": 5, "far": 5, "only": 3}
CONFLICTING_MARKS = ["small-mixed", "large-mixed", "small-white", "small-black", "small-red"]


def tile(name):
    """The colours of a class: top left and right, bottom left and right."""
    _, *colours = name.split("-")
    if len(colours) == 1:
        return colours * 4
    right, below = colours
    (last,) = COLOURS.keys() - {"white", right, below}
    return ["white", right, below, last]


def image(path, name, size, marks=None):
    """[row, column, colour] of an image of a class, or with the lattice of a class and marks."""
    scale = name.split("-")[0]
    spacing, mark, colours = SPACINGS[scale], MARKS[scale], tile(name)
    if marks:
        mark = 5 if marks.startswith("large") else 3
        colours = colours if marks.endswith("mixed") else [marks.split("-")[1]] * 4
    code = 0
    for letter in path:
        code = (code * 31 + ord(letter)) % (1 << 32)
    signed = code - (1 << 32) if code >= 1 << 31 else code
    random = JavaRandom(signed * 11400714819323198485 % (1 << 64))
    down, right = random.below(2 * spacing), random.below(2 * spacing)
    pixels = numpy.full((size, size, 3), BACKGROUND)
    for row in range(size):
        y = row + down
        for column in range(size):
            x = column + right
            if y % spacing < mark and x % spacing < mark:
                pixels[row, column] = COLOURS[colours[y // spacing % 2 * 2 + x // spacing % 2]]
    noise = random.last_normals(pixels.size).reshape(pixels.shape)
    return numpy.floor(pixels + 5 * noise + 0.5).clip(0, 255).astype(numpy.uint8)


def conflicts(classes):
    """The pairs of a lattice's class and marks that no class has both of."""
    for lattice in classes:
        scale = lattice.split("-")[0]
        for marks in CONFLICTING_MARKS:
            if scale == "near" and marks == "large-mixed":
                yield lattice, marks
            if scale in ("middle", "far") and marks != "large-mixed":
                yield lattice, marks


def conflicting_images(classes, size):
    """Each pair of a lattice's class and marks, with the pixels of its 20 images."""
    for lattice, marks in conflicts(classes):
        paths = [f"test/{lattice}/{marks}_{number:04}" for number in range(1, 21)]
        yield (lattice, marks), [image(path, lattice, size, marks) for path in paths]
