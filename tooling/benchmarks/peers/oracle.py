"""Expected losses and weights of the workloads in float64, from two independent frameworks.

PyTorch and JAX each run three steps from the seeded weights and batches; they must agree to 1e-9
(relative to the largest entry) before anything is written. The convolutional workloads at full size, for
which JAX would take an hour, come from PyTorch alone; their small versions, the same code, from both. The
workloads that are presets come from PyTorch alone: what they are held against is written independently.
Without --output the JSON goes to stdout; with --workload, what the output holds of other workloads stays.
Use: python oracle.py [--workload mlp-tiny ...] [--steps 3] [--output oracle.json]
"""

import argparse
import json
import os
import sys
from pathlib import Path

parser = argparse.ArgumentParser(description=__doc__)
parser.add_argument("--workload", nargs="+", help="default: all")
parser.add_argument("--steps", type=int, default=3)
parser.add_argument("--output", type=Path)
options = parser.parse_args()
os.environ["JAX_PLATFORMS"] = "cpu"

import jax  # noqa: E402
import numpy as np  # noqa: E402
import torch  # noqa: E402

jax.config.update("jax_enable_x64", True)
torch.set_num_threads(1)

import workloads  # noqa: E402
from jax_steps import build_step, initial_state  # noqa: E402
from torch_networks import build_networks, images_to_torch, load_weights, read_weights  # noqa: E402
from torch_steps import EagerStep  # noqa: E402

TOLERANCE = 1e-9
TORCH_ALONE = ("dcgan", "resnet-critic")


def by_torch_alone(workload) -> bool:
    return workload.step == "preset" or workload.name in TORCH_ALONE


def by_torch(workload):
    weights = workloads.initial_weights(workload)
    networks = build_networks(workload).double()
    load_weights(networks, workload, weights)
    step = EagerStep(workload, networks)
    losses = []
    for index in range(options.steps):
        batch = workloads.batch_of(workload, index)
        inputs = {n: torch.from_numpy(images_to_torch(v, workload) if v.ndim == 4 else v) for n, v in batch.items()}
        losses.append({name: float(value) for name, value in step(inputs).items()})
    return losses, read_weights(networks, workload, [name for name in weights if is_comparable(workload, name)])


def is_comparable(workload, name: str) -> bool:
    # PyTorch's moving variance is of the unbiased estimate, TensorFlow.js's of the biased one.
    if name.endswith("/movingVariance"):
        return False
    # While every logit lies within the hinge's margins, real and generated samples pull a bias equally hard: its
    # gradient is rounding, of which Adam makes whole steps.
    hinge = workload.step == "preset" and workload.discriminatorLoss == "hinge"
    return not (hinge and name.startswith("discriminator/") and name.endswith("/bias"))


def by_jax(workload):
    step = jax.jit(build_step(workload))
    weights = {name: jax.numpy.asarray(values) for name, values in workloads.initial_weights(workload).items()}
    state = initial_state(workload, weights)
    losses = []
    for index in range(options.steps):
        state, result = step(state, workloads.batch_of(workload, index))
        losses.append({name: float(value) for name, value in result.items()})
    return losses, {name: np.asarray(values) for role in state["weights"].values() for name, values in role.items()}


def largest_difference(ours, others) -> float:
    return max(float(np.abs(ours[n] - others[n]).max() / max(1e-6, np.abs(ours[n]).max())) for n in ours)


def oracle(name: str) -> dict:
    workload = workloads.load(name)
    losses, weights = by_torch(workload)
    frameworks = ["torch"]
    if not by_torch_alone(workload):
        frameworks.append("jax")
        other_losses, other_weights = by_jax(workload)
        difference = max(
            largest_difference(weights, other_weights),
            *(largest_difference(a, b) for a, b in zip(losses, other_losses)),
        )
        print(f"{name}: PyTorch and JAX differ by {difference:.1e}", file=sys.stderr)
        if not difference <= TOLERANCE:
            sys.exit(f"oracle: PyTorch and JAX disagree on {name} by {difference:.1e}; nothing written")
    start = workloads.initial_weights(workload)
    return {
        "frameworks": frameworks,
        "losses": losses,
        # Sums over each weight tensor. `moved` is the sum of squares of the change, which is what training made.
        "weights": {
            key: {
                "sum": float(values.sum()),
                "sumOfSquares": float(np.square(values).sum()),
                "moved": float(np.square(values - start[key]).sum()),
            }
            for key, values in weights.items()
        },
    }


known = {}
if options.workload and options.output and options.output.exists():
    known = json.loads(options.output.read_text())["workloads"]
document = {
    "precision": "float64",
    "steps": options.steps,
    "versions": {"torch": torch.__version__, "jax": jax.__version__, "numpy": np.__version__},
    "workloads": known | {name: oracle(name) for name in options.workload or workloads.names()},
}
text = json.dumps(document, indent=2)
if options.output:
    options.output.write_text(text + "\n")
else:
    print(text)
