#ifndef SPAWNING_H
#define SPAWNING_H

#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

// In C, because glibc declares what this takes only under _GNU_SOURCE, which Swift does not set.

// A new pseudo-terminal that no child inherits and no reader waits on: the descriptor of the side
// that holds it, -1 where there is none (errno). `name` becomes the path of the side for programs.
int32_t pseudo_terminal_open(char *name, size_t capacity);
// 0, or -1 (errno).
int32_t pseudo_terminal_resize(int32_t descriptor, uint16_t columns, uint16_t rows);

// Starts the program words[0] in `folder` as the leader of a new session, with all signals at their
// defaults and no descriptor but the three named streams. The first terminal among these becomes
// the session's. Both lists end with NULL. 0, or the error number.
int spawn_session(
  char *const words[], char *const variables[], const char *folder, const char *input,
  const char *output, const char *error, pid_t *process);

#endif
