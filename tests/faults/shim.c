/* Counts the calls that change files below one folder, in a program and in every git that it starts, and at
 * one of them does what a bad day does: kills, tears a write in two, or fails it.
 *
 * Loaded with LD_PRELOAD. FAULT_CONTROL names a file that every process of the tree maps; shim.py writes the
 * order into it, and reads what was called. The layout of `struct control` is known there as well.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdio_ext.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <unistd.h>
#include <utime.h>

enum fault { COUNT, KILL, KILL_AFTER, TEAR, FAIL, KILL_PROGRAM, KILL_ONE };
enum kind { OTHER = 0, GROWS = 1, WRITES = 2 };
enum verdict { GO_ON, FAILS, TEARS, DIES_AFTER };

#define MOST_CALLS 8192
#define CALL_LENGTH 192

struct control {
  uint32_t armed, fault, error, at, sticky, count, dead, unused;
  char root[1024];
  struct { uint8_t kind; char text[CALL_LENGTH - 1]; } calls[MOST_CALLS];
};

static struct control *control;

__attribute__((constructor)) static void map_control(void) {
  const char *path = getenv("FAULT_CONTROL");
  int file = path ? open(path, O_RDWR | O_CLOEXEC) : -1;
  if (file < 0) return;
  void *mapped = mmap(NULL, sizeof(struct control), PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
  if (mapped != MAP_FAILED) control = mapped;
  close(file);
}

/* The whole group at once, as when the machine stops; whoever left the group dies at its next call. */
static void die(void) {
  control->dead = 1;
  kill(0, SIGKILL);
  raise(SIGKILL);
}

static const char *below(const char *path) {
  size_t length = strlen(control->root);
  if (strncmp(path, control->root, length) != 0) return NULL;
  return path[length] == '/' ? path + length + 1 : NULL;
}

static __thread char found[PATH_MAX * 2];

static const char *of_file(int file) {
  if (!control || !control->armed) return NULL;
  char link[64];
  snprintf(link, sizeof link, "/proc/self/fd/%d", file);
  ssize_t length = readlink(link, found, sizeof found - 1);
  if (length < 0) return NULL;
  found[length] = 0;
  return below(found);
}

static const char *of_path(int folder, const char *path) {
  if (!control || !control->armed || !path) return NULL;
  if (path[0] == '/') return below(path);
  char link[64];
  if (folder == AT_FDCWD) strcpy(link, "/proc/self/cwd");
  else snprintf(link, sizeof link, "/proc/self/fd/%d", folder);
  ssize_t length = readlink(link, found, PATH_MAX - 1);
  if (length < 0) return NULL;
  snprintf(found + length, sizeof found - length, "/%s", path);
  return below(found);
}

/* A disk that is full still lets files be removed and renamed; a broken one lets nothing pass. */
static int spares(enum kind kind) { return control->error == ENOSPC && !(kind & GROWS); }

static enum verdict reached(const char *name, const char *where, enum kind kind) {
  if (!where) return GO_ON;
  if (control->dead) raise(SIGKILL);
  uint32_t now = __atomic_add_fetch(&control->count, 1, __ATOMIC_SEQ_CST);
  if (now <= MOST_CALLS) {
    control->calls[now - 1].kind = kind;
    snprintf(control->calls[now - 1].text, CALL_LENGTH - 1, "%s %s %s", program_invocation_short_name, name, where);
  }
  if (control->fault == FAIL && now >= control->at && (now == control->at || control->sticky)) {
    if (spares(kind)) return GO_ON;
    errno = control->error;
    return FAILS;
  }
  if (now != control->at) return GO_ON;
  switch (control->fault) {
    case KILL: die(); break;
    case KILL_ONE: raise(SIGKILL); break;
    case KILL_PROGRAM: kill(getpgrp(), SIGKILL); break;
    case KILL_AFTER: return DIES_AFTER;
    case TEAR: if (!(kind & WRITES)) die(); return TEARS;
    default: break;
  }
  return GO_ON;
}

