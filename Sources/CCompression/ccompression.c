#include "CCompression.h"

#include <lzma.h>
#include <stdlib.h>
#include <zlib.h>
#include <zstd.h>
#include <zstd_errors.h>

enum {
  /// 15 window bits, and 16 for the gzip header.
  gzip_window_bits = 15 + 16,
  memory_limit_log = 27,
};

struct ccompression_stream {
  ccompression_codec codec;
  int packs;
  /// Between two members: the next byte, if there is one, begins another.
  int between_members;
  z_stream zlib;
  lzma_stream lzma;
  ZSTD_CCtx *zstd_packer;
  ZSTD_DCtx *zstd_unpacker;
};

size_t ccompression_memory_limit(void) { return (size_t)1 << memory_limit_log; }

static int start_lzma_unpacker(lzma_stream *lzma) {
  return lzma_stream_decoder(lzma, ccompression_memory_limit(), 0) == LZMA_OK;
}

static int start(ccompression_stream *stream) {
  int packs = stream->packs;
  switch (stream->codec) {
    case ccompression_gzip:
      return (packs ? deflateInit2(&stream->zlib, Z_DEFAULT_COMPRESSION, Z_DEFLATED,
                                   gzip_window_bits, 8, Z_DEFAULT_STRATEGY)
                    : inflateInit2(&stream->zlib, gzip_window_bits)) == Z_OK;
    case ccompression_zstd:
      if (!packs) {
        stream->zstd_unpacker = ZSTD_createDCtx();
        return stream->zstd_unpacker &&
               !ZSTD_isError(ZSTD_DCtx_setParameter(stream->zstd_unpacker, ZSTD_d_windowLogMax,
                                                    memory_limit_log));
      }
      stream->zstd_packer = ZSTD_createCCtx();
      return stream->zstd_packer &&
             !ZSTD_isError(ZSTD_CCtx_setParameter(stream->zstd_packer, ZSTD_c_checksumFlag, 1));
    case ccompression_xz:
      if (!packs) return start_lzma_unpacker(&stream->lzma);
      return lzma_easy_encoder(&stream->lzma, LZMA_PRESET_DEFAULT, LZMA_CHECK_CRC64) == LZMA_OK;
  }
  return 0;
}

static ccompression_stream *create(ccompression_codec codec, int packs) {
  ccompression_stream *stream = calloc(1, sizeof *stream);
  if (!stream) return NULL;
  stream->codec = codec;
  stream->packs = packs;
  stream->lzma = (lzma_stream)LZMA_STREAM_INIT;
  if (start(stream)) return stream;
  ccompression_destroy(stream);
  return NULL;
}

ccompression_stream *ccompression_unpacker(ccompression_codec codec) { return create(codec, 0); }
ccompression_stream *ccompression_packer(ccompression_codec codec) { return create(codec, 1); }

// All of them take a stream that was never set up.
void ccompression_destroy(ccompression_stream *stream) {
  if (stream->packs) deflateEnd(&stream->zlib);
  else inflateEnd(&stream->zlib);
  lzma_end(&stream->lzma);
  ZSTD_freeCCtx(stream->zstd_packer);
  ZSTD_freeDCtx(stream->zstd_unpacker);
  free(stream);
}

static uInt bounded(size_t count) { return count > (1u << 30) ? 1u << 30 : (uInt)count; }

static void aim_zlib(z_stream *zlib, const uint8_t *input, size_t input_count, uint8_t *output,
                     size_t output_count) {
  zlib->next_in = (Bytef *)input;
  zlib->avail_in = bounded(input_count);
  zlib->next_out = output;
  zlib->avail_out = bounded(output_count);
}

static void aim_lzma(lzma_stream *lzma, const uint8_t *input, size_t input_count, uint8_t *output,
                     size_t output_count) {
  lzma->next_in = input;
  lzma->avail_in = input_count;
  lzma->next_out = output;
  lzma->avail_out = output_count;
}

static ccompression_state zlib_state(int result) {
  switch (result) {
    case Z_OK:
    case Z_BUF_ERROR: return ccompression_continues;
    case Z_STREAM_END: return ccompression_complete;
    case Z_MEM_ERROR: return ccompression_no_memory;
    default: return ccompression_damaged;
  }
}

