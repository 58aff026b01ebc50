# failscope itself: built with a Swift toolchain, run on plain Debian.
FROM swift:6.2-bookworm AS build
RUN apt-get update \
    && apt-get install -y --no-install-recommends pkg-config libpcre2-dev zlib1g-dev libzstd-dev libpq-dev \
    && rm -rf /var/lib/apt/lists/*
WORKDIR /source
COPY Package.swift ./
COPY Sources Sources
COPY Tests Tests
COPY parsers parsers
COPY scripts scripts
RUN scripts/build-release

FROM debian:bookworm-20241223-slim AS program
RUN apt-get update \
    && apt-get install -y --no-install-recommends libpcre2-8-0 zlib1g libzstd1 libpq5 \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --system failscope
COPY --from=build /source/.build/release/failscope /usr/local/bin/failscope
USER failscope
ENTRYPOINT ["failscope"]

# The same beside docker's command line, for `failscope tail --compose`. Its user may use Docker's socket.
FROM docker:27.4-cli AS docker
FROM program AS live
COPY --from=docker /usr/local/bin/docker /usr/local/bin/docker
COPY --from=docker /usr/local/libexec/docker/cli-plugins/docker-compose /usr/local/libexec/docker/cli-plugins/docker-compose
USER root
