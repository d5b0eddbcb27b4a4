#ifndef CDIGEST_H
#define CDIGEST_H

#include <stddef.h>
#include <stdint.h>

/// SHA-256 of libcrypto, streaming. Its own headers are macros and deprecations that Swift need
/// not see.

typedef struct cdigest_sha256 cdigest_sha256;

/// A digest of nothing yet; NULL without memory.
cdigest_sha256 *cdigest_sha256_create(void);
void cdigest_sha256_update(cdigest_sha256 *digest, const void *bytes, size_t count);
/// Writes the digest of all bytes so far. Nothing may be added afterwards.
void cdigest_sha256_finish(cdigest_sha256 *digest, uint8_t result[32]);
void cdigest_sha256_destroy(cdigest_sha256 *digest);

#endif
