#ifndef TERMINAL_GUARD_H
#define TERMINAL_GUARD_H

#include <stdint.h>

// Signals while a terminal is in our hands. Those that ask for something become bytes in a pipe that
// poll(2) can wait for; those that kill first give the terminal back.

/// Remembers the terminal's settings and takes over the signals. 0, or -1 with errno.
int32_t guard_start(int32_t input, int32_t output);
/// Gives the signals back as they were.
void guard_stop(void);

/// Adds `text` to what is sent to the terminal before the process dies.
void guard_add_farewell(const char *text);

/// Readable while a signal waits.
int32_t guard_descriptor(void);
/// The next signal that has come, or 0.
int32_t guard_next_signal(void);

/// Stops the process group, as Ctrl-Z does in a shell; comes back when it is continued.
void guard_stop_process(void);

/// An eventfd that never blocks, or -1 with errno.
int32_t wakeup_open(void);
void wakeup_post(int32_t descriptor);
void wakeup_drain(int32_t descriptor);

#endif
