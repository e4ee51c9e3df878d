"""Uses the client of a server, whose address is the argument, as a notebook would."""
import sys

from bagnetlab import Lab, LabError

lab = Lab(sys.argv[1])
job = lab.submit("train", architecture="bagnet33", dataset="controlled-15", seed=3)
run = lab.wait(job, seconds=60)["id"]

# The same with pandas, if this machine has it, and without.
rows = lambda table: table if isinstance(table, list) else table.to_dict("records")

test = [row for row in rows(lab.results(experiment="train", metric="accuracy", set="test")) if row["run"] == run]
assert len(test) == 1, test
assert test[0]["architecture"] == "bagnet33" and test[0]["seed"] == 3 and test[0]["imageSize"] == 64, test
listed = [row for row in rows(lab.runs(network="bagnet33")) if row["id"] == run]
assert listed[0]["test"] == test[0]["value"], listed
assert lab.run(run)["history"][0]["epoch"] == 1
predictions = rows(lab.predictions(run))
assert predictions and {row["right"] for row in rows(lab.predictions(run, right=False))} <= {False}, predictions

for expected, request in (
    ("There is no architecture 'bagnet34'.", lambda: lab.submit("train", architecture="bagnet34", dataset="controlled-15")),
    ("There is no job 999.", lambda: lab.job(999)),
    ("No server responds", lambda: Lab("http://127.0.0.1:1").job(1)),
):
    try:
        request()
        raise SystemExit(f"not refused: {expected}")
    except LabError as refusal:
        assert expected in str(refusal), refusal
print("everything as expected")
