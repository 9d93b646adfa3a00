"""The JAX rows: one jitted step a call, or many steps in one `fori_loop`."""

import os
import sys
import time

import measure

parser = measure.arguments(__doc__, ["jit", "fori-loop"])
parser.add_argument("--device", choices=["cpu", "cuda"], default="cpu")
parser.add_argument("--tf32", action="store_true", help="leave matmul and convolution at JAX's default precision (GPU)")
options = parser.parse_args()
# XLA sizes its thread pool by the processors it may run on.
if options.device == "cpu" and hasattr(os, "sched_setaffinity"):
    allowed = sorted(os.sched_getaffinity(0))
    os.sched_setaffinity(0, allowed[: options.threads])
os.environ["JAX_PLATFORMS"] = options.device
# Rows share the GPU, so none may take all its memory at once.
os.environ["XLA_PYTHON_CLIENT_PREALLOCATE"] = "false"

import jax  # noqa: E402
import jax.numpy as jnp  # noqa: E402
import jaxlib  # noqa: E402
import numpy as np  # noqa: E402

import workloads  # noqa: E402
from jax_steps import build_step, initial_state  # noqa: E402

if options.device == "cuda" and not options.tf32:
    jax.config.update("jax_default_matmul_precision", "highest")

workload = workloads.load(options.workload, batch=options.batch, width=options.width)
step = build_step(workload)
jitted = jax.jit(step, donate_argnums=0)

state = None
pool = []
stacked = None
position = 0


def loop(state, stacked, start, steps):
    """`steps` steps in one call; the losses of the last one come out."""

    def body(index, carried):
        inputs = jax.tree.map(lambda pooled: pooled[(start + index) % measure.INPUT_POOL], stacked)
        return step(carried[0], inputs)

    _, shapes = jax.eval_shape(step, state, jax.tree.map(lambda pooled: pooled[0], stacked))
    nothing = jax.tree.map(lambda shape: jnp.zeros(shape.shape, shape.dtype), shapes)
    return jax.lax.fori_loop(0, steps, body, (state, nothing))


looped = jax.jit(loop, donate_argnums=0)


def prepare():
    global state, pool, stacked, position
    batches = [workloads.batch_of(workload, index) for index in range(measure.INPUT_POOL)]
    pool = [{name: jnp.asarray(values, jnp.float32) for name, values in batch.items()} for batch in batches]
    weights = {name: jnp.asarray(values, jnp.float32) for name, values in workloads.initial_weights(workload).items()}
    state = initial_state(workload, weights)
    # Buffers are donated, so no two slots may share one.
    state = jax.tree.map(jnp.copy, state)
    first = None
    losses = None
    if options.mode == "fori-loop":
        stacked = {name: jnp.stack([inputs[name] for inputs in pool]) for name in pool[0]}
        started = time.perf_counter()
        state, losses = jax.block_until_ready(looped(state, stacked, 0, np.int32(measure.CHECK_STEPS)))
        first = time.perf_counter() - started
        position = measure.CHECK_STEPS - 1
    else:
        for position in range(measure.CHECK_STEPS):
            started = time.perf_counter()
            state, losses = jax.block_until_ready(jitted(state, pool[position]))
            first = first or time.perf_counter() - started
    return {"losses": {name: float(value) for name, value in losses.items()}, "first_step_seconds": first}


def run_block(steps: int) -> None:
    global state, position
    losses = None
    if options.mode == "fori-loop":
        state, losses = looped(state, stacked, position + 1, np.int32(steps))
        position = (position + steps) % len(pool)
    else:
        for _ in range(steps):
            position = (position + 1) % len(pool)
            state, losses = jitted(state, pool[position])
    jax.block_until_ready((state, losses))


versions = {"python": sys.version.split()[0], "jax": jax.__version__, "jaxlib": jaxlib.__version__}
measure.serve(options, prepare=prepare, run_block=run_block, versions=versions)
