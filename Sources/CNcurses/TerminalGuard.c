#define _GNU_SOURCE
#include "TerminalGuard.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <termios.h>
#include <unistd.h>

// SIGWINCH is ours too: ncurses' own handler only sets a flag, which a poll(2) that begins just
// behind it would sleep on. All are taken before newterm(), which leaves taken signals alone.
static const int notices[] = {SIGINT, SIGTERM, SIGHUP, SIGTSTP, SIGCONT, SIGWINCH};
static const int fatal[] = {SIGSEGV, SIGBUS, SIGILL, SIGABRT, SIGFPE, SIGTRAP};
enum {
  notice_count = sizeof notices / sizeof *notices,
  fatal_count = sizeof fatal / sizeof *fatal,
  farewell_size = 512,
  // sysconf(_SC_SIGSTKSZ) is larger on machines with wide vector registers; this is enough for all.
  stack_size = 64 * 1024,
};

static struct sigaction former_notices[notice_count];
static struct sigaction former_fatal[fatal_count];
static struct termios settings;
static int guarded_input = -1;
static int guarded_output = -1;
static int mailbox[2] = {-1, -1};
static char farewell[farewell_size];
static volatile size_t farewell_length;
static char stack[stack_size];

static void on_notice(int number) {
  int saved = errno;
  unsigned char byte = (unsigned char)number;
  // A full pipe already holds more than anyone will read before the screen is drawn anew.
  ssize_t written = write(mailbox[1], &byte, 1);
  (void)written;
  errno = saved;
}

// Only functions that POSIX allows in a handler.
static void on_fatal(int number, siginfo_t *info, void *context) {
  (void)context;
  size_t sent = 0;
  while (sent < farewell_length) {
    ssize_t count = write(guarded_output, farewell + sent, farewell_length - sent);
    if (count <= 0) break;
    sent += (size_t)count;
  }
  tcsetattr(guarded_input, TCSANOW, &settings);
  for (int i = 0; i < fatal_count; i++) {
    if (fatal[i] == number) sigaction(number, &former_fatal[i], NULL);
  }
  if (info->si_code <= 0) {
    // Sent, by somebody else or by abort(): the process dies of it. A former handler may not see to
    // that; Swift's prints a backtrace and asks what to do.
    signal(number, SIG_DFL);
    raise(number);
  } else if (number == SIGTRAP) {
    // Other faults come again by themselves when the handler returns, with their address.
    raise(number);
  }
}

int32_t guard_start(int32_t input, int32_t output) {
  if (tcgetattr(input, &settings) != 0) return -1;
  if (pipe2(mailbox, O_CLOEXEC | O_NONBLOCK) != 0) return -1;
  guarded_input = input;
  guarded_output = output;
  farewell_length = 0;

  stack_t alternate = {.ss_sp = stack, .ss_size = sizeof stack};
  sigaltstack(&alternate, NULL);
  struct sigaction action;
  memset(&action, 0, sizeof action);
  sigfillset(&action.sa_mask);
  action.sa_flags = SA_SIGINFO | SA_ONSTACK;
  action.sa_sigaction = on_fatal;
  for (int i = 0; i < fatal_count; i++) sigaction(fatal[i], &action, &former_fatal[i]);
  action.sa_flags = SA_RESTART;
  action.sa_handler = on_notice;
  for (int i = 0; i < notice_count; i++) sigaction(notices[i], &action, &former_notices[i]);
  return 0;
}

void guard_stop(void) {
  for (int i = 0; i < notice_count; i++) sigaction(notices[i], &former_notices[i], NULL);
  for (int i = 0; i < fatal_count; i++) sigaction(fatal[i], &former_fatal[i], NULL);
  for (int i = 0; i < 2; i++) {
    close(mailbox[i]);
    mailbox[i] = -1;
  }
}

void guard_add_farewell(const char *text) {
  size_t length = strlen(text);
  if (farewell_length + length > farewell_size) return;
  memcpy(farewell + farewell_length, text, length);
  farewell_length += length;
}

int32_t guard_descriptor(void) { return mailbox[0]; }

int32_t guard_next_signal(void) {
  unsigned char byte;
  ssize_t count;
  do {
    count = read(mailbox[0], &byte, 1);
  } while (count < 0 && errno == EINTR);
  return count == 1 ? byte : 0;
}

void guard_stop_process(void) {
  struct sigaction standard, ours;
  memset(&standard, 0, sizeof standard);
  sigemptyset(&standard.sa_mask);
  standard.sa_handler = SIG_DFL;
  sigaction(SIGTSTP, &standard, &ours);
  kill(0, SIGTSTP);
  sigaction(SIGTSTP, &ours, NULL);
}

int32_t wakeup_open(void) { return eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK); }

void wakeup_post(int32_t descriptor) {
  uint64_t one = 1;
  ssize_t written;
  do {
    written = write(descriptor, &one, sizeof one);
  } while (written < 0 && errno == EINTR);
}

void wakeup_drain(int32_t descriptor) {
  uint64_t count;
  ssize_t taken;
  do {
    taken = read(descriptor, &count, sizeof count);
  } while (taken < 0 && errno == EINTR);
}
