/*
 * Comparing 64 bytes at once, where there is AVX2; for the files of this folder only.
 */
#pragma once

#if defined(__x86_64__)
#include <immintrin.h>
#include <stdint.h>

/* The top bits of 64 bytes. */
__attribute__((target("avx2"))) static inline uint64_t wide_bits(__m256i low, __m256i high) {
  return (uint64_t)(uint32_t)_mm256_movemask_epi8(high) << 32 | (uint32_t)_mm256_movemask_epi8(low);
}

/* Bit i of the result is set where byte i of the 64 in `low` and `high` equals `byte`. */
__attribute__((target("avx2"))) static inline uint64_t wide_mask(__m256i low, __m256i high, uint8_t byte) {
  const __m256i wanted = _mm256_set1_epi8((char)byte);
  return wide_bits(_mm256_cmpeq_epi8(low, wanted), _mm256_cmpeq_epi8(high, wanted));
}

/* Bit i of the result is set where byte i of the 64 in `low` and `high` equals the one at other[i]. */
__attribute__((target("avx2"))) static inline uint64_t wide_same(__m256i low, __m256i high, const uint8_t *other) {
  const __m256i other_low = _mm256_loadu_si256((const __m256i *)other);
  const __m256i other_high = _mm256_loadu_si256((const __m256i *)(other + 32));
  return wide_bits(_mm256_cmpeq_epi8(low, other_low), _mm256_cmpeq_epi8(high, other_high));
}
#endif
