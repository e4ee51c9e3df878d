"""Analyses of the patches that a BagNet sees, computed with PyTorch.

Each takes the figures of a job and the network that it is about, adds what PyTorch finds, and is
written from the analysis's description and paper. Each patch is cut out and recognised alone.
"""
import numpy

from lab import numbers

ROUNDING = 1e-4
SAME = 1e-4  # logits whose order rounding decides
EXACT = 1e-9
ROUNDED = 2e-4  # of the largest logit of an image, or of 1: certificates allow for it
CLOSE = 1e-3  # margins for which the rounding of an image's largest logit decides

STRIDE = 8  # of a BagNet's own patches
CONTRAST = 57  # half of a mark's difference from the background, and eleven times the noise
BACKGROUND = 128


def runs(marked):
    """How many runs of marked rows, or columns, there are."""
    return int(marked[0]) + int((marked[1:] & ~marked[:-1]).sum())


def informative(pixels, name, side, stride):
    """[row, column] of patches: those that hold two marks, or any of an only- class.

    Marks, or parts of them, are where pixels show them, in rows and columns.
    """
    marks = (abs(pixels.astype(int) - BACKGROUND) > CONTRAST).any(2)
    starts = range(0, len(pixels) - side + 1, stride)
    cut = [[marks[row : row + side, column : column + side] for column in starts] for row in starts]
    number = numpy.array([[runs(each.any(0)) * runs(each.any(1)) for each in row] for row in cut])
    return number >= (1 if name.startswith("only-") else 2)


def localisation(figures, subject):
    """Nothing is measured of images in which all patches are informative, or none is."""
    stride = figures.spec["stride"]
    maps = subject.logit_maps(stride)
    evidence, largest, chance = [], [], []
    for logits, label, pixels in zip(maps, subject.labels, subject.pixels, strict=True):
        telling = informative(pixels, subject.classes[label], subject.field, stride)
        own = logits[label]
        positive = own.clip(0)
        measured = 0 < telling.mean() < 1
        total = positive.sum() if measured else 0
        evidence.append(positive[telling].sum() / total if total else numpy.nan)
        largest.append(telling.flat[own.argmax()] if measured else numpy.nan)
        chance.append(telling.mean())
    largest, chance = numpy.array(largest, dtype=float), numpy.array(chance)
    measured = ~numpy.isnan(largest)
    for output, values, of_all, tolerance in (
        ("informative-evidence", numpy.array(evidence), measured, ROUNDING),
        ("largest-informative", largest, measured, EXACT),
        ("informative-patches", chance, measured, EXACT),
    ):
        figures.add(output, {}, mean(values[of_all]), tolerance)
        for label, name in enumerate(subject.classes):
            of_class = mean(values[subject.labels == label])
            figures.add(f"{output}-by-class", {"class": name}, of_class, tolerance)


def mean(values):
    """Of those that are defined; NaN if there are none."""
    defined = values[~numpy.isnan(values)]
    return defined.mean() if len(defined) else numpy.nan


def windows(side, across):
    """[window, cell]: which cells each square window of a map covers."""
    side = min(side, across)
    found = []
    for row in range(across - side + 1):
        for column in range(across - side + 1):
            covered = numpy.zeros((across, across), dtype=bool)
            covered[row : row + side, column : column + side] = True
            found.append(covered.ravel())
    return numpy.array(found)


def margin(evidence, label, covered):
    """What the class has, in the worst case, over each other one; positive: it is certain.

    An adversary changes the cells of a window. He can leave the class no more than what is outside
    of this and of a second window, which masking takes; another class keeps at most what it has
    outside of his.
    """
    outside = ~covered
    others = (numpy.delete(evidence, label, axis=0) @ outside.T).max(0)
    both = outside[:, None] & outside[None]
    own = (both * evidence[label]).sum(2).min(1)
    return (own - others).min()


