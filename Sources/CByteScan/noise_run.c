#include "noise_run.h"

#include "opening_match.h"
#include "wide_mask.h"

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

/* How far beyond the beginning of a line is looked: through the window of its opening, and that of its fields. */
#define NOISE_REACH (2 * NOISE_WINDOW)

/* How many of the lines have so much room behind their beginning and their end that nobody needs to care for it. */
static inline size_t lines_with_room(size_t readable, size_t prefix, const struct line_cut *cuts, size_t count) {
  while (count > 0) {
    const struct line_cut *last = cuts + count - 1;
    const size_t start = last->start + prefix;
    if (line_has_room(start, last->end, readable) && start + NOISE_REACH <= readable) break;
    count--;
  }
  return count;
}

/* Whether p[start..<end] is noise; if so, `line` is written. */
static inline bool is_noise(
  const struct line_opening *opening, const uint8_t *p, size_t start, size_t end, struct noise_line *line
) {
  struct line_found found = {0};
  const size_t message = line_message_start(opening, p, start, end, &found);
  if (message == 0 || !line_message_at(opening, p, message, end)) return false;
  *line = (struct noise_line){(uint32_t)start, (uint32_t)end, (int32_t)found.milliseconds};
  return true;
}

#if defined(__x86_64__)
/* Makes a template of a line that fits the opening, if it lends itself to it. */
__attribute__((noinline)) static void make_template(
  const struct line_opening *opening, const uint8_t *p, const struct noise_line *line, struct noise_template *template
) {
  int64_t pid;
  size_t length = (size_t)opening->length;
  if (opening->tail_length > 0) length = line_tail_end(opening, p, line->start + length, line->end, &pid) - line->start;
  const int32_t second = opening->clock + 6;
  memset(template, 0, sizeof *template);
  if (length > NOISE_WINDOW || opening->fraction_length != 3 || opening->fraction != second + 3) return;
  for (size_t i = 0; i < length; i++) {
    const bool differs = (int32_t)i >= second && (int32_t)i < second + 6 && (int32_t)i != second + 2;
    template->mask[i] = differs ? 0 : 0xFF;
    template->text[i] = differs ? 0 : p[line->start + i];
  }
  template->length = length;
  template->minute = line->milliseconds / 60000 * 60000;
}

/* Milliseconds of `ss.fff`, or -1 if it has other bytes than digits. */
static inline int32_t second_and_fraction(const uint8_t *p) {
  const uint64_t digits = (line_word(p) & 0x0000FFFFFF00FFFFull) - 0x0000303030003030ull;
  if (((digits + 0x0000767676007676ull) | digits) & 0x8080808080808080ull) return -1;
  const uint64_t pairs = digits * 10 + (digits >> 8);
  const int32_t second = pairs & 0xFF, hundredths = pairs >> 24 & 0xFF, last = digits >> 40 & 0xFF;
  return second > 59 ? -1 : second * 1000 + hundredths * 10 + last;
}

/* Where the message begins behind the gaps that begin at p, counted from there; 0 if the window does not tell. */
__attribute__((target("avx2,bmi"))) static inline size_t window_gaps_end(
  const struct line_opening *opening, const uint8_t *p
) {
  const __m256i low = _mm256_loadu_si256((const __m256i *)p);
  const __m256i high = _mm256_loadu_si256((const __m256i *)(p + 32));
  const uint64_t blanks = wide_mask(low, high, ' ') | wide_mask(low, high, '\t');
  size_t at = opening->takes_blanks ? (size_t)_tzcnt_u64(~blanks) : 0;
  if (opening->takes_blanks && at == 0) return 0;
  for (uint8_t i = 0; i < opening->gap_count; i++) {
    const struct line_gap *gap = &opening->gaps[i];
    const uint64_t stops = gap->takes_stop ? wide_mask(low, high, gap->stop) : 0;
    if (at >= NOISE_WINDOW) return 0;
    const uint64_t ends = (blanks | stops) >> at;
    const size_t length = (size_t)_tzcnt_u64(ends);
    if (length == 0 || length == 64) return 0;
    at += length;
    if (gap->takes_stop) {
      if (!(stops >> at & 1)) return 0;
      at++;
    }
    if (!gap->takes_blanks) continue;
    if (at >= NOISE_WINDOW || !(blanks >> at & 1)) return 0;
    at += (size_t)_tzcnt_u64(~(blanks >> at));
  }
  return at < NOISE_WINDOW ? at : 0;
}

/* What a look through the windows tells of a line. */
enum likeness { unlike, noise, other_message };

/* The same as `is_noise`, for a line like the template; of one that is unlike it, nothing is said. */
__attribute__((target("avx2,bmi"))) static inline enum likeness likeness(
  const struct noise_template *template, const struct line_opening *opening, const uint8_t *p, size_t start, size_t end,
  struct noise_line *line
) {
  __m256i differs = _mm256_setzero_si256();
  for (size_t i = 0; i < NOISE_WINDOW; i += 32) {
    const __m256i bytes = _mm256_loadu_si256((const __m256i *)(p + start + i));
    const __m256i kept = _mm256_and_si256(bytes, _mm256_loadu_si256((const __m256i *)(template->mask + i)));
    differs = _mm256_or_si256(differs, _mm256_xor_si256(kept, _mm256_loadu_si256((const __m256i *)(template->text + i))));
  }
  if (!_mm256_testz_si256(differs, differs)) return unlike;
  const int32_t time = second_and_fraction(p + start + opening->clock + 6);
  if (time < 0) return unlike;
  const size_t fields = start + template->length;
  size_t message = fields;
  if (opening->takes_blanks || opening->gap_count > 0) {
    const size_t length = window_gaps_end(opening, p + fields);
    if (length == 0) return unlike;
    message += length;
  }
  if (message >= end) return unlike;
  if (!line_message_at(opening, p, message, end)) return other_message;
  *line = (struct noise_line){(uint32_t)start, (uint32_t)end, template->minute + time};
  return noise;
}

__attribute__((target("avx2,bmi"))) static size_t wide_noise_run(
  struct noise_beginning *beginning, const uint8_t *p, size_t prefix,
  const struct line_cut *cuts, size_t count, struct noise_line *lines
) {
  const struct line_opening *opening = &beginning->opening;
  struct noise_template *template = &beginning->template;
  const uint8_t *first = p + cuts[0].start;
  size_t found = 0;
  for (; found < count; found++) {
    if (!is_candidate(opening, p, prefix, cuts + found, first)) break;
    const size_t start = cuts[found].start + prefix, end = cuts[found].end;
    const enum likeness found_alike =
      template->length > 0 ? likeness(template, opening, p, start, end, lines + found) : unlike;
    if (found_alike == noise) continue;
    if (found_alike == other_message || !is_noise(opening, p, start, end, lines + found)) break;
    make_template(opening, p, lines + found, template);
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
  count = lines_with_room(readable, prefix, cuts, count);
  if (count == 0 || opening->length == 0) return 0;
#if defined(__x86_64__)
  if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("bmi")) {
    return wide_noise_run(beginning, p, prefix, cuts, count, lines);
  }
#endif
  const uint8_t *first = p + cuts[0].start;
  size_t found = 0;
  for (; found < count; found++) {
    if (!is_candidate(opening, p, prefix, cuts + found, first)) break;
    if (!is_noise(opening, p, cuts[found].start + prefix, cuts[found].end, lines + found)) break;
  }
  return found;
}
