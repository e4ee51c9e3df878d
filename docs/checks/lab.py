"""How checks ask a lab: by its command line and by its server."""
import json
import math
import pathlib
import subprocess
import urllib.request

LAUNCHER = pathlib.Path(__file__).resolve().parents[2] / "bagnetlab"


def bagnetlab(*arguments):
    """Run a command and give what it prints."""
    return subprocess.run([LAUNCHER, *arguments], stdout=subprocess.PIPE, check=True).stdout


def read(server, path):
    with urllib.request.urlopen(server + path) as answer:
        return answer.read()


def view(server, path):
    """What the HTTP interface answers at a path below its version."""
    return json.loads(read(server, "/api/v1" + path))


def artifact(server, run, kind):
    """The only file of a kind that a run, as the HTTP interface describes it, has written."""
    (url,) = [file["url"] for file in run["artifacts"] if file["kind"] == kind]
    return read(server, url)


def numbers(text):
    """The whole numbers of a parameter such as 4, 8, 16."""
    return [int(number) for number in text.split(",")]


class Figures:
    """What a job has found, each figure beside that of another program.

    off has the differences of figures, and drawn those of figures that depend on random numbers, in
    standard errors. wrong says which are larger than they may be.
    """

    MOST_ERRORS = 5

    def __init__(self, server, number):
        job = view(server, f"/runs/{number}")
        self.server = server
        self.spec = job["spec"]
        self.artifacts = job["artifacts"]
        rows = view(server, f"/runs/{number}/results")["results"]
        self.rows = {place(row["output"], row["axes"]): row["value"] for row in rows}
        self.off = []
        self.drawn = []
        self.wrong = []

    def files(self, kind, output=None):
        """The job's artifacts of a kind, and of an output."""
        some = [file for file in self.artifacts if file["kind"] == kind]
        return [file for file in some if output in (None, file.get("output"))]

    def content(self, kind, output=None):
        """Of the only such file, which is JSON."""
        (file,) = self.files(kind, output)
        return json.loads(read(self.server, file["url"]))

    def add(self, output, axes, theirs, tolerance, error=0):
        """Compare a row of the job's results. NaN stands for one that is not there."""
        ours = self.rows.pop(place(output, axes), math.nan)
        if not (math.isnan(ours) and math.isnan(theirs)):
            self.compare(f"{output} {axes}", ours, theirs, tolerance, error)

    def add_matrix(self, output, theirs, tolerance):
        """Compare a matrix: theirs has its numbers by the names of row and column."""
        matrix = self.content("matrix", output)
        places = [(row, column) for row in matrix["rows"] for column in matrix["columns"]]
        values = [value for row in matrix["values"] for value in row]
        for (row, column), ours in zip(places, values, strict=True):
            self.compare(f"{output} {row}, {column}", ours, theirs[row, column], tolerance)

    def compare(self, what, ours, theirs, tolerance, error=0):
        """Compare a figure, whose standard error is that of a random choice."""
        difference = abs(ours - theirs)
        if error > tolerance / self.MOST_ERRORS:
            self.drawn.append(difference / error)
        else:
            self.off.append(difference)
        tolerance += self.MOST_ERRORS * error
        if not difference <= tolerance:
            self.wrong.append(f"{what}: {ours}, but expected {theirs}, up to {tolerance:.1e} off")

    def close(self):
        """Report rows that nothing was compared with."""
        self.wrong += [f"{output} {dict(axes)}: not expected" for output, axes in self.rows]


def place(output, axes):
    return output, frozenset(axes.items())
