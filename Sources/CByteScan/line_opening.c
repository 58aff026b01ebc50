#include "line_opening.h"

#include <string.h>

#include "opening_match.h"

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
  memset(message, 0, sizeof *message);
  memcpy(message->text, literal, (size_t)length);
  message->length = length;
  message->slot = slot;
}

void line_opening_prove(struct line_opening *opening, int32_t slot, const uint8_t *text, size_t length) {
  if (length > LINE_OPENING_PROOF) return;
  for (uint8_t i = 0; i < opening->message_count; i++) {
    struct line_message *message = &opening->messages[i];
    if (message->slot != slot) continue;
    for (size_t j = 0; j < length; j++) message->proof[j] = line_without_digits(text[j]);
    message->proof_length = (int32_t)length;
    return;
  }
}

/* Room for a message in place of the one noted longest ago; NULL if it is too long. */
static struct line_whole *line_opening_make_whole(struct line_opening *opening, size_t length, int32_t slot) {
  if (length == 0 || length > LINE_OPENING_WHOLE) return NULL;
  struct line_whole *whole = &opening->wholes[opening->next_whole];
  opening->next_whole = (uint8_t)((opening->next_whole + 1) % LINE_OPENING_WHOLES);
  if (opening->whole_count < LINE_OPENING_WHOLES) opening->whole_count++;
  memset(whole, 0, sizeof *whole);
  whole->length = length;
  whole->slot = slot;
  return whole;
}

void line_opening_add_whole(struct line_opening *opening, const uint8_t *text, size_t length, int32_t slot) {
  struct line_whole *whole = line_opening_make_whole(opening, length, slot);
  if (!whole) return;
  memcpy(whole->text, text, length);
  whole->is_certain = 1;
}

int32_t line_opening_note_whole(struct line_opening *opening, const uint8_t *text, size_t length, int32_t slot) {
  for (uint8_t i = 0; i < opening->whole_count; i++) {
    const struct line_whole *whole = &opening->wholes[i];
    if (!whole->is_blind || whole->length != length || whole->slot != slot) continue;
    size_t j = 0;
    while (j < length && line_without_digits(text[j]) == whole->text[j]) j++;
    if (j == length) return i;
  }
  struct line_whole *whole = line_opening_make_whole(opening, length, slot);
  if (!whole) return -1;
  for (size_t j = 0; j < length; j++) whole->text[j] = line_without_digits(text[j]);
  whole->is_blind = 1;
  return -1;
}

void line_opening_confirm(struct line_opening *opening, int32_t place) {
  if (place >= 0 && place < opening->whole_count) opening->wholes[place].is_certain = 1;
}

void line_opening_keep_messages(struct line_opening *opening, const struct line_opening *other) {
  memcpy(opening->messages, other->messages, sizeof opening->messages);
  opening->message_count = other->message_count;
  opening->next_message = other->next_message;
  memcpy(opening->wholes, other->wholes, sizeof opening->wholes);
  opening->whole_count = other->whole_count;
  opening->next_whole = other->next_whole;
}

void line_opening_keep_only(struct line_opening *opening, uint32_t kept) {
  struct line_opening before = *opening;
  opening->message_count = 0;
  opening->next_message = 0;
  for (uint8_t i = 0; i < before.message_count; i++) {
    const struct line_message *message = &before.messages[i];
    if (kept >> i & 1) line_opening_add_message(opening, message->text, message->length, message->slot);
  }
}

int32_t line_opening_slot(const struct line_opening *opening, int32_t index) {
  return opening->messages[index % LINE_OPENING_MESSAGES].slot;
}

int64_t line_opening_time(const struct line_opening *opening, const uint8_t *p, size_t start, size_t readable) {
  uint8_t copy[LINE_OPENING_REACH] = {0};
  if (start >= readable) return -1;
  memcpy(copy, p + start, readable - start < sizeof copy ? readable - start : sizeof copy);
  return line_begins_alike(opening, copy) ? line_milliseconds(opening, copy) : -1;
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

size_t line_opening_message_start(
  const struct line_opening *opening, const uint8_t *p, size_t start, size_t end, size_t readable,
  struct line_found *found
) {
  const size_t length = (size_t)opening->length;
  if (length == 0 || start + length > end) return 0;
  if (!line_has_room(start, end, readable)) {
    return line_opening_message_start_in_copy(opening, p, start, end, found);
  }
  const size_t position = line_message_start(opening, p, start, end, found);
  const struct line_message *message = position > 0 ? line_message_at(opening, p, position, end) : NULL;
  if (message) {
    found->slot = message->slot;
    found->is_proven = line_is_proven(p + position, end - position, message);
    return position;
  }
  const struct line_whole *whole = position > 0 ? line_whole_at(opening, p + position, end - position) : NULL;
  if (whole) {
    found->slot = whole->slot;
    found->is_proven = true;
  }
  return position;
}
