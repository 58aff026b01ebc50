#include "byte_scan.h"

#include "wide_mask.h"

/* What is looked for in 64 bytes: bit i is set where p[i] is a line feed, and where it has to be cleaned away. */
struct scan_masks {
  uint64_t newlines;
  uint64_t dirt;
};

static inline struct scan_masks scan_masks(const uint8_t *p) {
  return (struct scan_masks){byte_scan_newlines(p), byte_scan_dirt(p)};
}

/* Ends a line; what is known of the next one begins anew. */
static inline void cut_line(const uint8_t *p, size_t end, struct line_scan *scan, struct line_cut *cut) {
  const bool is_dirty = scan->is_dirty || (end > 0 && p[end - 1] == '\r') || end - scan->line_start > scan->longest;
  *cut = (struct line_cut){(uint32_t)scan->line_start, (uint32_t)end, is_dirty, false};
  scan->line_start = end + 1;
  scan->is_dirty = false;
  scan->has_cut_dirt |= is_dirty;
}

/* The loop over blocks of 64 bytes; it is compiled once for each way to find the masks. */
__attribute__((always_inline)) static inline size_t scan_lines(
  const uint8_t *p, size_t to, struct line_scan *state, struct line_cut *cuts, size_t capacity,
  struct scan_masks (*masks_of)(const uint8_t *)
) {
  struct line_scan scan = *state;
  size_t found = 0;
  size_t i = scan.scanned;
  for (; i + 64 <= to; i += 64) {
    struct scan_masks masks = masks_of(p + i);
    if (found + 64 > capacity) break;
    while (masks.newlines) {
      const int bit = __builtin_ctzll(masks.newlines);
      if (masks.dirt) {
        const uint64_t through = bit == 63 ? ~0ull : (1ull << (bit + 1)) - 1;
        if (masks.dirt & through) scan.is_dirty = true;
        masks.dirt &= ~through;
      }
      cut_line(p, i + (size_t)bit, &scan, cuts + found++);
      masks.newlines &= masks.newlines - 1;
    }
    if (masks.dirt) scan.is_dirty = true;
  }
  for (; i < to && found < capacity; i++) {
    if (p[i] == 0x00 || p[i] == 0x1B) scan.is_dirty = true;
    if (p[i] == '\n') cut_line(p, i, &scan, cuts + found++);
  }
  scan.scanned = i;
  *state = scan;
  return found;
}

#if defined(__x86_64__)
__attribute__((target("avx2"))) static inline struct scan_masks wide_scan_masks(const uint8_t *p) {
  const __m256i low = _mm256_loadu_si256((const __m256i *)p);
  const __m256i high = _mm256_loadu_si256((const __m256i *)(p + 32));
  struct scan_masks masks = {wide_mask(low, high, '\n'), 0};
  /* Nearly all blocks are clean, so look for both kinds of dirt at once first: v and v ^ ESC are zero nowhere. */
  const __m256i escape = _mm256_set1_epi8(0x1B);
  const __m256i least = _mm256_min_epu8(
    _mm256_min_epu8(low, _mm256_xor_si256(low, escape)), _mm256_min_epu8(high, _mm256_xor_si256(high, escape))
  );
  if (_mm256_movemask_epi8(_mm256_cmpeq_epi8(least, _mm256_setzero_si256()))) {
    masks.dirt = wide_mask(low, high, 0x00) | wide_mask(low, high, 0x1B);
  }
  return masks;
}

__attribute__((target("avx2"))) static size_t wide_scan_lines(
  const uint8_t *p, size_t to, struct line_scan *scan, struct line_cut *cuts, size_t capacity
) {
  return scan_lines(p, to, scan, cuts, capacity, wide_scan_masks);
}
#endif

size_t byte_scan_lines(const uint8_t *p, size_t to, struct line_scan *scan, struct line_cut *cuts, size_t capacity) {
#if defined(__x86_64__)
  if (__builtin_cpu_supports("avx2")) return wide_scan_lines(p, to, scan, cuts, capacity);
#endif
  return scan_lines(p, to, scan, cuts, capacity, scan_masks);
}
