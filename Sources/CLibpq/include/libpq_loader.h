/*
 * libpq, loaded when it is first needed.
 *
 * The types come from libpq's own header, so that a wrong call does not compile; nothing is linked, so that a server
 * without libpq runs everything that needs no connection.
 */
#pragma once

#include <stddef.h>

#if __has_include(<libpq-fe.h>)
#include <libpq-fe.h>
#else
#include <postgresql/libpq-fe.h> /* where Debian puts it */
#endif

/* Everything that is called; all of it is in libpq 10 and newer. */
#define LIBPQ_FUNCTIONS(FUNCTION) \
  FUNCTION(PQcancel) \
  FUNCTION(PQclear) \
  FUNCTION(PQcmdTuples) \
  FUNCTION(PQconndefaults) \
  FUNCTION(PQconnectPoll) \
  FUNCTION(PQconnectStartParams) \
  FUNCTION(PQconninfoFree) \
  FUNCTION(PQconninfoParse) \
  FUNCTION(PQconsumeInput) \
  FUNCTION(PQerrorMessage) \
  FUNCTION(PQfinish) \
  FUNCTION(PQflush) \
  FUNCTION(PQfname) \
  FUNCTION(PQfreeCancel) \
  FUNCTION(PQfreemem) \
  FUNCTION(PQgetCancel) \
  FUNCTION(PQgetResult) \
  FUNCTION(PQgetisnull) \
  FUNCTION(PQgetlength) \
  FUNCTION(PQgetvalue) \
  FUNCTION(PQisBusy) \
  FUNCTION(PQnfields) \
  FUNCTION(PQntuples) \
  FUNCTION(PQparameterStatus) \
  FUNCTION(PQresultErrorField) \
  FUNCTION(PQresultErrorMessage) \
  FUNCTION(PQresultStatus) \
  FUNCTION(PQsendQueryParams) \
  FUNCTION(PQserverVersion) \
  FUNCTION(PQsetErrorVerbosity) \
  FUNCTION(PQsetNoticeProcessor) \
  FUNCTION(PQsetnonblocking) \
  FUNCTION(PQsocket) \
  FUNCTION(PQstatus)

/* The functions, each under its own name. */
struct libpq {
#define LIBPQ_MEMBER(name) __typeof__(name) *_Nonnull name;
  LIBPQ_FUNCTIONS(LIBPQ_MEMBER)
#undef LIBPQ_MEMBER
};

/*
 * Loads the shared library `file` and finds its functions. NULL if it cannot be loaded or lacks one of them: `reason`
 * then holds the loader's words, cut to `capacity` bytes. The result belongs to the caller, who frees it; the library
 * stays loaded, since what it has registered with OpenSSL and with the process' end must not vanish.
 */
const struct libpq *_Nullable libpq_load(const char *_Nonnull file, char *_Nonnull reason, size_t capacity);

/* Frees what `libpq_load` gave. */
void libpq_free(const struct libpq *_Nonnull functions);

/* A PQnoticeProcessor that prints nothing; libpq's own writes notices to standard error. */
void libpq_ignore_notice(void *_Nullable context, const char *_Nullable message);
