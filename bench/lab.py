"""A server of its own with a small data set, for the scripts of this directory that measure one.

BAGNETLAB names another command line than ./bagnetlab.
"""
import contextlib
import json
import os
import pathlib
import queue
import random
import re
import struct
import subprocess
import tempfile
import threading
import time
import urllib.request
import zlib

ROOT = pathlib.Path(__file__).resolve().parent.parent
COMMAND = os.environ.get("BAGNETLAB", str(ROOT / "bagnetlab"))
DATASET = "noise"
CLASSES = 2
IMAGES = {"train": 16, "test": 4}
SIDE = 64


def processor():
    for line in pathlib.Path("/proc/cpuinfo").read_text().splitlines():
        if line.startswith("model name"):
            return f"{os.cpu_count()} cores of {line.split(':')[1].strip()}"
    return f"{os.cpu_count()} cores"


def tiny(seed):
    """A training of three batches or so."""
    return {"kind": "train", "architecture": "bagnet9", "dataset": DATASET, "imageSize": SIDE, "width": 0.03,
            "epochs": 1, "seed": seed}


def write_png(path, pixels):
    rows = b"".join(b"\0" + pixels[i * SIDE:(i + 1) * SIDE] for i in range(SIDE))

    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", SIDE, SIDE, 8, 0, 0, 0, 0)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(rows))
                     + chunk(b"IEND", b""))


def write_images(directory):
    """Images of noise, whose brightness is their class."""
    noise = random.Random(1)
    for label in range(CLASSES):
        brightest = 256 * (label + 1) // CLASSES
        for part, count in IMAGES.items():
            for i in range(count):
                pixels = bytes(noise.randrange(brightest) for _ in range(SIDE * SIDE))
                write_png(directory / part / f"class-{label}" / f"image-{i}.png", pixels)


class Lab:
    """A running server."""

    def __init__(self, data, process, address):
        self.data, self.address, self.pid = data, address, process.pid

    def send(self, method, path, body=None):
        request = urllib.request.Request(
            f"{self.address}api/v1/{path}", method=method,
            data=None if body is None else json.dumps(body).encode(), headers={"Content-Type": "application/json"})
        with urllib.request.urlopen(request, timeout=60) as answer:
            return json.loads(answer.read() or "null")

    def get(self, path):
        return self.send("GET", path)

    def submit(self, seed):
        return self.send("POST", "jobs", tiny(seed))["id"]

    def events(self):
        """A queue of (seconds, kind, data) of the server's events from now on."""
        stream = urllib.request.urlopen(f"{self.address}api/v1/events", timeout=120)
        heard = queue.Queue()

        def read():
            kind = None
            with contextlib.suppress(OSError, ValueError, AttributeError):
                for line in stream:
                    line = line.decode().rstrip("\n")
                    if line.startswith("event:"):
                        kind = line[6:].strip()
                    elif line.startswith("data:"):
                        heard.put((time.monotonic(), kind, json.loads(line[5:])))

        threading.Thread(target=read, daemon=True).start()
        return heard

    def workers(self):
        """Process numbers of the server's children."""
        return [int(pid) for task in pathlib.Path(f"/proc/{self.pid}/task").iterdir()
                for pid in (task / "children").read_text().split()]

    def await_no_workers(self):
        """Returns once the server has no children, and fails if it keeps them."""
        for _ in until("workers stay"):
            if not self.workers():
                return


def until(what, seconds=120):
    """Yields now and then, until it is over; then what is the matter."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        yield
        time.sleep(.2)
    raise SystemExit(what)


def stop(process):
    """Stops a server. One that does not stop in a minute is killed, and is an error."""
    process.terminate()
    try:
        process.wait(60)
    finally:
        process.kill()
        process.wait()


@contextlib.contextmanager
def running(configuration="", java=""):
    """A server on a free port, in a directory that is removed afterwards.

    configuration is that of bagnetlab.yaml, java are further options of Java, for the server and its workers.
    """
    with tempfile.TemporaryDirectory(prefix="bagnetlab-bench-") as folder:
        folder = pathlib.Path(folder)
        images, data = folder / "images", folder / "data"
        write_images(images)
        data.mkdir()
        (data / "bagnetlab.yaml").write_text(configuration)
        environment = {**os.environ, "BAGNETLAB_DATA": str(data)}
        if java:
            environment["JAVA_TOOL_OPTIONS"] = java
        subprocess.run([COMMAND, "dataset", "import", DATASET, str(images)], check=True, env=environment,
                       stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        with open(folder / "errors.txt", "w") as errors:
            process = subprocess.Popen([COMMAND, "serve", "--port", "0", "--backend", "cpu"], env=environment,
                                       stdout=subprocess.PIPE, stderr=errors, text=True)
            try:
                for line in process.stdout:
                    found = re.search(r"Bagnet Lab is at (\S+)", line)
                    if found:
                        break
                else:
                    raise SystemExit((folder / "errors.txt").read_text())
                threading.Thread(target=process.stdout.read, daemon=True).start()
                yield Lab(data, process, found[1])
            finally:
                stop(process)


def ended(job):
    return job["state"] in ("SUCCEEDED", "FAILED", "CANCELLED")
