#!/usr/bin/env python3
"""Load an exported network into PyTorch and compare its logits with `bagnetlab predict`.

    docs/checks/same-logits-in-pytorch.py --models DIR --weights FILE.safetensors [--size 64]

DIR holds PyTorch definitions of the networks: a module `models` whose `build(architecture, classes,
width)` gives a torch.nn.Module with the public checkpoints' names. They are not part of this
project. PyTorch and NumPy must be importable. The weights are loaded strictly: a name or shape that
differs ends the check. The image is random noise of the size asked for, so that nothing is resized;
PyTorch computes in double precision. Exit status 0 if no logit differs by more than 2e-4.
"""
import argparse
import json
import pathlib
import struct
import subprocess
import sys
import tempfile
import zlib

import numpy
import torch

TOLERANCE = 2e-4
LAUNCHER = pathlib.Path(__file__).resolve().parents[2] / "bagnetlab"


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
    mean = torch.tensor([0.485, 0.456, 0.406], dtype=torch.float64)
    deviation = torch.tensor([0.229, 0.224, 0.225], dtype=torch.float64)
    image = (torch.from_numpy(pixels).double() / 255 - mean) / deviation
    return image.permute(2, 0, 1)[None]


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--models", type=pathlib.Path, required=True)
    parser.add_argument("--weights", type=pathlib.Path, required=True)
    parser.add_argument("--size", type=int, default=64)
    arguments = parser.parse_args()
    sys.path.insert(0, str(arguments.models))
    import models

    metadata, tensors = read_safetensors(arguments.weights)
    architecture = metadata["architecture"]
    network = models.build(architecture, int(metadata["classes"]), float(metadata["width"]))
    network.load_state_dict(tensors, strict=True)
    pixels = numpy.random.default_rng(1).integers(
        0, 256, (arguments.size, arguments.size, 3), dtype=numpy.uint8
    )
    with torch.no_grad():
        theirs = network.double().eval()(normalised(pixels))[0]
    with tempfile.TemporaryDirectory() as directory:
        image = pathlib.Path(directory) / "noise.png"
        write_png(image, pixels)
        answer = subprocess.run(
            [LAUNCHER, "predict", "--arch", architecture, "--weights", arguments.weights]
            + ["--image", image, "--size", str(arguments.size), "--json"],
            stdout=subprocess.PIPE,
            check=True,
        )
    ours = torch.tensor(json.loads(answer.stdout)["logits"], dtype=torch.float64)
    difference = (ours - theirs).abs().max().item()
    print(f"{architecture}, width {metadata['width']}, {len(tensors)} tensors loaded strictly")
    print(f"logits from {theirs.min():.4f} to {theirs.max():.4f}, largest difference {difference:.2e}")
    sys.exit(0 if difference <= TOLERANCE else 1)


if __name__ == "__main__":
    main()
