# The program dist-gan with the queue, for clusters: docker build --tag dist-gan .
# Steps run on processors. It has no CUDA: a graphics card needs a base image of its maker (docs/backends.md).
# The digest is that of the index for amd64 and arm64; a new one goes with a new version.
ARG NODE=docker.io/library/node:24.21.0-bookworm-slim@sha256:0e0ff40c39bc087845bfb27465a0df4ea419520094bc35842ff83dd8cbe6f9b6

FROM ${NODE} AS build
WORKDIR /source
RUN npm install --global pnpm@10.34.9
# Packages first: they change less often than our own files.
COPY pnpm-lock.yaml pnpm-workspace.yaml package.json ./
ENV ONNXRUNTIME_NODE_INSTALL=skip CI=true
RUN pnpm fetch
COPY . .
RUN pnpm install --frozen-lockfile --offline && pnpm build
# As a user installs it: what is published, and what that needs.
RUN mkdir /packed && pnpm --recursive --filter './packages/*' exec pnpm pack --pack-destination /packed

FROM ${NODE} AS install
ENV ONNXRUNTIME_NODE_INSTALL=skip
WORKDIR /opt/dist-gan
COPY --from=build /packed /packed
RUN npm install --omit=dev --no-audit --no-fund /packed/*.tgz && npm cache clean --force

FROM ${NODE}
LABEL org.opencontainers.image.title="dist-gan" \
      org.opencontainers.image.description="Train GANs that do not collapse, and measure them honestly." \
      org.opencontainers.image.licenses="Apache-2.0"
COPY --from=install /opt/dist-gan /opt/dist-gan
ENV NODE_ENV=production PATH=/opt/dist-gan/node_modules/.bin:$PATH
# Runs and sweeps are written where a volume is mounted; the user is node of the base image.
WORKDIR /work
RUN chown node:node /work
USER 1000:1000
ENTRYPOINT ["dist-gan"]
CMD ["--help"]
