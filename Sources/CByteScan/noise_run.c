#include "noise_run.h"

#include "noise_template.h"
#include "opening_match.h"

/* Whether `length` bytes are the same at both places, where eight may be read. */
static inline bool is_same(const uint8_t *a, const uint8_t *b, size_t length) {
  if (length == 0) return true;
  if (length < 8) return (line_word(a) ^ line_word(b)) << (64 - 8 * length) == 0;
  for (size_t i = 0; i + 8 <= length; i += 8) {
    if (line_word(a + i) != line_word(b + i)) return false;
  }
  return line_word(a + length - 8) == line_word(b + length - 8);
}

/* Whether a line, around which there is room, is of the run that begins with the line at `first`. */
static inline bool is_candidate(
  const struct line_opening *opening, const uint8_t *p, size_t prefix, const struct line_cut *cut, const uint8_t *first
) {
  return cut->start + prefix + (size_t)opening->length <= cut->end && p[cut->end - 1] > ' '
    && is_same(p + cut->start, first, prefix);
}

/* Whether a line is noise of the run that begins with the line at `first`; if so, `line` is written. */
static inline bool is_noise(
  const struct line_opening *opening, const uint8_t *p, size_t prefix, const struct line_cut *cut, const uint8_t *first,
  struct noise_line *line
) {
  if (!is_candidate(opening, p, prefix, cut, first)) return false;
  struct line_found found = {0};
  const size_t start = cut->start + prefix;
  const size_t message = line_message_start(opening, p, start, cut->end, &found);
  if (message == 0 || !line_message_at(opening, p, message, cut->end)) return false;
  *line = (struct noise_line){(uint32_t)start, cut->end, (int32_t)found.milliseconds};
  return true;
}

/* How many of the lines have so much room behind their beginning and their end that nobody needs to care for it. */
static inline size_t lines_with_room(
  size_t readable, size_t prefix, size_t reach, const struct line_cut *cuts, size_t count
) {
  while (count > 0) {
    const struct line_cut *last = cuts + count - 1;
    if (line_has_room(last->start + prefix, last->end, readable) && last->start + reach <= readable) break;
    count--;
  }
  return count;
}

#if defined(__x86_64__)
__attribute__((target("avx2,bmi"))) static size_t wide_noise_run(
  struct noise_beginning *beginning, const uint8_t *p, size_t prefix,
  const struct line_cut *cuts, size_t count, struct noise_line *lines
) {
  const struct line_opening *opening = &beginning->opening;
  struct noise_template *template = &beginning->template;
  const uint8_t *first = p + cuts[0].start;
  if (template->prefix != prefix) template->length = 0;
  size_t found = 0;
  for (; found < count; found++) {
    const enum noise_likeness likeness =
      template->length > 0 ? noise_compare(template, opening, p, cuts + found, lines + found) : noise_unlike;
    if (likeness == noise_alike) continue;
    if (likeness == noise_other_message || !is_noise(opening, p, prefix, cuts + found, first, lines + found)) break;
    noise_make_template(opening, p, prefix, lines + found, template);
  }
  return found;
}
#endif

size_t noise_run(
  struct noise_beginning *beginning, const uint8_t *p, size_t readable, size_t prefix,
  const struct line_cut *cuts, size_t count, struct noise_line *lines, size_t used
) {
  const struct line_opening *opening = &beginning->opening;
  lines += used;
  if (opening->length == 0) return 0;
#if defined(__x86_64__)
  if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("bmi")) {
    count = lines_with_room(readable, prefix, NOISE_REACH, cuts, count);
    return count == 0 ? 0 : wide_noise_run(beginning, p, prefix, cuts, count, lines);
  }
#endif
  count = lines_with_room(readable, prefix, 0, cuts, count);
  if (count == 0) return 0;
  const uint8_t *first = p + cuts[0].start;
  size_t found = 0;
  while (found < count && is_noise(opening, p, prefix, cuts + found, first, lines + found)) found++;
  return found;
}
