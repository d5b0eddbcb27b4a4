#ifndef CCOMPRESSION_H
#define CCOMPRESSION_H

#include <stddef.h>
#include <stdint.h>

/// Compressed streams by zlib, zstd and liblzma behind one interface: the libraries set their
/// streams up through macros that Swift cannot call.

typedef enum {
  ccompression_gzip,
  ccompression_zstd,
  ccompression_xz,
} ccompression_codec;

typedef enum {
  ccompression_continues,
  /// The stream is complete as far as it was read: at the end of a member, frame or stream.
  ccompression_complete,
  ccompression_damaged,
  /// Unpacking takes more than `ccompression_memory_limit` bytes.
  ccompression_too_wide,
  ccompression_no_memory,
} ccompression_state;

typedef struct ccompression_stream ccompression_stream;

/// How much memory a packed stream may ask for: what `zstd -d` allows without being told to, and
/// twice what `xz -9` needs.
size_t ccompression_memory_limit(void);

/// NULL without memory.
ccompression_stream *ccompression_unpacker(ccompression_codec codec);
ccompression_stream *ccompression_packer(ccompression_codec codec);
void ccompression_destroy(ccompression_stream *stream);

/// Unpacks from `input` to `output` until one is used up or a member ends; members may follow each
/// other, and zero bytes that pad the end of a gzip or xz file are passed over.
ccompression_state ccompression_unpack(ccompression_stream *stream, const uint8_t *input,
                                       size_t input_count, size_t *used, uint8_t *output,
                                       size_t output_count, size_t *made);

/// Packs from `input` to `output` until one is used up; with `finish` and all input used, until
/// the stream is complete.
ccompression_state ccompression_pack(ccompression_stream *stream, const uint8_t *input,
                                     size_t input_count, size_t *used, uint8_t *output,
                                     size_t output_count, size_t *made, int finish);

#endif
