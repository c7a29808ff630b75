#!/usr/bin/env python3
"""The lake's questions asked of DataFusion and of DuckDB: the same SQL over the same Parquet, in one run.

    python3 benches/lake.py LAKE --tool target/release/haidang-visits --period 2026 [--passes 5] [--rounds 3] [--json OUT]

Needs the packages duckdb and pyarrow (PyPI). The tool answers with `haidang-visits ask`, which prints for each query its
rows and the time of every round; DuckDB reads the same files, named by the tool, with the same `placement`. Both get
the same number of threads, and both times end with the whole answer in memory as Arrow columns: taking DuckDB's rows
out one by one as Python objects would be charged to it. Both are asked by turns, a pass each, for machines change their
speed by the minute; the first round of a pass warms the page cache and is not counted. Times are medians over all passes,
and the ratio of each pass is told. The answers are compared row by row, and a difference ends the run with exit code 1.
"""

import argparse
import json
import statistics
import subprocess
import sys
import time
from pathlib import Path


def plan_of(arguments, folder):
    """What the tool says it will read: the files of every table, the placement, the queries, and its own times."""
    command = [arguments.tool, "ask", "--lake", arguments.lake, "--period", arguments.period,
               "--unit", arguments.unit, "--rounds", str(arguments.rounds), "--threads", str(arguments.threads),
               "--folder", str(folder)]
    if arguments.places:
        command += ["--places", arguments.places]
    return json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)


def duck(plan, arguments):
    import duckdb

    connection = duckdb.connect()
    connection.execute(f"SET threads = {arguments.threads}")
    for table, files in plan["files"].items():
        names = ", ".join("'" + name.replace("'", "''") + "'" for name in files)
        connection.execute(f"CREATE VIEW {table} AS SELECT * FROM read_parquet([{names}], hive_partitioning = false)")
    answers = {}
    for query in plan["queries"]:
        placement = query["placement"].replace("'", "''")
        connection.execute(f"CREATE OR REPLACE VIEW placement AS SELECT * FROM read_parquet('{placement}')")
        times, rows = [], []
        for _ in range(arguments.rounds + 1):
            begun = time.perf_counter()
            rows = connection.sql(query["sql"], params=[plan["first"], plan["last"]]).to_arrow_table()
            times.append((time.perf_counter() - begun) * 1000)
        rows = zip(*(column.to_pylist() for column in rows.columns))
        answers[query["name"]] = (times[1:], sorted([[str(cell) for cell in row] for row in rows]))
    return duckdb.__version__, answers


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("lake")
    parser.add_argument("--tool", required=True)
    parser.add_argument("--period", required=True)
    parser.add_argument("--unit", default="nation")
    parser.add_argument("--places")
    parser.add_argument("--passes", type=int, default=5)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--json")
    parser.add_argument("--folder", default=".")
    arguments = parser.parse_args()
    folder = Path(arguments.folder).resolve()
    times, ratios, differing, rows_of = {}, [], set(), {}
    for _ in range(arguments.passes):
        plan = plan_of(arguments, folder)
        version, answers = duck(plan, arguments)
        sums = [0.0, 0.0]
        for query in plan["queries"]:
            name, ours = query["name"], query["millis"][1:]
            theirs, rows = answers[name]
            if rows != sorted(query["rows"]):
                differing.add(name)
            rows_of[name] = len(rows)
            for at, taken in enumerate((ours, theirs)):
                times.setdefault(name, ([], []))[at].extend(taken)
                sums[at] += statistics.median(taken)
        ratios.append(sums[0] / sums[1])
    ours_sum = theirs_sum = 0.0
    table = []
    for name, taken in times.items():
        ours, other = map(statistics.median, taken)
        ours_sum, theirs_sum = ours_sum + ours, theirs_sum + other
        table.append({"query": name, "rows": rows_of[name], "datafusion_millis": ours, "duckdb_millis": other})
        print(f"{name:<10} {rows_of[name]:>9} rows  DataFusion {ours:>9.1f} ms  DuckDB {other:>9.1f} ms  {ours / other:.2f}x")
    print(f"sum: {ours_sum:.1f} ms against {theirs_sum:.1f} ms of DuckDB {version}: {ours_sum / theirs_sum:.2f}x")
    print("by pass: " + ", ".join(f"{ratio:.2f}" for ratio in ratios))
    if arguments.json:
        out = {"duckdb": version, "queries": table, "ratio": ours_sum / theirs_sum, "by_pass": ratios,
               "differing": sorted(differing)}
        Path(arguments.json).write_text(json.dumps(out, indent=1) + "\n")
    if differing:
        print("different answers:", ", ".join(sorted(differing)), file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
