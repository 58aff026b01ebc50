/*
 * Whether a line is noise, found by comparing it with one that was, 64 bytes at a time; for `noise_run` only.
 *
 * Up to the first field the lines have to be the same but for second and fraction. The fields are of any length: where each
 * ends is found by going from separator to separator, unless the separators are the same ones at the same places as in
 * the line before.
 */
#pragma once

#if defined(__x86_64__)

#include "noise_run.h"
#include "opening_match.h"
#include "wide_mask.h"

/* How far beyond the beginning of a line may be read: through its beginning, its fields, and a message's literal. */
#define NOISE_REACH (NOISE_BEGINNING + NOISE_FIELDS + LINE_OPENING_LITERAL)

/* Which bytes may separate the fields of an opening; without classes if there are too many. */
static inline void noise_find_classes(const struct line_opening *opening, struct noise_template *template) {
  uint8_t separators[2 + LINE_OPENING_GAPS] = {' ', '\t'};
  size_t count = 2;
  for (uint8_t i = 0; i < opening->gap_count; i++) {
    if (!opening->gaps[i].takes_stop) continue;
    if (opening->gaps[i].stop >= 0x80) return;
    separators[count++] = opening->gaps[i].stop;
  }
  for (size_t i = 0; i < count; i++) {
    template->low[separators[i] & 15] |= (uint8_t)(1u << i);
    template->high[separators[i] >> 4] |= (uint8_t)(1u << i);
  }
  template->has_classes = true;
}

/* Makes a template of a line that fits the opening, if it lends itself to it. */
__attribute__((noinline)) static void noise_make_template(
  const struct line_opening *opening, const uint8_t *p, size_t prefix, const struct noise_line *line,
  struct noise_template *template
) {
  int64_t pid;
  size_t end = line->start + (size_t)opening->length;
  if (opening->tail_length > 0) end = line_tail_end(opening, p, end, line->end, &pid);
  const uint8_t *first = p + line->start - prefix;
  const size_t length = (size_t)(p + end - first), second = prefix + (size_t)opening->clock + 6;
  template->length = 0;
  template->has_fields = false;
  if (length > NOISE_BEGINNING || second + 6 > length) return;
  if (opening->fraction_length != 3 || opening->fraction != opening->clock + 9) return;
  if (!template->has_classes) noise_find_classes(opening, template);
  memset(template->mask, 0, sizeof template->mask);
  memset(template->mask, 0xFF, length);
  for (size_t i = second; i < second + 6; i++) template->mask[i] = i == second + 2 ? 0xFF : 0;
  for (size_t i = 0; i < sizeof template->text; i++) template->text[i] = i < length ? first[i] & template->mask[i] : 0;
  template->length = length;
  template->prefix = prefix;
  template->second = second;
  template->minute = line->milliseconds / 60000 * 60000;
}

/* Milliseconds of `ss.fff`, or -1 if it has other bytes than digits. */
static inline int32_t noise_second_and_fraction(const uint8_t *p) {
  const uint64_t digits = (line_word(p) & 0x0000FFFFFF00FFFFull) - 0x0000303030003030ull;
  if (((digits + 0x0000767676007676ull) | digits) & 0x8080808080808080ull) return -1;
  const uint64_t pairs = digits * 10 + (digits >> 8);
  const int32_t second = pairs & 0xFF, hundredths = pairs >> 24 & 0xFF, last = digits >> 40 & 0xFF;
  return second > 59 ? -1 : second * 1000 + hundredths * 10 + last;
}

/* Where the separators of all fields are in 64 bytes. */
__attribute__((target("avx2"))) static inline uint64_t noise_separators(
  const struct noise_template *template, __m256i low, __m256i high
) {
  const __m256i by_low = _mm256_broadcastsi128_si256(_mm_loadu_si128((const __m128i *)template->low));
  const __m256i by_high = _mm256_broadcastsi128_si256(_mm_loadu_si128((const __m128i *)template->high));
  const __m256i nibble = _mm256_set1_epi8(0x0F), none = _mm256_setzero_si256();
  const __m256i high_of_low = _mm256_and_si256(_mm256_srli_epi16(low, 4), nibble);
  const __m256i high_of_high = _mm256_and_si256(_mm256_srli_epi16(high, 4), nibble);
  /* A byte above 127 is found in no class by its low half. */
  const __m256i found_low = _mm256_and_si256(_mm256_shuffle_epi8(by_low, low), _mm256_shuffle_epi8(by_high, high_of_low));
  const __m256i found_high =
    _mm256_and_si256(_mm256_shuffle_epi8(by_low, high), _mm256_shuffle_epi8(by_high, high_of_high));
  return ~wide_bits(_mm256_cmpeq_epi8(found_low, none), _mm256_cmpeq_epi8(found_high, none));
}

