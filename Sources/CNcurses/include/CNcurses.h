#ifndef CNCURSES_H
#define CNCURSES_H

#include <stdint.h>

#include "TerminalGuard.h"

// ncurses as plain functions of integers: its macros, globals and pointers stay in CNcurses.c.
// One screen a process; every function belongs to the main thread.

enum screen_result {
  screen_opened,
  /// The terminal data base does not know the type.
  screen_unknown_type,
  /// The type cannot place the cursor, so nothing can be drawn.
  screen_unusable_type,
  /// A system call failed; errno says why.
  screen_failed,
};

/// Takes the character set from the environment, or UTF-8 where it has another, so that ncurses and
/// wcwidth know wide characters. Gives 1 where the environment's own was UTF-8, else 0.
int32_t screen_use_locale(void);

/// The columns that the C library gives `scalar`, or -1.
int32_t screen_scalar_columns(uint32_t scalar);

/// Opens a terminal of `type`; `input` and `output` stay the caller's.
int32_t screen_open(const char *type, int32_t input, int32_t output);
void screen_close(void);
/// Leaves the screen as for the shell, and comes back to it.
void screen_suspend(void);
void screen_resume(void);

int32_t screen_rows(void);
int32_t screen_columns(void);
/// Asks the terminal for its size anew.
void screen_resize(void);

/// The name and version of the library.
const char *screen_library_version(void);

/// How many colours the terminal shows (0 for none) and pairs it keeps; asks nothing of it.
int32_t screen_colours(void);
int32_t screen_pairs(void);
/// Whether colours are numbers of red, green and blue.
int32_t screen_has_direct_colour(void);
/// Sends the terminal its first colour codes: never called where colour is not wanted.
void screen_start_colour(void);
/// Defines a pair from two colours; -1 is the terminal's own.
void screen_define_pair(int32_t pair, int32_t foreground, int32_t background);

enum screen_attribute {
  screen_bold = 1,
  screen_dim = 2,
  screen_italic = 4,
  screen_underline = 8,
  screen_reverse = 16,
};

void screen_style(int32_t attributes, int32_t pair);
void screen_move(int32_t row, int32_t column);
/// Writes a base scalar and up to four that combine with it (0 ends them) where the last one ended;
/// blanks where the C library does not give them `width` columns, so that no row ever shifts.
void screen_put(
  int32_t width, uint32_t base, uint32_t first, uint32_t second, uint32_t third,
  uint32_t fourth);
/// Shows what was written, with the cursor at a place, or hidden where `row` is negative.
void screen_show(int32_t row, int32_t column);
/// Forgets what the terminal shows, so that the next `screen_show` sends all of it.
void screen_forget(void);

enum screen_key {
  screen_key_none,
  /// A character; `scalar` says which.
  screen_key_scalar,
  screen_key_paste_begin,
  screen_key_paste_end,
  screen_key_enter,
  screen_key_backspace,
  screen_key_delete,
  screen_key_insert,
  screen_key_back_tab,
  screen_key_up,
  screen_key_down,
  screen_key_left,
  screen_key_right,
  screen_key_page_up,
  screen_key_page_down,
  screen_key_home,
  screen_key_end,
  /// F1...F24; `scalar` is the number.
  screen_key_function,
  screen_key_other,
};

struct screen_key_press {
  int32_t key;
  uint32_t scalar;
};

/// The next key that has arrived already; `screen_key_none` where there is none.
struct screen_key_press screen_read_key(void);

#endif
