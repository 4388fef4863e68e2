"""How far a run of ours agrees with JMH's own default settings.

    python3 src/peers/jmh-defaults.py DIRECTORY RUN

DIRECTORY is what jmh-defaults.sh left; RUN a directory of results, which should hold the same cases and no others, so that
its time is that of these. Prints a table: score and speed-up of both, how far the speed-ups are apart, whether both put the
models into the same order, and the time that each took.

Exit codes: 0 done, 1 the two have no case in common, 2 wrong call.
"""

import csv
import datetime
import json
import pathlib
import sys


def jmh_cases(directory):
    """Score in ms by (workload's class, model), with the parameters it was measured at."""
    cases = {}
    for file in sorted(directory.glob("*.json")):
        for result in json.loads(file.read_text()):
            params = dict(result["params"])
            model = params.pop("model").lower().replace("_", "-")
            metric = result["primaryMetric"]
            cases[result["benchmark"], model] = (metric["score"], metric["scoreError"], params)
    return cases


def ours(run):
    """Our summary's rows by (benchmark, model); several of one model differ in their parameters."""
    cases = {}
    with open(run / "summary.csv", newline="", encoding="utf-8") as file:
        for row in csv.DictReader(file):
            params = dict(pair.split("=", 1) for pair in row["params"].split(";") if pair)
            cases.setdefault((row["benchmark"], row["model"]), []).append((params, row))
    return cases


def same(jmh_params, our_params):
    """Whether no parameter that both have differs; the parallelism of JMH's side is the natural one, as ours is."""
    both = (jmh_params.keys() & our_params.keys()) - {"parallelism"}
    return all(jmh_params[name] == our_params[name] for name in both)


def seconds_of(run):
    environment = json.loads((run / "environment.json").read_text())
    begun, ended = (
        datetime.datetime.fromisoformat(environment[name].replace("Z", "+00:00")) for name in ("startedAt", "endedAt")
    )
    return (ended - begun).total_seconds()


def main(words):
    if len(words) != 2:
        print(__doc__.strip(), file=sys.stderr)
        return 2
    directory, run = map(pathlib.Path, words)
    theirs, mine = jmh_cases(directory), ours(run)
    pairs = {}
    for (benchmark, model), (score, error, params) in theirs.items():
        for our_params, row in mine.get((benchmark, model), []):
            if same(params, our_params):
                pairs.setdefault(benchmark, {})[model] = (score, error, row)
                break
    if not pairs:
        print(f"jmh-defaults.py: no case of {directory} is in {run}", file=sys.stderr)
        return 1
    print("| case | JMH, ms | ours, ms | JMH speed-up | ours | apart |")
    print("|---|---|---|---|---|---|")
    for benchmark, models in pairs.items():
        reference = models.get("serial")
        for model, (score, error, row) in models.items():
            line = f"| {row['workload']} {model} | {score:.4g} ± {error:.2g} | {float(row['score']):.4g} |"
            if reference and row["speedup"]:
                speedup, our_speedup = reference[0] / score, float(row["speedup"])
                line += f" {speedup:.3f} | {our_speedup:.3f} | {our_speedup / speedup - 1:+.1%} |"
            else:
                line += " | | |"
            print(line)
    print()
    for benchmark, models in pairs.items():
        by_jmh = sorted(models, key=lambda model: models[model][0])
        by_us = sorted(models, key=lambda model: float(models[model][2]["score"]))
        print(f"{next(iter(models.values()))[2]['workload']}: fastest first, JMH: {', '.join(by_jmh)}; ours: {', '.join(by_us)}")
    took = sum(int(line.split("\t")[1]) for line in (directory / "seconds.tsv").read_text().splitlines())
    mine_took = seconds_of(run)
    print(f"JMH took {took} s, ours {mine_took:.0f} s: 1/{took / mine_took:.0f}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
