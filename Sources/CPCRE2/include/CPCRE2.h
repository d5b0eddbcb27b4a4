#ifndef CPCRE2_H
#define CPCRE2_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/// PCRE2 with bounds on what a match may cost. Its own functions are macros by code unit width, which
/// Swift cannot see.

typedef struct cpcre2_pattern cpcre2_pattern;
typedef struct cpcre2_space cpcre2_space;

/// A pattern for UTF-8, compiled to machine code where that can be had; letters, digits and words are
/// those of Unicode, `^` and `$` stand at lines. NULL where it is none: then `offset` is the byte at
/// which reading it failed and `message`, which has room for 256 bytes, says why.
cpcre2_pattern *cpcre2_create(const uint8_t *text, size_t count, bool ignores_case, size_t *offset,
                              uint8_t *message);
void cpcre2_destroy(cpcre2_pattern *pattern);

/// What one thread needs to match one text after another; NULL without memory.
cpcre2_space *cpcre2_space_create(void);
void cpcre2_space_destroy(cpcre2_space *space);

/// Whether the pattern is found in `text`, which is valid UTF-8: 1 or 0, and -1 where that took more
/// steps, or more memory, than is allowed.
int cpcre2_match(const cpcre2_pattern *pattern, cpcre2_space *space, const uint8_t *text,
                 size_t count);

#endif
