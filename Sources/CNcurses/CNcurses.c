#define _GNU_SOURCE
#define NCURSES_WIDECHAR 1
#include "CNcurses.h"

#include <curses.h>
#include <term.h>

#include <errno.h>
#include <langinfo.h>
#include <locale.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>
#include <wchar.h>

enum { key_paste_begin = KEY_MAX + 1, key_paste_end };

static SCREEN *screen;
static FILE *input_file;
static FILE *output_file;
static int output_descriptor;
static int has_direct_colour;

int32_t screen_use_locale(void) {
  setlocale(LC_CTYPE, "");
  if (strcmp(nl_langinfo(CODESET), "UTF-8") == 0) return 1;
  setlocale(LC_CTYPE, "C.UTF-8");
  return 0;
}

int32_t screen_scalar_columns(uint32_t scalar) { return wcwidth((wchar_t)scalar); }

static void send(const char *text) {
  size_t length = strlen(text);
  while (length > 0) {
    ssize_t written = write(output_descriptor, text, length);
    if (written < 0 && errno != EINTR) return;
    if (written > 0) {
      text += written;
      length -= (size_t)written;
    }
  }
}

static void take_modes(void) {
  raw();
  noecho();
  nonl();
  intrflush(stdscr, FALSE);
  keypad(stdscr, TRUE);
  nodelay(stdscr, TRUE);
}

/// A capability as it is sent, up to its padding, which no terminal of today needs.
static void add_farewell(const char *capability) {
  const char *text = tigetstr((char *)capability);
  if (text == NULL || text == (const char *)-1) return;
  char plain[128];
  size_t length = strcspn(text, "$");
  if (length >= sizeof plain) return;
  memcpy(plain, text, length);
  plain[length] = 0;
  guard_add_farewell(plain);
}

static void close_files(void) {
  int saved = errno;
  if (input_file != NULL) fclose(input_file);
  if (output_file != NULL) fclose(output_file);
  input_file = output_file = NULL;
  errno = saved;
}

static FILE *open_copy(int descriptor, const char *mode) {
  int copy = dup(descriptor);
  if (copy < 0) return NULL;
  FILE *file = fdopen(copy, mode);
  if (file == NULL) close(copy);
  return file;
}

int32_t screen_open(const char *type, int32_t input, int32_t output) {
  // Asking first keeps newterm() from writing to a terminal that it cannot drive.
  int known = 0;
  if (setupterm(type, output, &known) != OK) return screen_unknown_type;
  const char *place = tigetstr("cup");
  int is_usable = place != NULL && place != (const char *)-1;
  has_direct_colour = tigetflag("RGB") == 1;
  del_curterm(cur_term);
  if (!is_usable) return screen_unusable_type;

  input_file = open_copy(input, "r");
  output_file = open_copy(output, "w");
  if (input_file == NULL || output_file == NULL) {
    close_files();
    return screen_failed;
  }
  set_escdelay(25);
  screen = newterm(type, output_file, input_file);
  if (screen == NULL) {
    close_files();
    return screen_unknown_type;
  }
  output_descriptor = output;
  take_modes();
  define_key("\033[200~", key_paste_begin);
  define_key("\033[201~", key_paste_end);
  guard_add_farewell("\033[?2004l");
  add_farewell("sgr0");
  add_farewell("rmkx");
  add_farewell("cnorm");
  add_farewell("rmcup");
  send("\033[?2004h");
  return screen_opened;
}

void screen_close(void) {
  send("\033[?2004l");
  endwin();
  delscreen(screen);
  screen = NULL;
  close_files();
}

void screen_suspend(void) {
  send("\033[?2004l");
  endwin();
}

void screen_resume(void) {
  reset_prog_mode();
  screen_resize();
  clearok(curscr, TRUE);
  send("\033[?2004h");
}

int32_t screen_rows(void) { return getmaxy(stdscr); }
int32_t screen_columns(void) { return getmaxx(stdscr); }

