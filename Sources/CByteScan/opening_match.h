/*
 * What comparing a line with an opening consists of; see line_opening.h. For the files of this folder only, into whose loops
 * it is compiled.
 */
#pragma once

#include <stdbool.h>
#include <string.h>

#include "line_opening.h"

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

/* How far beyond the end of a line the search for a field's end may look. */
#define LINE_OPENING_MARGIN 16
/* How many digits a process id has at most. */
#define LINE_OPENING_PID 10
/* How far beyond the beginning of a line its opening may be looked for. */
#define LINE_OPENING_REACH (LINE_OPENING_LONGEST + LINE_OPENING_PID + LINE_OPENING_TAIL)

/* The byte, or a zero for any digit. */
static inline uint8_t line_without_digits(uint8_t byte) {
  return (uint8_t)(byte - '0') < 10 ? '0' : byte;
}

static inline uint64_t line_word(const uint8_t *p) {
  uint64_t word;
  memcpy(&word, p, 8);
  return word;
}

/* Whether enough may be read around a line for `line_message_start`. */
static inline bool line_has_room(size_t start, size_t end, size_t readable) {
  return start + LINE_OPENING_REACH <= readable && end + LINE_OPENING_MARGIN <= readable;
}

static inline size_t line_skip_blanks(const uint8_t *p, size_t position, size_t end) {
  while (position < end && (p[position] == ' ' || p[position] == '\t')) position++;
  return position;
}

/* Where the first blank, tab or `stop` is in p[position..<end], or `end`; 16 bytes beyond `end` may be read. */
static inline size_t line_field_end(const uint8_t *p, size_t position, size_t end, uint8_t stop) {
#if defined(__SSE2__)
  const __m128i stops = _mm_set1_epi8((char)stop);
  for (; position < end; position += 16) {
    const __m128i bytes = _mm_loadu_si128((const __m128i *)(p + position));
    const __m128i found = _mm_or_si128(
      _mm_or_si128(_mm_cmpeq_epi8(bytes, _mm_set1_epi8(' ')), _mm_cmpeq_epi8(bytes, _mm_set1_epi8('\t'))),
      _mm_cmpeq_epi8(bytes, stops)
    );
    const unsigned mask = (unsigned)_mm_movemask_epi8(found);
    if (mask) {
      position += (size_t)__builtin_ctz(mask);
      break;
    }
  }
#else
  while (position < end && p[position] != ' ' && p[position] != '\t' && p[position] != stop) position++;
#endif
  return position < end ? position : end;
}

/* Where the message begins behind the gaps that begin at `position`, or 0 if they are not there. */
static inline size_t line_gaps_end(const struct line_opening *opening, const uint8_t *p, size_t position, size_t end) {
  const struct line_gap *gap = opening->gaps;
  for (const struct line_gap *last = gap + opening->gap_count; gap < last; gap++) {
    size_t limit = line_field_end(p, position, end, gap->stop);
    if (limit == position) return 0;
    if (gap->takes_stop) {
      if (limit == end || p[limit] != gap->stop) return 0;
      limit++;
    }
    position = limit;
    if (gap->takes_blanks) {
      position = line_skip_blanks(p, limit, end);
      if (position == limit && limit < end) return 0;
    }
  }
  return position;
}

/* Whether the line has the bytes of the opening that do not change; all that there is room for is compared. */
static inline bool line_begins_alike(const struct line_opening *opening, const uint8_t *line) {
#if defined(__SSE2__)
  __m128i differs = _mm_setzero_si128();
  for (size_t i = 0; i < LINE_OPENING_LONGEST; i += 16) {
    const __m128i bytes = _mm_loadu_si128((const __m128i *)(line + i));
    const __m128i kept = _mm_and_si128(bytes, _mm_loadu_si128((const __m128i *)(opening->mask + i)));
    differs = _mm_or_si128(differs, _mm_xor_si128(kept, _mm_loadu_si128((const __m128i *)(opening->text + i))));
  }
  return _mm_movemask_epi8(_mm_cmpeq_epi8(differs, _mm_setzero_si128())) == 0xFFFF;
#else
  for (size_t i = 0; i < LINE_OPENING_LONGEST; i += 8) {
    if ((line_word(line + i) & line_word(opening->mask + i)) != line_word(opening->text + i)) return false;
  }
  return true;
#endif
}

/* Milliseconds since midnight, or -1 if the time has other bytes than digits or is none. */
static inline int64_t line_milliseconds(const struct line_opening *opening, const uint8_t *line) {
  /* Eight bytes at once: the separators, which are compared with the text, become zero, and so do the digits' high halves. */
  const uint64_t digits = (line_word(line + opening->clock) & 0xFFFF00FFFF00FFFFull) - 0x3030003030003030ull;
  if (((digits + 0x7676767676767676ull) | digits) & 0x8080808080808080ull) return -1;
  const uint64_t pairs = digits * 10 + (digits >> 8);
  const int64_t hour = pairs & 0xFF, minute = pairs >> 24 & 0xFF, second = pairs >> 48 & 0xFF;
  if (hour > 23 || minute > 59 || second > 59) return -1;
  const int64_t milliseconds = ((hour * 60 + minute) * 60 + second) * 1000;
  const uint8_t *fraction = line + opening->fraction;
  if (opening->fraction_length == 3) {
    const uint8_t a = (uint8_t)(fraction[0] - '0'), b = (uint8_t)(fraction[1] - '0'), c = (uint8_t)(fraction[2] - '0');
    return a > 9 || b > 9 || c > 9 ? -1 : milliseconds + a * 100 + b * 10 + c;
  }
  int64_t value = 0;
  for (int32_t i = 0; i < opening->fraction_length; i++) {
    const uint8_t digit = (uint8_t)(fraction[i] - '0');
    if (digit > 9) return -1;
    if (i < 3) value = value * 10 + digit;
  }
  if (opening->fraction_length == 1) value *= 100;
  if (opening->fraction_length == 2) value *= 10;
  return milliseconds + value;
}

