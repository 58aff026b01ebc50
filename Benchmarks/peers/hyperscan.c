/*
 * hyperscan PATTERNS FILE: counts the lines that any of the patterns matches, one hs_scan a line.
 *
 * Reads blocks of 256 KiB as failscope does. Patterns that Hyperscan refuses (back references, lookaround) are left out,
 * in its favour.
 */
#include <fcntl.h>
#include <hs/hs.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { BLOCK = 256 * 1024, MAXIMUM = 4096 };

static int matched(unsigned id, unsigned long long from, unsigned long long to, unsigned flags, void *context) {
  (void)id, (void)from, (void)to, (void)flags;
  *(int *)context = 1;
  return 1;
}

static hs_database_t *compiled(const char *path, unsigned *count) {
  static const char *patterns[MAXIMUM];
  static unsigned flags[MAXIMUM], ids[MAXIMUM];
  FILE *file = fopen(path, "r");
  char *line = NULL;
  size_t size = 0;
  ssize_t length;
  unsigned all = 0;
  if (!file) return NULL;
  while (all < MAXIMUM && (length = getline(&line, &size, file)) > 0) {
    if (line[length - 1] == '\n') line[length - 1] = 0;
    hs_database_t *alone = NULL;
    hs_compile_error_t *error = NULL;
    if (hs_compile(line, HS_FLAG_SINGLEMATCH | HS_FLAG_ALLOWEMPTY, HS_MODE_BLOCK, NULL, &alone, &error) != HS_SUCCESS) {
      hs_free_compile_error(error);
      continue;
    }
    hs_free_database(alone);
    patterns[all] = strdup(line);
    flags[all] = HS_FLAG_SINGLEMATCH | HS_FLAG_ALLOWEMPTY;
    ids[all] = all;
    all++;
  }
  fclose(file);
  hs_database_t *database = NULL;
  hs_compile_error_t *error = NULL;
  if (hs_compile_multi(patterns, flags, ids, all, HS_MODE_BLOCK, NULL, &database, &error) != HS_SUCCESS) {
    fprintf(stderr, "hyperscan: %s\n", error->message);
    return NULL;
  }
  *count = all;
  return database;
}

int main(int argc, char **argv) {
  if (argc != 3) return 64;
  unsigned patterns = 0;
  hs_database_t *database = compiled(argv[1], &patterns);
  hs_scratch_t *scratch = NULL;
  int file = open(argv[2], O_RDONLY);
  char *buffer = malloc(2 * BLOCK);
  if (!database || hs_alloc_scratch(database, &scratch) != HS_SUCCESS || file < 0 || !buffer) return 1;
  size_t held = 0;
  unsigned long lines = 0, hits = 0;
  ssize_t got;
  while ((got = read(file, buffer + held, BLOCK)) > 0) {
    char *start = buffer, *end = buffer + held + got, *stop;
    while ((stop = memchr(start, '\n', (size_t)(end - start)))) {
      int hit = 0;
      hs_scan(database, start, (unsigned)(stop - start), 0, scratch, matched, &hit);
      lines++;
      hits += (unsigned long)hit;
      start = stop + 1;
    }
    held = (size_t)(end - start);
    if (held > BLOCK) held = 0;
    memmove(buffer, start, held);
  }
  printf("%lu of %lu lines, %u patterns\n", hits, lines, patterns);
  return 0;
}
