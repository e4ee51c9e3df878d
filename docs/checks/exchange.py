"""What checks exchange with Bagnet Lab: checkpoints and images."""
import csv
import json
import pathlib
import struct
import sys
import tempfile
import zlib

import numpy
import torch

from lab import bagnetlab

BATCH = 100


def read_safetensors(path):
    """The metadata and the tensors of a file of float32 tensors."""
    data = path.read_bytes()
    (length,) = struct.unpack("<Q", data[:8])
    header = json.loads(data[8 : 8 + length])
    metadata = header.pop("__metadata__", {})
    tensors = {}
    for name, entry in header.items():
        if entry["dtype"] != "F32":
            sys.exit(f"{name} is {entry['dtype']}, not F32")
        begin, end = (8 + length + offset for offset in entry["data_offsets"])
        values = numpy.frombuffer(data[begin:end], dtype="<f4").reshape(entry["shape"])
        tensors[name] = torch.from_numpy(values.copy())
    return metadata, tensors


def read_png(path):
    """[row, column, colour] bytes of an RGB file, or of a gray one, whose colours are equal."""
    data = path.read_bytes()
    offset = 8
    body = b""
    while offset < len(data):
        (length,) = struct.unpack(">I", data[offset : offset + 4])
        kind = data[offset + 4 : offset + 8]
        content = data[offset + 8 : offset + 8 + length]
        if kind == b"IHDR":
            width, height, depth, colours, _, _, interlaced = struct.unpack(">IIBBBBB", content)
        elif kind == b"IDAT":
            body += content
        offset += 12 + length
    if depth != 8 or colours not in (0, 2) or interlaced:
        sys.exit(f"{path} is not an RGB or gray file of 8 bits")
    channels = 3 if colours == 2 else 1
    lines = numpy.frombuffer(zlib.decompress(body), dtype=numpy.uint8).reshape(height, -1)
    rows = numpy.zeros((height, width * channels), dtype=numpy.uint8)
    above = bytes(width * channels)
    for row, line in zip(rows, lines):
        above = unfiltered(line[0], line[1:].tobytes(), above, channels)
        row[:] = numpy.frombuffer(above, dtype=numpy.uint8)
    return rows.reshape(height, width, channels).repeat(3 // channels, axis=2)


def unfiltered(kind, line, above, channels):
    """The bytes of a row of which a PNG file has the differences from its neighbours."""
    row = bytearray(line)
    for i in range(len(row)):
        left = row[i - channels] if i >= channels else 0
        corner = above[i - channels] if i >= channels else 0
        row[i] = (row[i] + guess(kind, left, above[i], corner)) & 255
    return bytes(row)


def guess(kind, left, up, corner):
    if kind == 4:
        # The neighbour that is nearest to left + up - corner, in this order where two are.
        return min((left, up, corner), key=lambda near: abs(left + up - corner - near))
    return [0, left, up, (left + up) // 2][kind]


def write_png(path, pixels):
    """Write [row, column, colour] bytes as an RGB file."""
    height, width, _ = pixels.shape

    def chunk(kind, body):
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    rows = b"".join(b"\0" + row.tobytes() for row in pixels)
    path.write_bytes(
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
        + chunk(b"IDAT", zlib.compress(rows))
        + chunk(b"IEND", b"")
    )


def normalised(pixels):
    """A batch of one image: [1, colour, row, column], in double precision."""
    mean = torch.tensor([0.485, 0.456, 0.406], dtype=torch.float64)
    deviation = torch.tensor([0.229, 0.224, 0.225], dtype=torch.float64)
    image = (torch.from_numpy(pixels).double() / 255 - mean) / deviation
    return image.permute(2, 0, 1)[None]


def exported_network(server, run, models):
    """A run's architecture and its network in double precision, from its exported weights."""
    with tempfile.TemporaryDirectory() as directory:
        weights = pathlib.Path(directory) / "weights.safetensors"
        bagnetlab("weights", "export", str(run), weights, "--server", server)
        metadata, tensors = read_safetensors(weights)
    architecture = metadata["architecture"]
    network = models.build(architecture, int(metadata["classes"]), float(metadata["width"]))
    network.load_state_dict(tensors, strict=True)
    return architecture, network.double().eval()


def exported_images(data, dataset, size, *options):
    """The rows of labels.csv of exported images, in its order, each with the image's pixels.

    options are those of `dataset export` that say which images these are.
    """
    with tempfile.TemporaryDirectory() as directory:
        folder = pathlib.Path(directory) / "images"
        command = ["dataset", "export", dataset, "--size", str(size), *options]
        bagnetlab(*command, "--data", data, "--to", folder)
        with open(folder / "labels.csv", newline="", encoding="utf-8") as labels:
            rows = list(csv.DictReader(labels))
        for row in rows:
            row["pixels"] = read_png(folder / row["path"])
    return rows


def test_images(data, spec):
    """The test images of a training, in the order of its split."""
    split = ["--split", "test", "--seed", str(spec["seed"])]
    return exported_images(data, spec["dataset"], spec["imageSize"], *split)


def logits(network, images):
    """[image, class] of [image, colour, row, column]."""
    with torch.no_grad():
        return torch.cat([network(batch) for batch in images.split(BATCH)]).numpy()