/* Whether p[0..<length] is `text`, which has zeros behind; LINE_OPENING_MARGIN bytes more may be read. */
static inline bool line_holds(const uint8_t *p, const uint8_t *text, size_t length) {
  size_t i = 0;
  for (; i + 8 <= length; i += 8) {
    if (line_word(p + i) != line_word(text + i)) return false;
  }
  if (i == length) return true;
  if (i > 0) return line_word(p + length - 8) == line_word(text + length - 8);
  return (line_word(p) & ((1ull << (8 * length)) - 1)) == line_word(text);
}

/* Whether p[0..<length] is `text`, which has zeros for digits, but for digits; 16 bytes behind both may be read. */
static inline bool line_is_alike(const uint8_t *p, const uint8_t *text, size_t length) {
#if defined(__SSE2__)
  const __m128i zero = _mm_set1_epi8('0'), nine = _mm_set1_epi8(9);
  for (size_t i = 0; i < length; i += 16) {
    const __m128i bytes = _mm_loadu_si128((const __m128i *)(p + i));
    const __m128i above = _mm_sub_epi8(bytes, zero);
    const __m128i digits = _mm_cmpeq_epi8(_mm_min_epu8(above, nine), above);
    const __m128i alike = _mm_or_si128(_mm_andnot_si128(digits, bytes), _mm_and_si128(digits, zero));
    const __m128i wanted_bytes = _mm_loadu_si128((const __m128i *)(text + i));
    const unsigned same = (unsigned)_mm_movemask_epi8(_mm_cmpeq_epi8(alike, wanted_bytes));
    const unsigned wanted = length - i >= 16 ? 0xFFFF : (1u << (length - i)) - 1;
    if ((same & wanted) != wanted) return false;
  }
#else
  for (size_t i = 0; i < length; i++) {
    if (line_without_digits(p[i]) != text[i]) return false;
  }
#endif
  return true;
}

/* Whether p[0..<length] is the same as the message that was matched, but for digits; 16 bytes behind may be read. */
static inline bool line_is_proven(const uint8_t *p, size_t length, const struct line_message *message) {
  return length > 0 && length == (size_t)message->proof_length && line_is_alike(p, message->proof, length);
}

/* The remembered message that p[0..<length] is, or NULL; 16 bytes behind may be read. */
static inline const struct line_whole *line_whole_at(const struct line_opening *opening, const uint8_t *p, size_t length) {
  for (uint8_t i = 0; i < opening->whole_count; i++) {
    const struct line_whole *whole = &opening->wholes[i];
    if (whole->length != length || !whole->is_certain) continue;
    if (whole->is_blind ? line_is_alike(p, whole->text, length) : line_holds(p, whole->text, length)) return whole;
  }
  return NULL;
}

/* The remembered message whose literal stands at p[position..<end], or NULL. */
static inline const struct line_message *line_message_at(
  const struct line_opening *opening, const uint8_t *p, size_t position, size_t end
) {
  for (uint8_t i = 0; i < opening->message_count; i++) {
    const struct line_message *message = &opening->messages[i];
    const size_t length = (size_t)message->length;
    if (position + length <= end && line_holds(p + position, message->text, length)) return message;
  }
  return NULL;
}

/* Where the tail ends that follows a process id at p[position..<end], or 0. */
static inline size_t line_tail_end(
  const struct line_opening *opening, const uint8_t *p, size_t position, size_t end, int64_t *pid
) {
  const size_t first = position;
  int64_t value = 0;
  while (position < end && position - first < LINE_OPENING_PID) {
    const uint8_t digit = (uint8_t)(p[position] - '0');
    if (digit > 9) break;
    value = value * 10 + digit;
    position++;
  }
  const size_t length = (size_t)opening->tail_length;
  if (position == first || position + length > end) return 0;
  for (size_t i = 0; i < length; i += 8) {
    const uint64_t mask = length - i >= 8 ? ~0ull : (1ull << (8 * (length - i))) - 1;
    if ((line_word(p + position + i) & mask) != line_word(opening->tail + i)) return 0;
  }
  *pid = value;
  return position + length;
}

/* Where the message begins, without looking at it: see `line_opening_message_start`. LINE_OPENING_REACH bytes may be read
   from the beginning of the line, and LINE_OPENING_MARGIN behind its end. */
static inline size_t line_message_start(
  const struct line_opening *opening, const uint8_t *p, size_t start, size_t end, struct line_found *found
) {
  const size_t length = (size_t)opening->length;
  const uint8_t *line = p + start;
  if (!line_begins_alike(opening, line)) return 0;
  const int64_t time = line_milliseconds(opening, line);
  if (time < 0) return 0;
  found->milliseconds = time;
  size_t position = start + length;
  if (opening->tail_length > 0) {
    position = line_tail_end(opening, p, position, end, &found->pid);
    if (position == 0) return 0;
  }
  if (opening->takes_blanks) {
    const size_t next = line_skip_blanks(p, position, end);
    if (next == position && position < end) return 0;
    position = next;
  }
  return line_gaps_end(opening, p, position, end);
}
