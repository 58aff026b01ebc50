#include "byte_scan.h"

#include "wide_mask.h"

/* Ends a line; what is known of the next one begins anew. */
static inline void cut_line(const uint8_t *p, size_t end, struct line_scan *scan, struct line_cut *cut) {
  const bool is_dirty = scan->is_dirty || (end > 0 && p[end - 1] == '\r') || end - scan->line_start > scan->longest;
  *cut = (struct line_cut){(uint32_t)scan->line_start, (uint32_t)end, is_dirty, false};
  scan->line_start = end + 1;
  scan->is_dirty = false;
  scan->has_cut_dirt |= is_dirty;
}

/* Notes a byte below 32; returns how many lines it ends. */
static inline size_t note_control(const uint8_t *p, size_t at, struct line_scan *scan, struct line_cut *cut) {
  if (p[at] == '\n') {
    cut_line(p, at, scan, cut);
    return 1;
  }
  if (p[at] == 0x00 || p[at] == 0x1B) scan->is_dirty = true;
  return 0;
}

/* The loop over blocks of 64 bytes; it is compiled once for each way to find the control characters. */
__attribute__((always_inline)) static inline size_t scan_lines(
  const uint8_t *p, size_t to, struct line_scan *state, struct line_cut *cuts, size_t capacity,
  uint64_t (*controls_of)(const uint8_t *)
) {
  struct line_scan scan = *state;
  size_t found = 0;
  size_t i = scan.scanned;
  for (; i + 64 <= to; i += 64) {
    /* There is hardly one but line feeds. */
    uint64_t controls = controls_of(p + i);
    if (found + 64 > capacity) break;
    for (; controls; controls &= controls - 1) {
      found += note_control(p, i + (size_t)__builtin_ctzll(controls), &scan, cuts + found);
    }
  }
  for (; i < to && found < capacity; i++) {
    if (p[i] < 0x20) found += note_control(p, i, &scan, cuts + found);
  }
  scan.scanned = i;
  *state = scan;
  return found;
}

#if defined(__x86_64__)
__attribute__((target("avx2"))) static inline uint64_t wide_controls(const uint8_t *p) {
  const __m256i last = _mm256_set1_epi8(0x1F);
  const __m256i low = _mm256_loadu_si256((const __m256i *)p);
  const __m256i high = _mm256_loadu_si256((const __m256i *)(p + 32));
  return wide_bits(
    _mm256_cmpeq_epi8(_mm256_min_epu8(low, last), low), _mm256_cmpeq_epi8(_mm256_min_epu8(high, last), high)
  );
}

__attribute__((target("avx2"))) static size_t wide_scan_lines(
  const uint8_t *p, size_t to, struct line_scan *scan, struct line_cut *cuts, size_t capacity
) {
  return scan_lines(p, to, scan, cuts, capacity, wide_controls);
}
#endif

size_t byte_scan_lines(const uint8_t *p, size_t to, struct line_scan *scan, struct line_cut *cuts, size_t capacity) {
#if defined(__x86_64__)
  if (__builtin_cpu_supports("avx2")) return wide_scan_lines(p, to, scan, cuts, capacity);
#endif
  return scan_lines(p, to, scan, cuts, capacity, byte_scan_controls);
}
