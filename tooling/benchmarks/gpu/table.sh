#!/usr/bin/env bash
# The table of one card, in under ten minutes: puts the parts of pack.mjs together beside itself and runs them. It needs bash, tar, and a Python
# with PyTorch and JAX; the rows whose library is missing are reported. Results lie in table/results, and in $OUT where there is one.
#
#   bash table.sh          on CUDA
#   bash table.sh --cpu    the same on the CPU, to rehearse
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
device=cuda
[ "${1:-}" = --cpu ] && device=cpu
python=${PYTHON:-python3}
minutes=${MINUTES:-9}
began=$SECONDS

if [ "$device" = cuda ] && [[ "$(nvidia-smi -L 2>/dev/null)" != *GPU* ]]; then
  echo "table.sh: no CUDA device here: nvidia-smi is missing or finds none. The same table on the CPU: bash table.sh --cpu" >&2
  exit 1
fi

if [ ! -x "$here/table/bin/node" ]; then
  # Python has lzma where the machine has no xz.
  if command -v xz >/dev/null; then cat "$here"/part-* | tar -C "$here" -xJf -
  else cat "$here"/part-* | "$python" -c 'import sys, tarfile; tarfile.open(fileobj=sys.stdin.buffer, mode="r|xz").extractall(sys.argv[1])' "$here"; fi
fi
echo "unpacked after $((SECONDS - began)) s"

if [ "$device" = cuda ]; then
  nvidia-smi --query-gpu=name,driver_version,memory.total --format=csv
  # ONNX Runtime's provider looks for CUDA 13 and cuDNN where PyTorch has brought them.
  libraries=$("$python" -c 'import os, nvidia
for root in nvidia.__path__:
    for folder, _, files in os.walk(root):
        if any(".so" in file for file in files): print(folder)' 2>/dev/null | paste -sd: || true)
  export LD_LIBRARY_PATH="$libraries:${LD_LIBRARY_PATH:-}"
  workloads=mlp,dcgan,resnet-critic batches=64,256
else
  workloads=mlp,dcgan batches=${BATCHES:-16}
fi

# Without TensorFlow.js, jax-js and other layouts, for which there is no time. Those of TF32 are left out on the CPU. What compiles longest comes last.
rows=dist-gan-onnx,dist-gan-onnx-tf32,dist-gan-tensorflow,dist-gan-tensorflow-tf32,torch-eager,torch-cuda-graph
rows=$rows,torch-eager-tf32,torch-cuda-graph-tf32,jax-jit,jax-jit-tf32,torch-compile,torch-compile-tf32

cd "$here/table"
bin/node run.mjs --bundled --device $device --python "$python" --name "one-card-$device" --row $rows --workload $workloads \
  --batch $batches --threads 2 --rounds 5 --seconds 0.5 --at-once $(($(nproc) / 4 > 1 ? $(nproc) / 4 : 1)) --compile-mode "$([ $device = cuda ] && echo reduce-overhead || echo default)" --minutes "$minutes"
echo "done after $((SECONDS - began)) s"
[ -z "${OUT:-}" ] || cp results/* "$OUT"/
