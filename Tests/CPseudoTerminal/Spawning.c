#define _GNU_SOURCE
#include "Spawning.h"

#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

int32_t pseudo_terminal_open(char *name, size_t capacity) {
  int descriptor = posix_openpt(O_RDWR | O_NOCTTY | O_CLOEXEC | O_NONBLOCK);
  if (descriptor < 0) return -1;
  if (grantpt(descriptor) == 0 && unlockpt(descriptor) == 0 &&
      ptsname_r(descriptor, name, capacity) == 0) {
    return descriptor;
  }
  close(descriptor);
  return -1;
}

int32_t pseudo_terminal_resize(int32_t descriptor, uint16_t columns, uint16_t rows) {
  struct winsize size = {.ws_col = columns, .ws_row = rows};
  return ioctl(descriptor, TIOCSWINSZ, &size);
}

static int flags_for(const char *path, int is_input) {
  if (strncmp(path, "/dev/pts/", 9) == 0) return O_RDWR;
  return is_input ? O_RDONLY : O_WRONLY | O_CREAT | O_TRUNC;
}

int spawn_session(
  char *const words[], char *const variables[], const char *folder, const char *input,
  const char *output, const char *error, pid_t *process) {
  posix_spawnattr_t attributes;
  posix_spawnattr_init(&attributes);
  posix_spawnattr_setflags(
    &attributes, POSIX_SPAWN_SETSID | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);
  sigset_t signals;
  sigemptyset(&signals);
  posix_spawnattr_setsigmask(&attributes, &signals);
  sigfillset(&signals);
  posix_spawnattr_setsigdefault(&attributes, &signals);

  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_addchdir_np(&actions, folder);
  const char *streams[] = {input, output, error};
  for (int i = 0; i < 3; i++) {
    posix_spawn_file_actions_addopen(&actions, i, streams[i], flags_for(streams[i], i == 0), 0600);
  }
  posix_spawn_file_actions_addclosefrom_np(&actions, 3);

  int result = posix_spawn(process, words[0], &actions, &attributes, words, variables);
  posix_spawn_file_actions_destroy(&actions);
  posix_spawnattr_destroy(&attributes);
  return result;
}
