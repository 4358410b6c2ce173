#!/usr/bin/env bash
# Pins every package of the three sets anew. Needs `uv` (pip install uv).
set -euo pipefail
cd "$(dirname "$0")"

# Chroma and langchain list these for what we never do: a cluster, a model downloaded for embeddings, a command line, a reloading server.
unused=(
  kubernetes oauthlib requests-oauthlib websocket-client durationpy python-dateutil six tzdata aiohttp-retry
  onnxruntime flatbuffers sympy mpmath coloredlogs humanfriendly pyreadline3
  tokenizers huggingface-hub hf-xet filelock fsspec tqdm
  typer shellingham build pyproject-hooks tomli importlib-metadata zipp bcrypt pypika
  uvloop httptools watchfiles colorama httpx2-jsfetch
)
# Markers would be judged by the Python that downloads, not by the host's. What a host gets therefore has none: it is what the oldest Python needs,
# and newer ones take it too. The tests run on whatever Python there is, so their set keeps its markers.
oldest=(--python-version 3.10 --python-platform x86_64-manylinux_2_28)
any=(--python-version 3.10 --universal --fork-strategy fewest)

pin() {
  local set="$1"
  shift
  {
    echo "# Made by lock.sh from $set.in: every package with its version, to be installed with --no-deps."
    uv pip compile --no-header --no-annotate --quiet "$@" "${unused[@]/#/--no-emit-package=}" "$set.in"
  } >"$set.new"
  mv "$set.new" "$set.txt"
}

pin requirements "${oldest[@]}"
pin requirements-endpoint "${oldest[@]}"
pin requirements-test "${any[@]}"
