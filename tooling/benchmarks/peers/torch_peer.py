"""The PyTorch rows: eager, torch.compile and, on a GPU, eager steps captured as one CUDA graph."""

import os
import sys
import time

import measure

parser = measure.arguments(__doc__, ["eager", "compile", "cuda-graph"])
parser.add_argument("--device", choices=["cpu", "cuda"], default="cpu")
parser.add_argument("--layout", choices=["nchw", "nhwc"], help="memory layout of images; default: the faster one")
parser.add_argument("--tf32", action="store_true", help="allow TF32 in matmul and convolution (GPU)")
parser.add_argument("--compile-mode", help="torch.compile's mode; default: max-autotune on a GPU")
options = parser.parse_args()
# Before the import: OpenMP reads it once.
os.environ["OMP_NUM_THREADS"] = str(options.threads)

import torch  # noqa: E402

import workloads  # noqa: E402
from torch_networks import build_networks, images_to_torch, load_weights  # noqa: E402
from torch_steps import EagerStep, FunctionalStep  # noqa: E402

if options.device == "cuda" and not torch.cuda.is_available():
    sys.exit("torch_peer: --device cuda, but this PyTorch sees no CUDA device")
if options.mode == "cuda-graph" and options.device != "cuda":
    sys.exit("torch_peer: --mode cuda-graph needs --device cuda")

torch.set_num_threads(options.threads)
torch.backends.cuda.matmul.allow_tf32 = options.tf32
torch.backends.cudnn.allow_tf32 = options.tf32
torch.backends.cudnn.benchmark = True

workload = workloads.load(options.workload, batch=options.batch, width=options.width)
device = torch.device(options.device)
layout = options.layout or "nchw"
memory_format = torch.channels_last if layout == "nhwc" else torch.contiguous_format


def tensors_of(batch):
    converted = {}
    for name, values in batch.items():
        image = values.ndim == 4
        tensor = torch.from_numpy(images_to_torch(values, workload) if image else values).float().to(device)
        converted[name] = tensor.contiguous(memory_format=memory_format) if image else tensor
    return converted


def synchronize():
    if device.type == "cuda":
        torch.cuda.synchronize()


def build():
    networks = build_networks(workload)
    load_weights(networks, workload, workloads.initial_weights(workload))
    networks = networks.to(device)
    if workload.step != "mlp":
        networks = networks.to(memory_format=memory_format)
    return EagerStep(workload, networks) if options.mode != "compile" else FunctionalStep(workload, networks)


def compiled(step):
    # Weights and slots stay where they are, which lets CUDA graphs update them in place.
    for tensor in step.state():
        torch._dynamo.mark_static_address(tensor)
    if device.type == "cuda":
        return torch.compile(step, fullgraph=True, mode=options.compile_mode or "max-autotune")
    return torch.compile(step, fullgraph=True, mode=options.compile_mode, dynamic=False)


class CudaGraphStep:
    """Inputs are copied into fixed tensors and the recorded kernels are replayed."""

    def __init__(self, step, inputs):
        self.inputs = {name: tensor.clone() for name, tensor in inputs.items()}
        self.graph = torch.cuda.CUDAGraph()
        with torch.cuda.graph(self.graph):
            self.losses = step(self.inputs)

    def __call__(self, inputs):
        for name, tensor in inputs.items():
            self.inputs[name].copy_(tensor)
        self.graph.replay()
        return self.losses


run = None
pool = []
position = 0


def prepare():
    global run, pool, position
    pool = [tensors_of(workloads.batch_of(workload, step)) for step in range(measure.INPUT_POOL)]
    step = build()
    run = compiled(step) if options.mode == "compile" else step
    losses = None
    first = None
    for position in range(measure.CHECK_STEPS):
        started = time.perf_counter()
        losses = {name: float(value) for name, value in run(pool[position]).items()}
        first = first or time.perf_counter() - started
    if options.mode == "cuda-graph":
        # Adam's step counter must live on the device, and capture wants a warm side stream.
        for optimizer in step.optimizers.values():
            for group in optimizer.param_groups:
                group["capturable"] = True
        stream = torch.cuda.Stream()
        stream.wait_stream(torch.cuda.current_stream())
        with torch.cuda.stream(stream):
            for _ in range(3):
                step(pool[0])
        torch.cuda.current_stream().wait_stream(stream)
        run = CudaGraphStep(step, pool[0])
    synchronize()
    return {"losses": losses, "first_step_seconds": first, "layout": layout}


def run_block(steps: int) -> None:
    global position
    for _ in range(steps):
        position = (position + 1) % len(pool)
        run(pool[position])
    synchronize()


def device_memory():
    return {"peak_device_memory_bytes": torch.cuda.max_memory_reserved()} if device.type == "cuda" else {}


versions = {"python": sys.version.split()[0], "torch": torch.__version__}
if device.type == "cuda":
    versions["device"] = torch.cuda.get_device_name()
measure.serve(options, prepare=prepare, run_block=run_block, versions=versions, memory=device_memory)
