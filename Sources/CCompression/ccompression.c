#include "CCompression.h"

#include <stdlib.h>
#include <zlib.h>

// 15 window bits, and 16 for the gzip header.
enum { gzip_window_bits = 15 + 16 };

struct ccompression_stream {
  z_stream zlib;
  int packs;
  /// Between two members of a gzip file.
  int between_members;
};

static ccompression_stream *create(int packs) {
  ccompression_stream *stream = calloc(1, sizeof *stream);
  if (!stream) return NULL;
  stream->packs = packs;
  int result = packs ? deflateInit2(&stream->zlib, Z_DEFAULT_COMPRESSION, Z_DEFLATED,
                                    gzip_window_bits, 8, Z_DEFAULT_STRATEGY)
                     : inflateInit2(&stream->zlib, gzip_window_bits);
  if (result == Z_OK) return stream;
  free(stream);
  return NULL;
}

ccompression_stream *ccompression_gunzip_create(void) { return create(0); }
ccompression_stream *ccompression_gzip_create(void) { return create(1); }

void ccompression_destroy(ccompression_stream *stream) {
  if (stream->packs) deflateEnd(&stream->zlib);
  else inflateEnd(&stream->zlib);
  free(stream);
}

static uInt bounded(size_t count) { return count > (1u << 30) ? 1u << 30 : (uInt)count; }

static void aim(z_stream *zlib, const uint8_t *input, size_t input_count, uint8_t *output,
                size_t output_count) {
  zlib->next_in = (Bytef *)input;
  zlib->avail_in = bounded(input_count);
  zlib->next_out = output;
  zlib->avail_out = bounded(output_count);
}

ccompression_state ccompression_gunzip(ccompression_stream *stream, const uint8_t *input,
                                       size_t input_count, size_t *used, uint8_t *output,
                                       size_t output_count, size_t *made) {
  size_t padding = 0;
  *made = 0;
  if (stream->between_members) {
    while (padding < input_count && input[padding] == 0) padding++;
    *used = padding;
    if (padding == input_count) return ccompression_complete;
    inflateReset(&stream->zlib);
    stream->between_members = 0;
  }
  aim(&stream->zlib, input + padding, input_count - padding, output, output_count);
  int result = inflate(&stream->zlib, Z_NO_FLUSH);
  *used = (size_t)(stream->zlib.next_in - input);
  *made = (size_t)(stream->zlib.next_out - output);
  switch (result) {
    case Z_OK:
    case Z_BUF_ERROR: return ccompression_continues;
    case Z_STREAM_END: stream->between_members = 1; return ccompression_complete;
    case Z_MEM_ERROR: return ccompression_no_memory;
    default: return ccompression_damaged;
  }
}

ccompression_state ccompression_gzip(ccompression_stream *stream, const uint8_t *input,
                                     size_t input_count, size_t *used, uint8_t *output,
                                     size_t output_count, size_t *made, int finish) {
  aim(&stream->zlib, input, input_count, output, output_count);
  int all = finish && stream->zlib.avail_in == input_count;
  int result = deflate(&stream->zlib, all ? Z_FINISH : Z_NO_FLUSH);
  *used = (size_t)(stream->zlib.next_in - input);
  *made = (size_t)(stream->zlib.next_out - output);
  switch (result) {
    case Z_OK:
    case Z_BUF_ERROR: return ccompression_continues;
    case Z_STREAM_END: return ccompression_complete;
    default: return ccompression_damaged;
  }
}
