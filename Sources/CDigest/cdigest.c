#include "CDigest.h"

#include <openssl/evp.h>
#include <stdlib.h>

struct cdigest_sha256 {
  EVP_MD_CTX *context;
};

cdigest_sha256 *cdigest_sha256_create(void) {
  cdigest_sha256 *digest = malloc(sizeof *digest);
  if (!digest) return NULL;
  digest->context = EVP_MD_CTX_new();
  if (digest->context && EVP_DigestInit_ex(digest->context, EVP_sha256(), NULL) == 1) return digest;
  cdigest_sha256_destroy(digest);
  return NULL;
}

// Neither of the two can fail on a context that was set up.
void cdigest_sha256_update(cdigest_sha256 *digest, const void *bytes, size_t count) {
  EVP_DigestUpdate(digest->context, bytes, count);
}

void cdigest_sha256_finish(cdigest_sha256 *digest, uint8_t result[32]) {
  EVP_DigestFinal_ex(digest->context, result, NULL);
}

void cdigest_sha256_destroy(cdigest_sha256 *digest) {
  EVP_MD_CTX_free(digest->context);
  free(digest);
}
