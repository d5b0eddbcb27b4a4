#ifndef VTERMMODEL_H
#define VTERMMODEL_H

#include <stddef.h>
#include <stdint.h>

// A terminal without a window: libvterm, as far as the end-to-end tests look at it.
typedef struct vterm_model vterm_model;

// NULL where there is no memory.
vterm_model *vterm_model_new(int32_t rows, int32_t columns);
void vterm_model_free(vterm_model *model);
void vterm_model_resize(vterm_model *model, int32_t rows, int32_t columns);
// Takes in what a program wrote to the terminal.
void vterm_model_write(vterm_model *model, const char *bytes, size_t count);
// Takes out what the terminal answered to it; how many bytes these were.
size_t vterm_model_answers(vterm_model *model, char *bytes, size_t capacity);

// The scalar at `place` (0-5) of a cell; 0 behind the last one, UINT32_MAX in the second column of a
// wide character.
uint32_t vterm_model_scalar(vterm_model *model, int32_t row, int32_t column, int32_t place);
// 1 where the cell is drawn with the terminal's own colours and without attributes.
int32_t vterm_model_is_plain(vterm_model *model, int32_t row, int32_t column);

typedef enum {
  vterm_model_alternate_screen,
  vterm_model_cursor_visible,
  vterm_model_bracketed_paste,
  vterm_model_application_cursor_keys,
  vterm_model_mouse_reports,
} vterm_model_mode;

// Whether a mode is on: 0 or 1. Not to be asked while answers wait.
int32_t vterm_model_is_on(vterm_model *model, vterm_model_mode mode);

#endif
