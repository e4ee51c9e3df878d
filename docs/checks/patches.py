"""Analyses of the patches that a BagNet sees, computed with PyTorch.

Each takes the figures of a job and the network that it is about, adds what PyTorch finds, and is
written from the analysis's description and paper. Each patch is cut out and recognised alone.
"""
import numpy

from lab import numbers

ROUNDING = 1e-4
SAME = 1e-4  # logits whose order rounding decides
EXACT = 1e-9

STRIDE = 8  # of a BagNet's own patches
CONTRAST = 57  # half of a mark's difference from the background, and eleven times the noise
BACKGROUND = 128


def localisation(figures, subject):
    """Marks are where pixels show them."""
    stride = figures.spec["stride"]
    middle = (subject.field - 1) // 2
    maps = subject.logit_maps(stride)
    within, pointing, chance = [], [], []
    for logits, label, pixels in zip(maps, subject.labels, subject.pixels, strict=True):
        marks = (abs(pixels.astype(int) - BACKGROUND) > CONTRAST).any(2)
        own = logits[label]
        rows, columns = own.shape
        marked = marks[middle::stride, middle::stride][:rows, :columns]
        evidence = own.clip(0)
        total = evidence.sum()
        within.append(evidence[marked].sum() / total if total else numpy.nan)
        pointing.append(marked.flat[own.argmax()])
        chance.append(marked.mean())
    measures = {
        "evidence within marks": numpy.array(within),
        "largest within a mark": numpy.array(pointing, dtype=float),
        "points within marks": numpy.array(chance),
    }
    outputs = ["evidence-within-marks", "pointing-game", "chance"]
    tolerances = [ROUNDING, EXACT, EXACT]
    for output, values, tolerance in zip(outputs, measures.values(), tolerances, strict=True):
        figures.add(output, {}, numpy.nanmean(values), tolerance)
    by_class = {}
    for label, name in enumerate(subject.classes):
        for measure, values in measures.items():
            known = values[(subject.labels == label) & ~numpy.isnan(values)]
            by_class[name, measure] = known.mean() if len(known) else 0
    figures.add_matrix("localisation-by-class", by_class, ROUNDING)


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
            sure = margin(evidence, label, covered)
            certified += sure > 0
            close += sure != 0 and abs(sure) < SAME
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
    shares = []
    for label, name in enumerate(subject.classes):
        order = numpy.argsort(-best[:, label], kind="stable")
        own = subject.labels[order] == label
        shares.append(own[:most].mean())
        figures.add("own-class-share-by-class", {"class": name}, shares[-1], EXACT)
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
    figures.wrong += [f"picture {picture}: not expected" for picture in pictures]


def sparseness(values):
    """Hoyer's, 2004."""
    root = numpy.sqrt(values.size)
    norms = abs(values).sum() / numpy.sqrt((values**2).sum())
    return (root - norms) / (root - 1)


def evidence(figures, subject):
    """Points are the centres of patches of up to 33 pixels, half a stride apart if they fit."""
    maps = subject.logit_maps(STRIDE)
    mean = numpy.mean([sparseness(each) for each in maps])
    figures.add("evidence-sparseness", {}, mean, ROUNDING)

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
