"""How checks ask a lab: by its command line and by its server."""
import json
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
