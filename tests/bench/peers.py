"""Times SciPy, statsmodels, ruptures and, where it is installed, base R on the bench's series.

`cargo xtask bench --native-peers` runs it: DOSELINE_BENCH names what is measured; the results go to
standard output as JSON, one row for each series, in milliseconds a call.
"""

import json
import os
import shutil
import statistics
import subprocess
import time

import numpy as np
import ruptures
import scipy
import scipy.stats
import statsmodels
from statsmodels.nonparametric.smoothers_lowess import lowess

# Above this SciPy would need 30 GB for all slopes.
LONGEST_FOR_ALL_SLOPES = 3650

R = """
series <- read.csv(file("stdin"))
n <- nrow(series)
calls <- if (n > 10000) 5 else 200
run <- function() system.time(for (i in 1:calls)
  lowess(series$t, series$y, f = 0.1, iter = 3, delta = 0.01 * (n - 1)))[["elapsed"]]
cat(median(replicate(9, run())) / calls * 1000)
"""


def timed(call):
    """The median milliseconds of a call, after one to warm up."""

    def run(times):
        begun = time.perf_counter()
        for _ in range(times):
            call()
        return (time.perf_counter() - begun) * 1e3 / times

    first = run(1)
    times = max(1, min(10_000, int(4 / first) + 1))
    runs = max(3, min(9, int(2_000 / first)))
    return statistics.median(run(times) for _ in range(runs))


def base_r(t, y):
    rscript = shutil.which("Rscript")
    if rscript is None:
        return {}
    table = "t,y\n" + "\n".join(f"{a!r},{b!r}" for a, b in zip(t.tolist(), y.tolist()))
    done = subprocess.run([rscript, "-e", R], input=table, capture_output=True, text=True, check=True)
    return {"R lowess": float(done.stdout)}


def row(file):
    with open(file, encoding="utf-8") as text:
        series = json.load(text)
    t, y, steps = (np.array(series[name], dtype=float) for name in ("t", "y", "steps"))
    settings = {"frac": series["span"], "it": series["passes"], "delta": series["delta"]}
    peers = {
        "kendall": {f"SciPy {scipy.__version__}": timed(lambda: scipy.stats.kendalltau(t, y))},
        "smooth": {
            f"statsmodels {statsmodels.__version__}": timed(
                lambda: lowess(y, t, is_sorted=True, return_sorted=False, **settings)
            ),
            **base_r(t, y),
        },
        "steps": {
            f"ruptures {ruptures.version.version}": timed(
                lambda: ruptures.KernelCPD(kernel="linear", min_size=1).fit(steps).predict(pen=series["penalty"])
            )
        },
    }
    if len(t) <= LONGEST_FOR_ALL_SLOPES:
        peers["slope"] = {f"SciPy {scipy.__version__}": timed(lambda: scipy.stats.theilslopes(y, t))}
    return {"n": len(t), "peers": peers}


if __name__ == "__main__":
    with open(os.environ["DOSELINE_BENCH"], encoding="utf-8") as text:
        print(json.dumps([row(file) for file in json.load(text)["series"]]))
