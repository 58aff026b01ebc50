/*
 * Comparing the beginning of a line with that of an earlier one, and stepping over the fields that follow.
 *
 * One call per line does all of it, so that its state stays in registers.
 */
#pragma once

#include <stddef.h>
#include <stdint.h>

#define LINE_OPENING_LONGEST 48
#define LINE_OPENING_GAPS 6
#define LINE_OPENING_MESSAGES 8
#define LINE_OPENING_LITERAL 64
#define LINE_OPENING_TAIL 24
#define LINE_OPENING_PROOF 128
#define LINE_OPENING_WHOLES 4
#define LINE_OPENING_WHOLE 128

/* A field and what follows it: the byte `stop`, if `takes_stop` is set, and blanks, if `takes_blanks` is. */
struct line_gap {
  uint8_t stop;
  uint8_t takes_stop;
  uint8_t takes_blanks;
};

/* The literal with which a message begins. */
struct line_message {
  uint8_t text[LINE_OPENING_LITERAL];
  int32_t length;
  int32_t slot;
  /* A whole message whose pattern matched and takes all digits alike, with zeros for digits. */
  uint8_t proof[LINE_OPENING_PROOF];
  int32_t proof_length;
};

/* A message that no literal settles. */
struct line_whole {
  uint8_t text[LINE_OPENING_WHOLE];
  size_t length;
  int32_t slot;
  /* Whether messages that differ in digits alone are the same; the text has zeros for them then. */
  uint8_t is_blind;
  /* Whether messages are known by it yet. */
  uint8_t is_certain;
};

/*
 * What lines begin with; see LineOpening. Offsets count from the beginning of the line. If there is a tail, a process id
 * of any digits stands between the text and the tail.
 */
struct line_opening {
  uint8_t text[LINE_OPENING_LONGEST];
  uint8_t mask[LINE_OPENING_LONGEST];
  uint8_t tail[LINE_OPENING_TAIL];
  int32_t tail_length;
  int32_t length;
  /* Where the time of day begins: two digits each of hour, minute and second, with a byte between them. */
  int32_t clock;
  int32_t fraction;
  int32_t fraction_length;
  uint8_t takes_blanks;
  uint8_t gap_count;
  uint8_t message_count;
  uint8_t next_message;
  struct line_gap gaps[LINE_OPENING_GAPS];
  struct line_message messages[LINE_OPENING_MESSAGES];
  /* The latest messages that no literal settles. */
  struct line_whole wholes[LINE_OPENING_WHOLES];
  uint8_t whole_count;
  uint8_t next_whole;
};

/* What was found in a line. */
struct line_found {
  /* The time since midnight. */
  int64_t milliseconds;
  /* The process id, if the opening has a tail. */
  int64_t pid;
  /* The slot of the remembered message whose literal stands at the message's beginning, if one does; else left alone. */
  int32_t slot;
  /* Whether it is known that the slot is the right one. */
  uint8_t is_proven;
};

/* Remembers a byte at an offset; what is not kept only has to be a digit. */
void line_opening_set(struct line_opening *opening, int32_t offset, uint8_t byte, uint8_t is_kept);

/* Remembers the bytes that follow a process id; 0 if there are too many. */
uint8_t line_opening_set_tail(struct line_opening *opening, const uint8_t *tail, int32_t length);

/* Adds a gap; 0 if there is no room. */
uint8_t line_opening_add_gap(struct line_opening *opening, struct line_gap gap);

/* Remembers a message in place of the one remembered longest. */
void line_opening_add_message(struct line_opening *opening, const uint8_t *literal, int32_t length, int32_t slot);

/* Remembers that just this message has a slot; nothing if it is too long. */
void line_opening_add_whole(struct line_opening *opening, const uint8_t *text, size_t length, int32_t slot);

/*
 * Notes that a message has a slot, and looks whether that was noted before of one that differs in digits alone: returns then
 * where, for `line_opening_confirm`, else a negative number.
 */
int32_t line_opening_note_whole(struct line_opening *opening, const uint8_t *text, size_t length, int32_t slot);

/* Remembers that what was noted there holds for messages with other digits, too. */
void line_opening_confirm(struct line_opening *opening, int32_t place);

/*
 * Remembers of the message with a slot that its pattern, which takes all digits alike, matches `text`; nothing if that is
 * too long.
 */
void line_opening_prove(struct line_opening *opening, int32_t slot, const uint8_t *text, size_t length);

/* Takes over the messages that were remembered with another opening. */
void line_opening_keep_messages(struct line_opening *opening, const struct line_opening *other);

/* Forgets the messages whose bits are not set. */
void line_opening_keep_only(struct line_opening *opening, uint32_t kept);

/* The slot of the remembered message with an index below `message_count`. */
int32_t line_opening_slot(const struct line_opening *opening, int32_t index);

/* The milliseconds since midnight that the line at p[start] prints; -1 if it prints none, or begins in another way. */
int64_t line_opening_time(const struct line_opening *opening, const uint8_t *p, size_t start, size_t readable);

/*
 * Where the message begins in the line p[start..<end] if the line begins like the opening and goes on with its gaps,
 * else 0. `readable` bytes may be read from p.
 */
size_t line_opening_message_start(
  const struct line_opening *opening, const uint8_t *p, size_t start, size_t end, size_t readable,
  struct line_found *found
);
