"""Results of a Bagnet Lab in Python.

    from bagnetlab import Lab
    lab = Lab("http://127.0.0.1:8080")
    lab.results(experiment="scramble", metric="accuracy")

Needs only the standard library. Tables are pandas' where pandas is installed, otherwise lists of dictionaries;
arrays are numpy's where numpy is installed, otherwise lists of lists.
"""

import ast
import json
import struct
import time
import urllib.error
import urllib.parse
import urllib.request

try:
    import pandas
except ImportError:
    pandas = None
try:
    import numpy
except ImportError:
    numpy = None



class _NoRedirects(urllib.request.HTTPRedirectHandler):
    """Following one would send the token elsewhere."""

    def redirect_request(self, *_):
        return None


_OPENER = urllib.request.build_opener(_NoRedirects)
_ROWS = 1000  # the most predictions that the server sends at once
_ENDED = ("SUCCEEDED", "FAILED", "CANCELLED", "PAUSED")


class LabError(Exception):
    """The server refused a request, or a job failed. The message says why."""


class Lab:
    """A running server.

    address: as in the browser
    token: for a server on a network; ./bagnetlab token add NAME makes one
    """

    def __init__(self, address="http://127.0.0.1:8080", token=None):
        self.address = address.rstrip("/")
        self.token = token

    def results(self, experiment=None, output=None, metric=None, set=None, dataset=None, run=None):
        """The numbers that jobs measured: a row for each, with the settings of its network as columns."""
        rows = self._pages("results", "results", experiment=experiment, output=output, metric=metric, set=set,
                           dataset=dataset, run=run)
        return _table([_flat(row) for row in rows])

    def runs(self, **filters):
        """The list of runs: dataset, network, sweep, tag, search and others as on the command line."""
        return _table([_listed(row) for row in self._pages("export/runs.json", "runs", **filters)])

    def run(self, number):
        """All that is known about a run, with its epochs under 'history'."""
        return self._get(f"runs/{number}")

    def predictions(self, run, **filters):
        """The predictions of a run for its test images, or for those that filters select, such as right=False."""
        return _table(list(self._pages(f"runs/{run}/predictions", "predictions", **filters)))

    def submit(self, kind, **settings):
        """Queues a job, for example submit("train", architecture="bagnet33", dataset="scene15"), and returns it."""
        return self._request("jobs", {"kind": kind, **settings})

    def job(self, number):
        """A job with its state and progress."""
        return self._get(f"jobs/{number}")

    def wait(self, job, seconds=None):
        """Waits until a job has ended, and returns it. Raises LabError if it failed, or after so many seconds."""
        number = job["id"] if isinstance(job, dict) else job
        deadline = None if seconds is None else time.monotonic() + seconds
        while True:
            now = self.job(number)
            if now["state"] == "SUCCEEDED":
                return now
            if now["state"] in _ENDED:
                raise LabError(f"Job {number} is {now['state']}: {now.get('reason', 'no reason given')}")
            if deadline is not None and time.monotonic() > deadline:
                raise LabError(f"Job {number} is still {now['state']} after {seconds} seconds.")
            time.sleep(0.5)

    def heatmap(self, run, image, seconds=600, **settings):
        """The heatmaps of an image, as arrays by class. Computes them if the server does not have them yet."""
        job = self.submit("heatmap", run=run, image=image, interactive=True, **settings)
        artifacts = self.run(self.wait(job, seconds)["id"])["artifacts"]
        labels = {each["name"]: each["facts"].get("label") for each in artifacts}
        return {labels.get(each["facts"]["picture"]): _array(self._bytes(f"artifacts/{each['id']}"))
                for each in artifacts if each["kind"] == "map"}

    def _pages(self, path, name, **filters):
        offset = 0
        while True:
            page = self._get(path, limit=_ROWS, offset=offset, **filters)
            yield from page[name]
            offset += len(page[name])
            if not page[name] or offset >= page.get("total", offset):
                return

    def _get(self, path, **parameters):
        given = {name: str(value).lower() if isinstance(value, bool) else value
                 for name, value in parameters.items() if value is not None}
        return json.loads(self._bytes(path + ("?" + urllib.parse.urlencode(given) if given else "")))

    def _bytes(self, path):
        return self._send(urllib.request.Request(self._url(path)))

    def _request(self, path, body):
        data = json.dumps(body).encode()
        return json.loads(self._send(urllib.request.Request(
            self._url(path), data, {"Content-Type": "application/json"})))

    def _url(self, path):
        return f"{self.address}/api/v1/{path}"

    def _send(self, request):
        if self.token:
            request.add_header("Authorization", f"Bearer {self.token}")
        try:
            with _OPENER.open(request) as response:
                return response.read()
        except urllib.error.HTTPError as refusal:
            raise LabError(_reason(refusal)) from None
        except urllib.error.URLError as failure:
            raise LabError(f"No server responds at {self.address}: {failure.reason}") from None


def _reason(refusal):
    try:
        problem = json.loads(refusal.read())
        details = [each["message"] for each in problem.get("errors", []) if "message" in each]
        return " ".join(details) or problem.get("detail") or problem["title"]
    except (ValueError, KeyError):
        return f"The server responded with status {refusal.code}."


def _flat(row):
    configuration = row.get("configuration", {})
    known = {name: configuration[name] for name in ("architecture", "regime", "seed", "imported") if name in configuration}
    numbers = {name: value for name, value in row.items() if name not in ("axes", "configuration")}
    return {**known, **configuration.get("settings", {}), **row.get("axes", {}), **numbers}


def _listed(row):
    accuracies = {name: row[name]["accuracy"] for name in ("validation", "test", "scrambled") if name in row}
    others = {name: value for name, value in row.items() if name not in ("parameters", "validation", "test", "scrambled")}
    return {**others, **row.get("parameters", {}), **accuracies}


def _table(rows):
    return rows if pandas is None else pandas.DataFrame(rows)


def _array(npy):
    """An array of 32-bit floats in the format of numpy.save."""
    if numpy is not None:
        import io
        return numpy.load(io.BytesIO(npy), allow_pickle=False)
    length = struct.unpack("<H", npy[8:10])[0]
    shape = ast.literal_eval(npy[10:10 + length].decode("latin-1"))["shape"]
    values = struct.unpack(f"<{(len(npy) - 10 - length) // 4}f", npy[10 + length:])
    for side in reversed(shape[1:]):
        values = [list(values[start:start + side]) for start in range(0, len(values), side)]
    return list(values)
