#ifndef CSIMDJSON_H
#define CSIMDJSON_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/// simdjson behind C: one JSON text in, flat arrays of its values out.
///
/// simdjson finds the tokens and walks them; spans, decoded strings and the spelling of numbers are
/// taken here, since its own number and string types lose where and how a value was written.

#ifdef __cplusplus
extern "C" {
#endif

/// One value in document order. Offsets count bytes: `span_*` in the text that was parsed, `text_*`
/// and `key_*` in the decoded texts. `next` is the node after this one and all that it contains.
typedef struct {
  uint32_t kind;  // null, false, true, number, string, array, object: 0 ... 6
  uint32_t next;
  uint32_t span_start, span_end;
  uint32_t text_start, text_end;
  uint32_t key_start, key_end;
} csimdjson_node;

typedef struct csimdjson_parser csimdjson_parser;

/// Readable bytes that have to stand behind the text; what they hold does not matter.
size_t csimdjson_padding(void);

/// A parser to be used for one text after another, by one thread at a time; NULL without memory.
csimdjson_parser *csimdjson_create(void);
void csimdjson_destroy(csimdjson_parser *parser);

/// Parses the object or array in the first `count` of `capacity` readable bytes. False where
/// simdjson or this walk refuses the text; why is for a slower reader to find out.
bool csimdjson_parse(csimdjson_parser *parser, const uint8_t *bytes, size_t count, size_t capacity,
                     unsigned depth_limit);

/// What the last successful parse found. Valid until the next one.
const csimdjson_node *csimdjson_nodes(const csimdjson_parser *parser, size_t *count);
const uint8_t *csimdjson_texts(const csimdjson_parser *parser, size_t *count);

#ifdef __cplusplus
}
#endif

#endif
