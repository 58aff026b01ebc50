#include "line_opening.h"

#include <string.h>

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

/* How far beyond the end of a line the search for a field's end may look. */
#define LINE_OPENING_MARGIN 16
/* How many digits a process id has at most. */
#define LINE_OPENING_PID 10
/* How far beyond the beginning of a line its opening may be looked for. */
#define LINE_OPENING_REACH (LINE_OPENING_LONGEST + LINE_OPENING_PID + LINE_OPENING_TAIL)

static inline uint64_t line_word(const uint8_t *p) {
  uint64_t word;
  memcpy(&word, p, 8);
  return word;
}

void line_opening_set(struct line_opening *opening, int32_t offset, uint8_t byte, uint8_t is_kept) {
  if (offset < 0 || offset >= LINE_OPENING_LONGEST) return;
  opening->text[offset] = is_kept ? byte : 0;
  opening->mask[offset] = is_kept ? 0xFF : 0;
}

uint8_t line_opening_set_tail(struct line_opening *opening, const uint8_t *tail, int32_t length) {
  if (length <= 0 || length > LINE_OPENING_TAIL) return 0;
  memset(opening->tail, 0, sizeof opening->tail);
  memcpy(opening->tail, tail, (size_t)length);
  opening->tail_length = length;
  return 1;
}

uint8_t line_opening_add_gap(struct line_opening *opening, struct line_gap gap) {
  if (opening->gap_count == LINE_OPENING_GAPS) return 0;
  opening->gaps[opening->gap_count++] = gap;
  return 1;
}

void line_opening_add_message(
  struct line_opening *opening, const uint8_t *literal, int32_t length, int32_t slot
) {
  if (length <= 0 || length > LINE_OPENING_LITERAL) return;
  struct line_message *message = &opening->messages[opening->next_message];
  opening->next_message = (uint8_t)((opening->next_message + 1) % LINE_OPENING_MESSAGES);
  if (opening->message_count < LINE_OPENING_MESSAGES) opening->message_count++;
  memset(message->text, 0, sizeof message->text);
  memcpy(message->text, literal, (size_t)length);
  message->length = length;
  message->slot = slot;
}

void line_opening_keep_messages(struct line_opening *opening, const struct line_opening *other) {
  memcpy(opening->messages, other->messages, sizeof opening->messages);
  opening->message_count = other->message_count;
  opening->next_message = other->next_message;
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

/* Milliseconds of the second and its fraction, or -1 if they have other bytes than digits. */
static inline int64_t line_milliseconds(const struct line_opening *opening, const uint8_t *line) {
  const uint8_t tens = (uint8_t)(line[opening->second] - '0');
  const uint8_t ones = (uint8_t)(line[opening->second + 1] - '0');
  if (tens > 5 || ones > 9) return -1;
  const int64_t milliseconds = (tens * 10 + ones) * 1000;
  const uint8_t *digits = line + opening->fraction;
  if (opening->fraction_length == 3) {
    const uint8_t a = (uint8_t)(digits[0] - '0'), b = (uint8_t)(digits[1] - '0'), c = (uint8_t)(digits[2] - '0');
    return a > 9 || b > 9 || c > 9 ? -1 : milliseconds + a * 100 + b * 10 + c;
  }
  int64_t value = 0;
  for (int32_t i = 0; i < opening->fraction_length; i++) {
    const uint8_t digit = (uint8_t)(digits[i] - '0');
    if (digit > 9) return -1;
    if (i < 3) value = value * 10 + digit;
  }
  if (opening->fraction_length == 1) value *= 100;
  if (opening->fraction_length == 2) value *= 10;
  return milliseconds + value;
}

/* Whether the literal of a message stands at p, where there are as many bytes. */
static inline uint8_t line_holds(const uint8_t *p, const struct line_message *message) {
  const size_t length = (size_t)message->length;
  size_t i = 0;
  for (; i + 8 <= length; i += 8) {
    if (line_word(p + i) != line_word(message->text + i)) return 0;
  }
  if (i == length) return 1;
  if (i > 0) return line_word(p + length - 8) == line_word(message->text + length - 8);
  return memcmp(p, message->text, length) == 0;
}

/* The slot of the remembered message whose literal stands at p[position..<end]; left alone if there is none. */
static inline void line_message_slot(
  const struct line_opening *opening, const uint8_t *p, size_t position, size_t end, int32_t *slot
) {
  for (uint8_t i = 0; i < opening->message_count; i++) {
    const struct line_message *message = &opening->messages[i];
    if (position + (size_t)message->length > end) continue;
    if (!line_holds(p + position, message)) continue;
    *slot = message->slot;
    return;
  }
}

/* The same for a line at the end of what may be read, in a copy with room behind it; 0 for a line that is too long. */
__attribute__((noinline)) static size_t line_opening_message_start_in_copy(
  const struct line_opening *opening, const uint8_t *p, size_t start, size_t end, struct line_found *found
) {
  uint8_t copy[512] = {0};
  const size_t length = end - start;
  if (length + LINE_OPENING_REACH > sizeof copy) return 0;
  memcpy(copy, p + start, length);
  const size_t message = line_opening_message_start(opening, copy, 0, length, sizeof copy, found);
  return message > 0 ? message + start : 0;
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

size_t line_opening_message_start(
  const struct line_opening *opening, const uint8_t *p, size_t start, size_t end, size_t readable,
  struct line_found *found
) {
  const size_t length = (size_t)opening->length;
  if (length == 0 || start + length > end) return 0;
  if (start + LINE_OPENING_REACH > readable || end + LINE_OPENING_MARGIN > readable) {
    return line_opening_message_start_in_copy(opening, p, start, end, found);
  }
  const uint8_t *line = p + start;
  for (size_t i = 0; i < length; i += 8) {
    if ((line_word(line + i) & line_word(opening->mask + i)) != line_word(opening->text + i)) return 0;
  }
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
  position = line_gaps_end(opening, p, position, end);
  if (position == 0) return 0;
  line_message_slot(opening, p, position, end, &found->slot);
  return position;
}

