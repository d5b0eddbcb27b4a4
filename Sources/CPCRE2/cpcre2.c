#include "CPCRE2.h"

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>
#include <stdlib.h>

// Steps for each place at which a match may begin: a text that costs more is given up after about a
// millisecond. PCRE2's own limit, 10,000,000, is a hundred times as much.
#define STEP_LIMIT 100000
// How deep backtracking may nest where there is no machine code, and how much memory it may take.
#define DEPTH_LIMIT 10000
#define HEAP_LIMIT_KIB 16384
#define STACK_START 32768
#define STACK_LIMIT 1048576

struct cpcre2_pattern {
  pcre2_code *code;
};

struct cpcre2_space {
  pcre2_match_data *data;
  pcre2_match_context *context;
  pcre2_jit_stack *stack;
};

cpcre2_pattern *cpcre2_create(const uint8_t *text, size_t count, bool ignores_case, size_t *offset,
                              uint8_t *message) {
  uint32_t options = PCRE2_UTF | PCRE2_UCP | PCRE2_MULTILINE | PCRE2_NEVER_BACKSLASH_C;
  if (ignores_case) options |= PCRE2_CASELESS;
  int error = 0;
  pcre2_code *code = pcre2_compile(text, count, options, &error, offset, NULL);
  if (!code) {
    if (pcre2_get_error_message(error, message, 256) < 0) message[0] = 0;
    return NULL;
  }
  // Without machine code it is slower, and finds the same.
  (void)pcre2_jit_compile(code, PCRE2_JIT_COMPLETE);
  cpcre2_pattern *pattern = malloc(sizeof *pattern);
  if (!pattern) abort();
  pattern->code = code;
  return pattern;
}

void cpcre2_destroy(cpcre2_pattern *pattern) {
  pcre2_code_free(pattern->code);
  free(pattern);
}

cpcre2_space *cpcre2_space_create(void) {
  cpcre2_space *space = malloc(sizeof *space);
  if (!space) return NULL;
  space->data = pcre2_match_data_create(1, NULL);
  space->context = pcre2_match_context_create(NULL);
  space->stack = pcre2_jit_stack_create(STACK_START, STACK_LIMIT, NULL);
  if (!space->data || !space->context || !space->stack) {
    cpcre2_space_destroy(space);
    return NULL;
  }
  pcre2_set_match_limit(space->context, STEP_LIMIT);
  pcre2_set_depth_limit(space->context, DEPTH_LIMIT);
  pcre2_set_heap_limit(space->context, HEAP_LIMIT_KIB);
  pcre2_jit_stack_assign(space->context, NULL, space->stack);
  return space;
}

void cpcre2_space_destroy(cpcre2_space *space) {
  pcre2_jit_stack_free(space->stack);
  pcre2_match_context_free(space->context);
  pcre2_match_data_free(space->data);
  free(space);
}

int cpcre2_match(const cpcre2_pattern *pattern, cpcre2_space *space, const uint8_t *text,
                 size_t count) {
  // An empty text may have no address.
  static const uint8_t nothing[1] = {0};
  int found = pcre2_match(pattern->code, count ? text : nothing, count, 0, PCRE2_NO_UTF_CHECK,
                          space->data, space->context);
  if (found >= 0) return 1;
  return found == PCRE2_ERROR_NOMATCH ? 0 : -1;
}
