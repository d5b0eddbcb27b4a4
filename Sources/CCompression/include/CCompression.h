#ifndef CCOMPRESSION_H
#define CCOMPRESSION_H

#include <stddef.h>
#include <stdint.h>

/// gzip streams by zlib, which sets its streams up through macros that Swift cannot call.

typedef enum {
  ccompression_continues,
  /// The stream is complete as far as it was read: at the end of a gzip member.
  ccompression_complete,
  ccompression_damaged,
  ccompression_no_memory,
} ccompression_state;

typedef struct ccompression_stream ccompression_stream;

ccompression_stream *ccompression_gunzip_create(void);
ccompression_stream *ccompression_gzip_create(void);
void ccompression_destroy(ccompression_stream *stream);

/// Unpacks from `input` to `output` until one is used up or a member ends; members may follow each
/// other, and zero bytes that pad the end of a file are passed over.
ccompression_state ccompression_gunzip(ccompression_stream *stream, const uint8_t *input,
                                       size_t input_count, size_t *used, uint8_t *output,
                                       size_t output_count, size_t *made);

/// Packs from `input` to `output` until one is used up; with `finish` and all input used, until
/// the stream is complete.
ccompression_state ccompression_gzip(ccompression_stream *stream, const uint8_t *input,
                                     size_t input_count, size_t *used, uint8_t *output,
                                     size_t output_count, size_t *made, int finish);

#endif
