"""How a peer is driven: it gets ready, then runs blocks of steps on request, so that peers can take turns.

On stdout, one JSON object a line:
  {"event": "ready", "losses": {...}, "prepare_seconds": ..., "first_step_seconds": ..., "versions": {...}}
  {"event": "block", "steps": n, "seconds": total}
  {"event": "end", "peak_memory_bytes": ...}
On stdin: `block <steps>` or `end`. Without a driver, `--blocks 5 --steps 20` runs that many and ends.
"""

import argparse
import json
import platform
import sys
import time

INPUT_POOL = 8
CHECK_STEPS = 3


def peak_memory_bytes() -> int:
    """The largest resident set this process ever had."""
    try:
        import resource
    except ImportError:  # Windows
        return 0
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak if platform.system() == "Darwin" else peak * 1024


def arguments(description: str, modes: list[str]) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=description)
    parser.add_argument("--workload", required=True)
    parser.add_argument("--mode", choices=modes, default=modes[0])
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--batch", type=int, help="replaces the workload's batch size")
    parser.add_argument("--width", type=int, help="replaces the workload's width")
    parser.add_argument("--blocks", type=int, help="run this many blocks without waiting for a driver")
    parser.add_argument("--steps", type=int, default=1, help="steps in each of --blocks")
    return parser


def emit(event: str, **fields) -> None:
    print(json.dumps({"event": event, **fields}), flush=True)


def serve(options, *, prepare, run_block, versions, memory=None) -> None:
    """prepare() -> {"losses": ..., "first_step_seconds": ...} leaves the peer warm; run_block(steps) waits
    for the last result and returns nothing."""
    started = time.perf_counter()
    ready = prepare()
    emit("ready", prepare_seconds=time.perf_counter() - started, versions=versions, **ready)
    if options.blocks is not None:
        requests = iter([f"block {options.steps}"] * options.blocks)
    else:
        requests = sys.stdin
    for request in requests:
        word, *rest = request.split()
        if word == "end":
            break
        steps = int(rest[0])
        started = time.perf_counter()
        run_block(steps)
        emit("block", steps=steps, seconds=time.perf_counter() - started)
    emit("end", peak_memory_bytes=peak_memory_bytes(), **(memory() if memory else {}))
