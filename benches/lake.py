#!/usr/bin/env python3
"""The lake's questions asked of DataFusion and of DuckDB: the same SQL over the same Parquet, in one run.

    python3 benches/lake.py LAKE --tool target/release/haidang-visits --period 2026 [--rounds 5] [--json OUT]

Needs the packages duckdb and pyarrow (PyPI). The tool answers with `haidang-visits ask`, which prints for each query its
rows and the time of every round; DuckDB reads the same files, named by the tool, with the same `placement`. Both get
the same number of threads, and both times end with the whole answer in memory as Arrow columns: taking DuckDB's rows
out one by one as Python objects would be charged to it. The first round warms the page cache and is not counted. Times
are medians; the answers are compared row by row, and a difference ends the run with exit code 1.
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
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--json")
    parser.add_argument("--folder", default=".")
    arguments = parser.parse_args()
    folder = Path(arguments.folder).resolve()
    plan = plan_of(arguments, folder)
    version, answers = duck(plan, arguments)
    ours_sum = theirs_sum = 0.0
    differing, table = [], []
    for query in plan["queries"]:
        name = query["name"]
        theirs, rows = answers[name]
        if rows != sorted(query["rows"]):
            differing.append(name)
        ours = statistics.median(query["millis"][1:])
        other = statistics.median(theirs)
        ours_sum, theirs_sum = ours_sum + ours, theirs_sum + other
        table.append({"query": name, "rows": len(rows), "datafusion_millis": ours, "duckdb_millis": other})
        print(f"{name:<10} {len(rows):>9} rows  DataFusion {ours:>9.1f} ms  DuckDB {other:>9.1f} ms  {ours / other:.2f}x")
    print(f"sum: {ours_sum:.1f} ms against {theirs_sum:.1f} ms of DuckDB {version}: {ours_sum / theirs_sum:.2f}x")
    if arguments.json:
        out = {"duckdb": version, "queries": table, "ratio": ours_sum / theirs_sum, "differing": differing}
        Path(arguments.json).write_text(json.dumps(out, indent=1) + "\n")
    if differing:
        print("different answers:", ", ".join(differing), file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
