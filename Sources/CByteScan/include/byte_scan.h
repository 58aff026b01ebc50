/*
 * Finding line ends and single bytes, up to 64 at a time.
 *
 * What is called for single bytes is header-only so that it inlines into Swift: its own SIMD types are not specialised
 * across modules and were measured to be many times slower than these intrinsics.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#if defined(__SSE2__)
#include <emmintrin.h>
#elif defined(__ARM_NEON) && defined(__aarch64__)
#include <arm_neon.h>
#endif

#if defined(__ARM_NEON) && defined(__aarch64__)
/* One bit for each of 64 bytes that are all ones or all zeros. */
static inline uint64_t byte_scan_bits(uint8x16_t a, uint8x16_t b, uint8x16_t c, uint8x16_t d) {
  const uint8x16_t weights = {1, 2, 4, 8, 16, 32, 64, 128, 1, 2, 4, 8, 16, 32, 64, 128};
  const uint8x16_t first = vpaddq_u8(vandq_u8(a, weights), vandq_u8(b, weights));
  const uint8x16_t second = vpaddq_u8(vandq_u8(c, weights), vandq_u8(d, weights));
  uint8x16_t sum = vpaddq_u8(first, second);
  sum = vpaddq_u8(sum, sum);
  return vgetq_lane_u64(vreinterpretq_u64_u8(sum), 0);
}
#endif

/* Bit i of the result is set where p[i] equals `byte`; reads exactly 64 bytes. */
static inline uint64_t byte_scan_mask(const uint8_t *p, uint8_t byte) {
#if defined(__SSE2__)
  const __m128i wanted = _mm_set1_epi8((char)byte);
  uint64_t mask = 0;
  for (int i = 0; i < 4; i++) {
    const __m128i bytes = _mm_loadu_si128((const __m128i *)(p + 16 * i));
    mask |= (uint64_t)(uint32_t)_mm_movemask_epi8(_mm_cmpeq_epi8(bytes, wanted)) << (16 * i);
  }
  return mask;
#elif defined(__ARM_NEON) && defined(__aarch64__)
  const uint8x16_t wanted = vdupq_n_u8(byte);
  return byte_scan_bits(
    vceqq_u8(vld1q_u8(p), wanted), vceqq_u8(vld1q_u8(p + 16), wanted), vceqq_u8(vld1q_u8(p + 32), wanted),
    vceqq_u8(vld1q_u8(p + 48), wanted)
  );
#else
  uint64_t mask = 0;
  for (int i = 0; i < 64; i++) mask |= (uint64_t)(p[i] == byte) << i;
  return mask;
#endif
}

/* Bit i of the result is set where p[i] is a control character, that is below 32; reads exactly 64 bytes. */
static inline uint64_t byte_scan_controls(const uint8_t *p) {
#if defined(__SSE2__)
  const __m128i last = _mm_set1_epi8(0x1F);
  uint64_t mask = 0;
  for (int i = 0; i < 4; i++) {
    const __m128i bytes = _mm_loadu_si128((const __m128i *)(p + 16 * i));
    const __m128i found = _mm_cmpeq_epi8(_mm_min_epu8(bytes, last), bytes);
    mask |= (uint64_t)(uint32_t)_mm_movemask_epi8(found) << (16 * i);
  }
  return mask;
#elif defined(__ARM_NEON) && defined(__aarch64__)
  const uint8x16_t limit = vdupq_n_u8(0x20);
  return byte_scan_bits(
    vcltq_u8(vld1q_u8(p), limit), vcltq_u8(vld1q_u8(p + 16), limit), vcltq_u8(vld1q_u8(p + 32), limit),
    vcltq_u8(vld1q_u8(p + 48), limit)
  );
#else
  uint64_t mask = 0;
  for (int i = 0; i < 64; i++) mask |= (uint64_t)(p[i] < 0x20) << i;
  return mask;
#endif
}

/* Offset of the first `byte` among `count` bytes at p, or `count` if there is none. */
static inline size_t byte_scan_find(const uint8_t *p, size_t count, uint8_t byte) {
  size_t i = 0;
  for (; i + 64 <= count; i += 64) {
    const uint64_t mask = byte_scan_mask(p + i, byte);
    if (mask) return i + (size_t)__builtin_ctzll(mask);
  }
  for (; i < count; i++) {
    if (p[i] == byte) return i;
  }
  return count;
}

/* Offset of the first of three bytes among `count` bytes at p, or `count` if there is none. */
static inline size_t byte_scan_find_any(const uint8_t *p, size_t count, uint8_t a, uint8_t b, uint8_t c) {
  size_t i = 0;
#if defined(__SSE2__)
  const __m128i first = _mm_set1_epi8((char)a);
  const __m128i second = _mm_set1_epi8((char)b);
  const __m128i third = _mm_set1_epi8((char)c);
  for (; i + 16 <= count; i += 16) {
    const __m128i bytes = _mm_loadu_si128((const __m128i *)(p + i));
    const __m128i found = _mm_or_si128(
      _mm_or_si128(_mm_cmpeq_epi8(bytes, first), _mm_cmpeq_epi8(bytes, second)), _mm_cmpeq_epi8(bytes, third)
    );
    const int mask = _mm_movemask_epi8(found);
    if (mask) return i + (size_t)__builtin_ctz((unsigned)mask);
  }
#endif
  for (; i < count; i++) {
    if (p[i] == a || p[i] == b || p[i] == c) return i;
  }
  return count;
}

/* One line in a buffer, without its line feed. */
struct line_cut {
  uint32_t start;
  uint32_t end;
  /* Whether it has to be cleaned: it holds a NUL or an escape sequence, ends with a carriage return, or is too long. */
  bool is_dirty;
  /* Whether what was done to its characters has been undone; twice would turn `&amp;lt;` into `<`. */
  bool is_repaired;
};

/* How far the search for lines has come. */
struct line_scan {
  /* Up to where the buffer has been looked at. */
  size_t scanned;
  /* Where the line that is not finished yet begins. */
  size_t line_start;
  /* The bytes of a line that is not too long. */
  size_t longest;
  /* Whether the line that is not finished yet holds a NUL or an escape sequence. */
  bool is_dirty;
  /* Whether a line that has to be cleaned was found since this was last set to false. */
  bool has_cut_dirt;
};

/*
 * Writes the lines that end in p[scan->scanned..<to] to `cuts`, at most `capacity` of them, and returns how many; if
 * `scanned` is below `to` afterwards, there are more. `to` must be below 2^32.
 */
size_t byte_scan_lines(const uint8_t *p, size_t to, struct line_scan *scan, struct line_cut *cuts, size_t capacity);