def patch_robustness(figures, subject):
    maps = subject.logit_maps(STRIDE)
    classes, across = maps.shape[1], maps.shape[2]
    means = maps.mean((2, 3))
    images = len(maps)
    ascending = numpy.sort(means, axis=1)
    ties = (ascending[:, -1] - ascending[:, -2] < SAME).mean()
    recognised = (means.argmax(1) == subject.labels).mean()
    figures.add("undefended-accuracy", {}, recognised, EXACT + ties)
    for square in numbers(figures.spec["patchSides"]):
        window = -(-(square + subject.field - 1) // STRIDE)
        covered = windows(window, across)
        defended, certified, near, close = 0, 0, 0, 0
        for logits, label in zip(maps, subject.labels, strict=True):
            evidence = logits.reshape(classes, -1).clip(0)
            left = evidence.sum(1) - (evidence @ covered.T).max(1)
            left[left < EXACT] = 0  # what the difference of equal sums leaves
            defended += left.argmax() == label
            first, second = numpy.sort(left)[[-1, -2]]
            near += 0 < first and first - second < SAME
            # Logits may be rounded otherwise where other pixels have changed.
            rounding = ROUNDED * max(1, abs(logits).max())
            sure = margin(evidence, label, covered) - 2 * across**2 * rounding
            certified += sure > 0
            close += abs(sure) < CLOSE
        axes = {"patchSide": square}
        figures.add("defended-accuracy", axes, defended / images, EXACT + near / images)
        figures.add("certified-accuracy", axes, certified / images, EXACT + close / images)
        figures.add("masked-share", axes, covered[0].mean(), EXACT)


def predictive_patches(figures, subject):
    """Pictures tell places and logits; rounding may exchange patches of nearly equal logits."""
    most, stride = figures.spec["patches"], figures.spec["stride"]
    maps = subject.logit_maps(stride)
    flat = maps.reshape(*maps.shape[:2], -1)
    best, places = flat.max(2), flat.argmax(2)
    pictures = {
        (facts["label"], facts["from"], int(facts["rank"])): facts
        for facts in (file["facts"] for file in figures.files("picture", "predictive-patches"))
    }
    shares, chances = [], []
    for label, name in enumerate(subject.classes):
        order = numpy.argsort(-best[:, label], kind="stable")
        own = subject.labels[order] == label
        shares.append(own[:most].mean())
        chances.append(own.mean())
        figures.add("own-class-share-by-class", {"class": name}, shares[-1], EXACT)
        figures.add("own-class-chance-by-class", {"class": name}, chances[-1], EXACT)
        for origin, images in (("own", order[own]), ("others", order[~own])):
            for rank, image in enumerate(images[:most], 1):
                facts = pictures.pop((name, origin, rank))
                logit = best[image, label]
                what = f"patch {rank} of {name} from {origin}"
                tolerance = ROUNDING * max(1, abs(logit))
                figures.compare(f"logit of {what}", float(facts["logit"]), logit, tolerance)
                row, column = divmod(places[image, label], maps.shape[3])
                place = (subject.paths[image], row * stride, column * stride, subject.field)
                found = (facts["image"], *(int(facts[at]) for at in ("top", "left", "side")))
                figures.compare(f"{what}, {found}, in PyTorch {place}", found != place, False, 0)
    figures.add("own-class-share", {}, numpy.mean(shares), EXACT)
    figures.add("own-class-chance", {}, numpy.mean(chances), EXACT)
    figures.wrong += [f"picture {picture}: not expected" for picture in pictures]


def sparseness(values):
    """Hoyer's, 2004."""
    root = numpy.sqrt(values.size)
    norms = abs(values).sum() / numpy.sqrt((values**2).sum())
    return (root - norms) / (root - 1)


def evidence(figures, subject):
    """Points are the centres of patches of up to 33 pixels, half a stride apart if they fit."""
    maps = subject.logit_maps(STRIDE)
    sparse = numpy.mean([sparseness(each) for each in maps])
    figures.add("evidence-sparseness", {}, sparse, ROUNDING)

    kept = figures.content("evidence")
    first, distance, side = 16, kept["distance"], kept["side"]
    start = first - (subject.field - 1) // 2
    length = (side - 1) * distance + subject.field
    cropped = subject.images[:, :, start : start + length, start : start + length]
    finer = subject.patch_logits(cropped, distance)
    own = finer[numpy.arange(len(finer)), subject.labels]
    if kept["images"] != subject.paths or kept["first"] != first or own.shape[1] != side:
        figures.wrong.append("evidence is kept of other images or points")
        return
    for path, ours, theirs in zip(subject.paths, kept["maps"], own, strict=True):
        off = abs(numpy.array(ours) - theirs.ravel()).max()
        figures.compare(f"evidence of {path}", off, 0, ROUNDING * max(1, abs(own).max()))
    by_height = {}
    for label, name in enumerate(subject.classes):
        for row, value in enumerate(own[subject.labels == label].mean((0, 2)), 1):
            by_height[name, str(row)] = value
    figures.add_matrix("evidence-by-height", by_height, ROUNDING * max(1, abs(own).max()))
