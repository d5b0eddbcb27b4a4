#ifndef CPROCESS_H
#define CPROCESS_H

#include <stdint.h>
#include <sys/types.h>

/// Starts a program that ends when we do, however we end: posix_spawn cannot ask for that.

/// Starts the program at `path` in a group of its own, with the signals of a new process and the three
/// descriptors as its standard streams. The kernel kills it once the thread that calls this has ended.
/// Returns 0 and its process, or the errno that kept it from starting.
int32_t cprocess_start(
  const char *path, char *const arguments[], char *const environment[], const int32_t streams[3],
  pid_t *process);

#endif
