#define _GNU_SOURCE
#include "CProcess.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

// Other threads may hold any lock at the moment of the fork: between it and execve stand nothing but
// calls that are safe in a signal handler.
static void become(
  const char *path, char *const arguments[], char *const environment[], const int32_t streams[3],
  pid_t parent) {
  if (prctl(PR_SET_PDEATHSIG, SIGKILL) != 0) return;
  // We may have ended before that.
  if (getppid() != parent) return;
  if (setpgid(0, 0) != 0) return;
  int copies[3];
  // Out of the way first: a stream may stand where another one belongs.
  for (int i = 0; i < 3; i++) {
    copies[i] = fcntl(streams[i], F_DUPFD_CLOEXEC, 3);
    if (copies[i] < 0) return;
  }
  for (int i = 0; i < 3; i++) {
    if (dup2(copies[i], i) < 0) return;
  }
  struct sigaction standard = {.sa_handler = SIG_DFL};
  for (int number = 1; number < NSIG; number++) sigaction(number, &standard, NULL);
  sigset_t none;
  sigemptyset(&none);
  sigprocmask(SIG_SETMASK, &none, NULL);
  execve(path, arguments, environment);
}

int32_t cprocess_start(
  const char *path, char *const arguments[], char *const environment[], const int32_t streams[3],
  pid_t *process) {
  // Closed by execve; else it brings the reason.
  int reason[2];
  if (pipe2(reason, O_CLOEXEC) != 0) return errno;
  // No handler of ours may run in the child.
  sigset_t all, before;
  sigfillset(&all);
  pthread_sigmask(SIG_SETMASK, &all, &before);
  pid_t parent = getpid();
  pid_t child = fork();
  if (child == 0) {
    become(path, arguments, environment, streams, parent);
    int code = errno;
    ssize_t ignored = write(reason[1], &code, sizeof code);
    (void)ignored;
    _exit(127);
  }
  int code = child < 0 ? errno : 0;
  pthread_sigmask(SIG_SETMASK, &before, NULL);
  close(reason[1]);
  if (child > 0) {
    int told;
    ssize_t count;
    do count = read(reason[0], &told, sizeof told);
    while (count < 0 && errno == EINTR);
    if (count == sizeof told) {
      code = told == 0 ? ECHILD : told;
      while (waitpid(child, NULL, 0) < 0 && errno == EINTR) {}
    }
  }
  close(reason[0]);
  if (code == 0) *process = child;
  return code;
}