#define REAL(type, name, parameters)                        \
  static type(*real) parameters;                            \
  if (!real) real = (type(*) parameters)dlsym(RTLD_NEXT, #name)

#define CHANGES(type, name, parameters, arguments, where, kind) \
  type name parameters {                                        \
    REAL(type, name, parameters);                               \
    enum verdict verdict = reached(#name, where, kind);         \
    if (verdict == FAILS) return -1;                            \
    type result = real arguments;                               \
    if (verdict == DIES_AFTER) die();                           \
    return result;                                              \
  }

CHANGES(int, fsync, (int file), (file), of_file(file), GROWS)
CHANGES(int, fdatasync, (int file), (file), of_file(file), GROWS)
CHANGES(int, fchmod, (int file, mode_t mode), (file, mode), of_file(file), OTHER)
CHANGES(int, ftruncate, (int file, off_t size), (file, size), of_file(file), OTHER)
CHANGES(int, ftruncate64, (int file, off64_t size), (file, size), of_file(file), OTHER)
CHANGES(int, futimens, (int file, const struct timespec times[2]), (file, times), of_file(file), OTHER)
CHANGES(int, chmod, (const char *path, mode_t mode), (path, mode), of_path(AT_FDCWD, path), OTHER)
CHANGES(int, fchmodat, (int folder, const char *path, mode_t mode, int flags), (folder, path, mode, flags),
        of_path(folder, path), OTHER)
CHANGES(int, truncate, (const char *path, off_t size), (path, size), of_path(AT_FDCWD, path), OTHER)
CHANGES(int, utime, (const char *path, const struct utimbuf *times), (path, times), of_path(AT_FDCWD, path), OTHER)
CHANGES(int, utimensat, (int folder, const char *path, const struct timespec times[2], int flags),
        (folder, path, times, flags), of_path(folder, path), OTHER)
CHANGES(int, rename, (const char *old, const char *new), (old, new), of_path(AT_FDCWD, new), OTHER)
CHANGES(int, renameat, (int from, const char *old, int to, const char *new), (from, old, to, new), of_path(to, new),
        OTHER)
CHANGES(int, renameat2, (int from, const char *old, int to, const char *new, unsigned flags),
        (from, old, to, new, flags), of_path(to, new), OTHER)
CHANGES(int, link, (const char *old, const char *new), (old, new), of_path(AT_FDCWD, new), GROWS)
CHANGES(int, linkat, (int from, const char *old, int to, const char *new, int flags), (from, old, to, new, flags),
        of_path(to, new), GROWS)
CHANGES(int, symlink, (const char *target, const char *path), (target, path), of_path(AT_FDCWD, path), GROWS)
CHANGES(int, symlinkat, (const char *target, int folder, const char *path), (target, folder, path),
        of_path(folder, path), GROWS)
CHANGES(int, unlink, (const char *path), (path), of_path(AT_FDCWD, path), OTHER)
CHANGES(int, unlinkat, (int folder, const char *path, int flags), (folder, path, flags), of_path(folder, path), OTHER)
CHANGES(int, rmdir, (const char *path), (path), of_path(AT_FDCWD, path), OTHER)
CHANGES(int, mkdir, (const char *path, mode_t mode), (path, mode), of_path(AT_FDCWD, path), GROWS)
CHANGES(int, mkdirat, (int folder, const char *path, mode_t mode), (folder, path, mode), of_path(folder, path), GROWS)
CHANGES(int, mkstemp, (char *pattern), (pattern), of_path(AT_FDCWD, pattern), GROWS)
CHANGES(int, mkstemp64, (char *pattern), (pattern), of_path(AT_FDCWD, pattern), GROWS)

#define WRITES_OUT(name, parameters, arguments, half)                        \
  ssize_t name parameters {                                                  \
    REAL(ssize_t, name, parameters);                                         \
    enum verdict verdict = reached(#name, of_file(file), WRITES | GROWS);    \
    if (verdict == FAILS) return -1;                                         \
    ssize_t result = verdict == TEARS ? real half : real arguments;          \
    if (verdict != GO_ON) die();                                             \
    return result;                                                           \
  }

WRITES_OUT(write, (int file, const void *data, size_t size), (file, data, size), (file, data, size / 2))
WRITES_OUT(pwrite, (int file, const void *data, size_t size, off_t at), (file, data, size, at),
           (file, data, size / 2, at))
WRITES_OUT(pwrite64, (int file, const void *data, size_t size, off64_t at), (file, data, size, at),
           (file, data, size / 2, at))
WRITES_OUT(writev, (int file, const struct iovec *parts, int count), (file, parts, count), (file, parts, count / 2))

/* What opens a file to read it changes nothing and is not counted. */
static const char *for_writing(const char *where, int flags) {
  return flags & (O_WRONLY | O_RDWR | O_CREAT | O_TRUNC) ? where : NULL;
}

#define OPENS(name, parameters, given, where)                                           \
  int name parameters {                                                                 \
    REAL(int, name, parameters);                                                        \
    va_list more;                                                                       \
    va_start(more, flags);                                                              \
    mode_t mode = flags & (O_CREAT | __O_TMPFILE) ? va_arg(more, mode_t) : 0;           \
    va_end(more);                                                                       \
    enum verdict verdict = reached(#name, for_writing(where, flags), flags & O_CREAT ? GROWS : OTHER); \
    if (verdict == FAILS) return -1;                                                    \
    int result = real given;                                                            \
    if (verdict == DIES_AFTER) die();                                                   \
    return result;                                                                      \
  }

OPENS(open, (const char *path, int flags, ...), (path, flags, mode), of_path(AT_FDCWD, path))
OPENS(open64, (const char *path, int flags, ...), (path, flags, mode), of_path(AT_FDCWD, path))
OPENS(openat, (int folder, const char *path, int flags, ...), (folder, path, flags, mode), of_path(folder, path))
OPENS(openat64, (int folder, const char *path, int flags, ...), (folder, path, flags, mode), of_path(folder, path))
CHANGES(int, __open_2, (const char *path, int flags), (path, flags), for_writing(of_path(AT_FDCWD, path), flags), OTHER)
CHANGES(int, __open64_2, (const char *path, int flags), (path, flags), for_writing(of_path(AT_FDCWD, path), flags),
        OTHER)
CHANGES(int, creat, (const char *path, mode_t mode), (path, mode), of_path(AT_FDCWD, path), GROWS)
CHANGES(int, creat64, (const char *path, mode_t mode), (path, mode), of_path(AT_FDCWD, path), GROWS)

#define OPENS_STREAM(name)                                                              \
  FILE *name(const char *path, const char *mode) {                                      \
    REAL(FILE *, name, (const char *, const char *));                                   \
    const char *where = strpbrk(mode, "wa+") ? of_path(AT_FDCWD, path) : NULL;          \
    enum verdict verdict = reached(#name, where, GROWS);                                \
    if (verdict == FAILS) return NULL;                                                  \
    FILE *result = real(path, mode);                                                    \
    if (verdict == DIES_AFTER) die();                                                   \
    return result;                                                                      \
  }

OPENS_STREAM(fopen)
OPENS_STREAM(fopen64)

/* A stream writes when it is flushed, by a call inside of the C library that cannot be caught. */
#define EMPTIES(name)                                                                        \
  int name(FILE *stream) {                                                                   \
    REAL(int, name, (FILE *));                                                               \
    const char *where = stream && __fpending(stream) ? of_file(fileno(stream)) : NULL;       \
    enum verdict verdict = reached(#name, where, GROWS);                                     \
    int wrong = errno;                                                                       \
    if (verdict == FAILS) __fpurge(stream);                                                  \
    int result = real(stream);                                                               \
    if (verdict == DIES_AFTER) die();                                                        \
    if (verdict != FAILS) return result;                                                     \
    errno = wrong;                                                                           \
    return EOF;                                                                              \
  }

EMPTIES(fflush)
EMPTIES(fclose)
