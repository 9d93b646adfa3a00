"""What the machine can do at most: a large float32 matrix product in NumPy and PyTorch, in GFLOP/s."""

import argparse
import json
import os
import time

parser = argparse.ArgumentParser(description=__doc__)
parser.add_argument("--threads", type=int, default=2)
parser.add_argument("--size", type=int, default=2048)
parser.add_argument("--repeats", type=int, default=10)
parser.add_argument("--device", choices=["cpu", "cuda"], default="cpu")
options = parser.parse_args()
for variable in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[variable] = str(options.threads)

import numpy as np  # noqa: E402
import torch  # noqa: E402

torch.set_num_threads(options.threads)


def report(engine: str, product, synchronize=lambda: None) -> None:
    product()
    seconds = []
    for _ in range(options.repeats):
        synchronize()
        started = time.perf_counter()
        product()
        synchronize()
        seconds.append(time.perf_counter() - started)
    print(json.dumps({"engine": engine, "gflops": 2 * options.size**3 / min(seconds) / 1e9}), flush=True)


rng = np.random.default_rng(0)
left, right = (rng.standard_normal((options.size, options.size), dtype=np.float32) for _ in range(2))
if options.device == "cpu":
    report("numpy", lambda: left @ right)
    report("torch", lambda a=torch.from_numpy(left), b=torch.from_numpy(right): a @ b)
else:
    a, b = torch.from_numpy(left).cuda(), torch.from_numpy(right).cuda()
    report("torch, float32", lambda: a @ b, torch.cuda.synchronize)
    torch.backends.cuda.matmul.allow_tf32 = True
    report("torch, TF32", lambda: a @ b, torch.cuda.synchronize)
