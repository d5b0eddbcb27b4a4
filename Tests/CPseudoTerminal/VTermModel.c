#include "VTermModel.h"

#include <stdlib.h>
#include <string.h>
#include <vterm.h>

struct vterm_model {
  VTerm *terminal;
  VTermScreen *screen;
  int32_t is_alternate, is_cursor_visible, reports_mouse;
};

static int on_property(VTermProp property, VTermValue *value, void *user) {
  vterm_model *model = user;
  switch (property) {
    case VTERM_PROP_ALTSCREEN: model->is_alternate = value->boolean; break;
    case VTERM_PROP_CURSORVISIBLE: model->is_cursor_visible = value->boolean; break;
    case VTERM_PROP_MOUSE: model->reports_mouse = value->number != VTERM_PROP_MOUSE_NONE; break;
    default: break;
  }
  return 1;
}

static const VTermScreenCallbacks callbacks = {.settermprop = on_property};

vterm_model *vterm_model_new(int32_t rows, int32_t columns) {
  vterm_model *model = calloc(1, sizeof *model);
  if (!model) return NULL;
  model->terminal = vterm_new(rows, columns);
  if (!model->terminal) {
    free(model);
    return NULL;
  }
  model->is_cursor_visible = 1;
  vterm_set_utf8(model->terminal, 1);
  model->screen = vterm_obtain_screen(model->terminal);
  vterm_screen_set_callbacks(model->screen, &callbacks, model);
  vterm_screen_enable_altscreen(model->screen, 1);
  vterm_screen_reset(model->screen, 1);
  return model;
}

void vterm_model_free(vterm_model *model) {
  vterm_free(model->terminal);
  free(model);
}

void vterm_model_resize(vterm_model *model, int32_t rows, int32_t columns) {
  vterm_set_size(model->terminal, rows, columns);
}

void vterm_model_write(vterm_model *model, const char *bytes, size_t count) {
  vterm_input_write(model->terminal, bytes, count);
}

size_t vterm_model_answers(vterm_model *model, char *bytes, size_t capacity) {
  return vterm_output_read(model->terminal, bytes, capacity);
}

static int cell_at(vterm_model *model, int32_t row, int32_t column, VTermScreenCell *cell) {
  VTermPos position = {.row = row, .col = column};
  return vterm_screen_get_cell(model->screen, position, cell);
}

uint32_t vterm_model_scalar(vterm_model *model, int32_t row, int32_t column, int32_t place) {
  VTermScreenCell cell;
  if (place >= VTERM_MAX_CHARS_PER_CELL || !cell_at(model, row, column, &cell)) return 0;
  return cell.chars[place];
}

int32_t vterm_model_is_plain(vterm_model *model, int32_t row, int32_t column) {
  VTermScreenCell cell;
  if (!cell_at(model, row, column, &cell)) return 1;
  return VTERM_COLOR_IS_DEFAULT_FG(&cell.fg) && VTERM_COLOR_IS_DEFAULT_BG(&cell.bg) &&
         !cell.attrs.bold && !cell.attrs.underline && !cell.attrs.reverse;
}

// libvterm tells these modes only by what the keys then send.
static int32_t sends(vterm_model *model, const char *expected) {
  char sent[32] = {0};
  vterm_output_read(model->terminal, sent, sizeof sent - 1);
  return strcmp(sent, expected) == 0;
}

int32_t vterm_model_is_on(vterm_model *model, vterm_model_mode mode) {
  switch (mode) {
    case vterm_model_alternate_screen: return model->is_alternate;
    case vterm_model_cursor_visible: return model->is_cursor_visible;
    case vterm_model_mouse_reports: return model->reports_mouse;
    case vterm_model_bracketed_paste:
      vterm_keyboard_start_paste(model->terminal);
      return sends(model, "\033[200~");
    case vterm_model_application_cursor_keys:
      vterm_keyboard_key(model->terminal, VTERM_KEY_UP, VTERM_MOD_NONE);
      return sends(model, "\033OA");
  }
  return 0;
}
