/*
 * Comparing 64 bytes with one, where there is AVX2; for the files of this folder only.
 */
#pragma once

#if defined(__x86_64__)
#include <immintrin.h>
#include <stdint.h>

/* Bit i of the result is set where byte i of the 64 in `low` and `high` equals `byte`. */
__attribute__((target("avx2"))) static inline uint64_t wide_mask(__m256i low, __m256i high, uint8_t byte) {
  const __m256i wanted = _mm256_set1_epi8((char)byte);
  const uint32_t first = (uint32_t)_mm256_movemask_epi8(_mm256_cmpeq_epi8(low, wanted));
  const uint32_t second = (uint32_t)_mm256_movemask_epi8(_mm256_cmpeq_epi8(high, wanted));
  return (uint64_t)second << 32 | first;
}
#endif
