/*
 * Counting lines that say nothing: those that begin as one before did and go on with a message that is noise.
 *
 * One call per run of such lines, so that a line costs a few comparisons and no record.
 */
#pragma once

#include <stddef.h>
#include <stdint.h>

#include "byte_scan.h"
#include "line_opening.h"

/* A line of a run: where its payload is, and the milliseconds since midnight that it prints. */
struct noise_line {
  uint32_t start;
  uint32_t end;
  int32_t milliseconds;
};

/* How many bytes of a line are compared at once with an earlier one, and looked through for the ends of fields. */
#define NOISE_WINDOW 64

/* What lines of an opening have in common for a while, taken from one of them: process id, hour and minute, too. */
struct noise_template {
  /* The bytes up to the first field; second and fraction are left out. */
  uint8_t text[NOISE_WINDOW];
  uint8_t mask[NOISE_WINDOW];
  /* How many bytes that are; 0 if there is no template. */
  size_t length;
  /* Milliseconds since midnight at the beginning of the minute. */
  int32_t minute;
};

/* How lines of noise begin. */
struct noise_beginning {
  struct line_opening opening;
  /* Kept from run to run. */
  struct noise_template template;
};

/*
 * How many of the lines cuts[0..<count] follow each other with the same `prefix` bytes in front, the opening and one of its
 * messages behind; they are written to `lines`, behind those that are used. `readable` bytes may be read from p.
 */
size_t noise_run(
  struct noise_beginning *beginning, const uint8_t *p, size_t readable, size_t prefix,
  const struct line_cut *cuts, size_t count, struct noise_line *lines, size_t used
);
