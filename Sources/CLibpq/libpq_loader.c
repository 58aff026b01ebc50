#include "libpq_loader.h"

#include <dlfcn.h>
#include <stdio.h>
#include <stdlib.h>

static void explain(char *reason, size_t capacity) {
  const char *words = dlerror();
  snprintf(reason, capacity, "%s", words ? words : "it cannot be loaded");
}

const struct libpq *libpq_load(const char *file, char *reason, size_t capacity) {
  void *handle = dlopen(file, RTLD_NOW | RTLD_LOCAL);
  if (!handle) {
    explain(reason, capacity);
    return NULL;
  }
  struct libpq *functions = malloc(sizeof *functions);
  if (!functions) {
    snprintf(reason, capacity, "out of memory");
    return NULL;
  }
#define LIBPQ_FIND(name) \
  functions->name = (__typeof__(functions->name))dlsym(handle, #name); \
  if (!functions->name) { \
    explain(reason, capacity); \
    free(functions); \
    return NULL; \
  }
  LIBPQ_FUNCTIONS(LIBPQ_FIND)
#undef LIBPQ_FIND
  return functions;
}

void libpq_free(const struct libpq *functions) {
  free((void *)functions);
}

void libpq_ignore_notice(void *context, const char *message) {
  (void)context;
  (void)message;
}
