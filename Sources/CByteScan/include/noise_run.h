/*
 * Counting lines that say nothing: those that begin as one before did and go on with a message that is noise.
 *
 * One call per run of such lines, so that a line costs a few comparisons and no record.
 */
#pragma once

#include <stdbool.h>
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

/* How many bytes of a line are compared at once with an earlier one, up to the first field. */
#define NOISE_BEGINNING 96
/* How many bytes from there on are looked through for the ends of fields. */
#define NOISE_FIELDS 64

/* What lines of an opening have in common for a while, taken from one of them; see noise_template.h. */
struct noise_template {
  /* The bytes up to the first field: prefix, process id, hour and minute, too; second and fraction are left out. */
  uint8_t text[NOISE_BEGINNING];
  uint8_t mask[NOISE_BEGINNING];
  /* How many bytes that are; 0 if there is no template. */
  size_t length;
  /* Where in it the payload begins, and the second. */
  size_t prefix;
  size_t second;
  /* Milliseconds since midnight at the beginning of the minute. */
  int32_t minute;

  /* Bits for each byte that may separate fields, found by its low and its high four bits. */
  uint8_t low[16];
  uint8_t high[16];
  bool has_classes;

  /* The fields of one line, where the separators are in them, as far as the message, and where that begins. */
  uint8_t fields[NOISE_FIELDS];
  uint64_t separators;
  uint64_t reach;
  size_t message;
  bool has_fields;
  /* The message that is likely to come next. */
  uint8_t next;
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