/* Where the message begins behind the gaps in the 64 bytes, counted from their first; 0 if they do not tell. */
__attribute__((target("avx2,bmi"))) static inline size_t noise_gaps_end(
  const struct line_opening *opening, __m256i low, __m256i high
) {
  const uint64_t blanks = wide_mask(low, high, ' ') | wide_mask(low, high, '\t');
  size_t at = opening->takes_blanks ? (size_t)_tzcnt_u64(~blanks) : 0;
  if (opening->takes_blanks && at == 0) return 0;
  for (uint8_t i = 0; i < opening->gap_count; i++) {
    const struct line_gap *gap = &opening->gaps[i];
    const uint64_t stops = gap->takes_stop ? wide_mask(low, high, gap->stop) : 0;
    if (at >= NOISE_FIELDS) return 0;
    const uint64_t ends = (blanks | stops) >> at;
    const size_t length = (size_t)_tzcnt_u64(ends);
    if (length == 0 || length == 64) return 0;
    at += length;
    if (gap->takes_stop) {
      if (!(stops >> at & 1)) return 0;
      at++;
    }
    if (!gap->takes_blanks) continue;
    if (at >= NOISE_FIELDS || !(blanks >> at & 1)) return 0;
    at += (size_t)_tzcnt_u64(~(blanks >> at));
  }
  return at < NOISE_FIELDS ? at : 0;
}

/* Where the message begins behind the fields that begin at p, counted from there; false if that is not certain. */
__attribute__((target("avx2,bmi"))) static inline bool noise_find_message(
  struct noise_template *template, const struct line_opening *opening, const uint8_t *p, size_t *message
) {
  *message = 0;
  if (!opening->takes_blanks && opening->gap_count == 0) return true;
  const __m256i low = _mm256_loadu_si256((const __m256i *)p);
  const __m256i high = _mm256_loadu_si256((const __m256i *)(p + 32));
  const uint64_t separators = template->has_classes ? noise_separators(template, low, high) : 0;
  if (template->has_fields && ((separators ^ template->separators) & template->reach) == 0
      && (template->separators & ~wide_same(low, high, template->fields)) == 0) {
    *message = template->message;
    return true;
  }
  const size_t found = noise_gaps_end(opening, low, high);
  if (found == 0) return false;
  *message = found;
  template->has_fields = template->has_classes;
  template->message = found;
  template->reach = ~0ull >> (63 - found);
  template->separators = separators & template->reach;
  memcpy(template->fields, p, NOISE_FIELDS);
  return true;
}

/* Whether one of the opening's messages begins at p[message..<end]. */
__attribute__((target("avx2"))) static inline bool noise_message_at(
  struct noise_template *template, const struct line_opening *opening, const uint8_t *p, size_t message, size_t end
) {
  const __m256i low = _mm256_loadu_si256((const __m256i *)(p + message));
  const __m256i high = _mm256_loadu_si256((const __m256i *)(p + message + 32));
  const uint8_t count = opening->message_count;
  uint8_t index = template->next;
  for (uint8_t i = 0; i < count; i++) {
    if (index >= count) index = 0;
    const struct line_message *expected = &opening->messages[index++];
    const size_t length = (size_t)expected->length;
    if (message + length > end) continue;
    if (~wide_same(low, high, expected->text) & ~0ull >> (64 - length)) continue;
    template->next = index;
    return true;
  }
  return false;
}

/* What a comparison with the template tells of a line. */
enum noise_likeness { noise_unlike, noise_alike, noise_other_message };

/* Compares a line with the template; NOISE_REACH bytes may be read from its beginning. If it is noise, `line` is written. */
__attribute__((target("avx2,bmi"))) static inline enum noise_likeness noise_compare(
  struct noise_template *template, const struct line_opening *opening, const uint8_t *p, const struct line_cut *cut,
  struct noise_line *line
) {
  const uint8_t *first = p + cut->start;
  __m256i differs = _mm256_setzero_si256();
  for (size_t i = 0; i < NOISE_BEGINNING; i += 32) {
    const __m256i bytes = _mm256_loadu_si256((const __m256i *)(first + i));
    const __m256i kept = _mm256_and_si256(bytes, _mm256_loadu_si256((const __m256i *)(template->mask + i)));
    differs = _mm256_or_si256(differs, _mm256_xor_si256(kept, _mm256_loadu_si256((const __m256i *)(template->text + i))));
  }
  if (!_mm256_testz_si256(differs, differs)) return noise_unlike;
  const int32_t time = noise_second_and_fraction(first + template->second);
  size_t fields;
  if (time < 0 || !noise_find_message(template, opening, first + template->length, &fields)) return noise_unlike;
  const size_t message = cut->start + template->length + fields;
  if (message >= cut->end || p[cut->end - 1] <= ' ') return noise_unlike;
  if (!noise_message_at(template, opening, p, message, cut->end)) return noise_other_message;
  *line = (struct noise_line){cut->start + (uint32_t)template->prefix, cut->end, template->minute + time};
  return noise_alike;
}

#endif
