"""What checks exchange with Bagnet Lab: checkpoints and images."""
import json
import pathlib
import struct
import sys
import zlib

import numpy
import torch

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
    """A batch of one image: [1, colour, row, column], in double precision."""
    mean = torch.tensor([0.485, 0.456, 0.406], dtype=torch.float64)
    deviation = torch.tensor([0.229, 0.224, 0.225], dtype=torch.float64)
    image = (torch.from_numpy(pixels).double() / 255 - mean) / deviation
    return image.permute(2, 0, 1)[None]