void screen_resize(void) {
  struct winsize size;
  if (ioctl(output_descriptor, TIOCGWINSZ, &size) != 0) return;
  if (size.ws_row == 0 || size.ws_col == 0) return;
  // resizeterm() would put a key into the input as well.
  resize_term(size.ws_row, size.ws_col);
}

const char *screen_library_version(void) { return curses_version(); }

int32_t screen_colours(void) { return has_colors() ? tigetnum("colors") : 0; }
int32_t screen_pairs(void) { return tigetnum("pairs"); }
int32_t screen_has_direct_colour(void) { return has_direct_colour; }

void screen_start_colour(void) {
  start_color();
  use_default_colors();
}

void screen_define_pair(int32_t pair, int32_t foreground, int32_t background) {
  init_extended_pair(pair, foreground, background);
}

void screen_style(int32_t attributes, int32_t pair) {
  attr_t style = A_NORMAL;
  if (attributes & screen_bold) style |= A_BOLD;
  if (attributes & screen_dim) style |= A_DIM;
  if (attributes & screen_italic) style |= A_ITALIC;
  if (attributes & screen_underline) style |= A_UNDERLINE;
  if (attributes & screen_reverse) style |= A_REVERSE;
  attr_set(style, 0, &pair);
}

void screen_move(int32_t row, int32_t column) { move(row, column); }

void screen_put(
  int32_t width, uint32_t base, uint32_t first, uint32_t second, uint32_t third,
  uint32_t fourth) {
  wchar_t scalars[CCHARW_MAX + 1] = {
    (wchar_t)base, (wchar_t)first, (wchar_t)second, (wchar_t)third, (wchar_t)fourth, 0,
  };
  attr_t style;
  short short_pair;
  int pair;
  attr_get(&style, &short_pair, &pair);
  cchar_t cell;
  if (wcswidth(scalars, CCHARW_MAX) == width
      && setcchar(&cell, scalars, style, 0, &pair) == OK) {
    add_wch(&cell);
    return;
  }
  for (int column = 0; column < width; column++) addch(' ');
}

void screen_show(int32_t row, int32_t column) {
  curs_set(row >= 0 ? 1 : 0);
  if (row >= 0) move(row, column);
  refresh();
}

void screen_forget(void) { clearok(curscr, TRUE); }

struct screen_key_press screen_read_key(void) {
  struct screen_key_press press = {screen_key_none, 0};
  wint_t value = 0;
  switch (get_wch(&value)) {
  case OK:
    press.key = screen_key_scalar;
    press.scalar = (uint32_t)value;
    return press;
  case KEY_CODE_YES:
    break;
  default:
    return press;
  }
  switch (value) {
  case key_paste_begin: press.key = screen_key_paste_begin; break;
  case key_paste_end: press.key = screen_key_paste_end; break;
  case KEY_ENTER: press.key = screen_key_enter; break;
  case KEY_BACKSPACE: press.key = screen_key_backspace; break;
  case KEY_DC: press.key = screen_key_delete; break;
  case KEY_IC: press.key = screen_key_insert; break;
  case KEY_BTAB: press.key = screen_key_back_tab; break;
  case KEY_UP: press.key = screen_key_up; break;
  case KEY_DOWN: press.key = screen_key_down; break;
  case KEY_LEFT: press.key = screen_key_left; break;
  case KEY_RIGHT: press.key = screen_key_right; break;
  case KEY_PPAGE: press.key = screen_key_page_up; break;
  case KEY_NPAGE: press.key = screen_key_page_down; break;
  // Some terminals name these keys of the six after what a VT220 had on them.
  case KEY_FIND:
  case KEY_HOME: press.key = screen_key_home; break;
  case KEY_SELECT:
  case KEY_END: press.key = screen_key_end; break;
  default:
    if (value > KEY_F0 && value <= KEY_F(24)) {
      press.key = screen_key_function;
      press.scalar = (uint32_t)(value - KEY_F0);
    } else {
      press.key = screen_key_other;
    }
  }
  return press;
}