static ccompression_state lzma_state(lzma_ret result) {
  switch (result) {
    case LZMA_OK:
    case LZMA_BUF_ERROR: return ccompression_continues;
    case LZMA_STREAM_END: return ccompression_complete;
    case LZMA_MEM_ERROR: return ccompression_no_memory;
    case LZMA_MEMLIMIT_ERROR: return ccompression_too_wide;
    default: return ccompression_damaged;
  }
}

// `left` is 0 at the end of a frame, else a hint of how much is missing.
static ccompression_state zstd_state(size_t left) {
  if (!ZSTD_isError(left)) return left == 0 ? ccompression_complete : ccompression_continues;
  switch (ZSTD_getErrorCode(left)) {
    case ZSTD_error_memory_allocation: return ccompression_no_memory;
    case ZSTD_error_frameParameter_windowTooLarge: return ccompression_too_wide;
    default: return ccompression_damaged;
  }
}

static void begin_member(ccompression_stream *stream) {
  stream->between_members = 0;
  if (stream->codec == ccompression_gzip) inflateReset(&stream->zlib);
  if (stream->codec == ccompression_xz) start_lzma_unpacker(&stream->lzma);
}

ccompression_state ccompression_unpack(ccompression_stream *stream, const uint8_t *input,
                                       size_t input_count, size_t *used, uint8_t *output,
                                       size_t output_count, size_t *made) {
  size_t padding = 0;
  ccompression_state state = ccompression_damaged;
  *made = 0;
  if (stream->between_members) {
    while (stream->codec != ccompression_zstd && padding < input_count && input[padding] == 0) {
      padding++;
    }
    *used = padding;
    if (padding == input_count) return ccompression_complete;
    begin_member(stream);
  }
  input += padding;
  input_count -= padding;
  switch (stream->codec) {
    case ccompression_gzip:
      aim_zlib(&stream->zlib, input, input_count, output, output_count);
      state = zlib_state(inflate(&stream->zlib, Z_NO_FLUSH));
      *used = padding + (size_t)(stream->zlib.next_in - input);
      *made = (size_t)(stream->zlib.next_out - output);
      break;
    case ccompression_zstd: {
      ZSTD_inBuffer from = {input, input_count, 0};
      ZSTD_outBuffer to = {output, output_count, 0};
      state = zstd_state(ZSTD_decompressStream(stream->zstd_unpacker, &to, &from));
      *used = from.pos;
      *made = to.pos;
      break;
    }
    case ccompression_xz:
      aim_lzma(&stream->lzma, input, input_count, output, output_count);
      state = lzma_state(lzma_code(&stream->lzma, LZMA_RUN));
      *used = padding + (size_t)(stream->lzma.next_in - input);
      *made = (size_t)(stream->lzma.next_out - output);
      break;
  }
  if (state == ccompression_complete) stream->between_members = 1;
  return state;
}

ccompression_state ccompression_pack(ccompression_stream *stream, const uint8_t *input,
                                     size_t input_count, size_t *used, uint8_t *output,
                                     size_t output_count, size_t *made, int finish) {
  switch (stream->codec) {
    case ccompression_gzip: {
      aim_zlib(&stream->zlib, input, input_count, output, output_count);
      int all = finish && stream->zlib.avail_in == input_count;
      ccompression_state state = zlib_state(deflate(&stream->zlib, all ? Z_FINISH : Z_NO_FLUSH));
      *used = (size_t)(stream->zlib.next_in - input);
      *made = (size_t)(stream->zlib.next_out - output);
      return state;
    }
    case ccompression_zstd: {
      ZSTD_inBuffer from = {input, input_count, 0};
      ZSTD_outBuffer to = {output, output_count, 0};
      ccompression_state state = zstd_state(ZSTD_compressStream2(
          stream->zstd_packer, &to, &from, finish ? ZSTD_e_end : ZSTD_e_continue));
      *used = from.pos;
      *made = to.pos;
      // Without `finish`, nothing left to write is not the end.
      return state == ccompression_complete && !finish ? ccompression_continues : state;
    }
    case ccompression_xz: {
      aim_lzma(&stream->lzma, input, input_count, output, output_count);
      ccompression_state state =
          lzma_state(lzma_code(&stream->lzma, finish ? LZMA_FINISH : LZMA_RUN));
      *used = (size_t)(stream->lzma.next_in - input);
      *made = (size_t)(stream->lzma.next_out - output);
      return state;
    }
  }
  return ccompression_damaged;
}
