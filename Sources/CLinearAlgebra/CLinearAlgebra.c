#include "CLinearAlgebra.h"

#include <cblas.h>
#include <lapacke.h>

// In OpenBLAS's own cblas.h, but not in the reference one that an alternative may put in its place.
extern void openblas_set_num_threads(int count);

// How many threads OpenBLAS is to make when it is loaded, before main: the value of its
// OPENBLAS_NUM_THREADS. A program's own function takes the place of a library's of that name. Threads
// that are never given work still wait for it in a loop at first, a tenth of a second of processor time
// in every run of every command.
int openblas_num_threads_env(void) { return 1; }

// For a build of OpenBLAS that does not ask the function above.
void cla_use_one_thread(void) { openblas_set_num_threads(1); }

void cla_add_gram(int rows, int d, const double *x, double *gram) {
  cblas_dsyrk(CblasRowMajor, CblasUpper, CblasTrans, d, rows, 1, x, d, 1, gram, d);
}

void cla_add_gram_single(int rows, int d, const float *x, float *gram) {
  cblas_ssyrk(CblasRowMajor, CblasUpper, CblasTrans, d, rows, 1, x, d, 1, gram, d);
}

// The upper triangle of a row-major matrix is the lower one of the same bytes read column-major,
// which spares LAPACKE its transposed copies; the _work functions spare it a search for NaN.
int cla_factorise(int d, double *a) {
  return LAPACKE_dpotrf_work(LAPACK_COL_MAJOR, 'L', d, a, d);
}

void cla_solve(int d, const double *factor, int count, double *b) {
  LAPACKE_dpotrs_work(LAPACK_COL_MAJOR, 'L', d, count, factor, d, b, d);
}

int cla_factorise_single(int d, float *a) {
  return LAPACKE_spotrf_work(LAPACK_COL_MAJOR, 'L', d, a, d);
}

void cla_solve_single(int d, const float *factor, int count, float *b) {
  // A vector at a time reads the factor in place, where many at once would copy it.
  for (int k = 0; k < count; k++, b += d) {
    cblas_strsv(CblasColMajor, CblasLower, CblasNoTrans, CblasNonUnit, d, factor, d, b, 1);
    cblas_strsv(CblasColMajor, CblasLower, CblasTrans, CblasNonUnit, d, factor, d, b, 1);
  }
}

void cla_whiten(int d, const double *factor, int count, double *b) {
  cblas_dtrsm(CblasColMajor, CblasLeft, CblasLower, CblasNoTrans, CblasNonUnit, d, count, 1, factor,
              d, b, d);
}

int cla_eigenvectors(int d, double *a, double *values) {
  return LAPACKE_dsyevd(LAPACK_COL_MAJOR, 'V', 'L', d, a, d, values);
}

void cla_products(int rows, int d, int count, const double *x, const double *y, double *out) {
  cblas_dgemm(CblasRowMajor, CblasNoTrans, CblasTrans, rows, count, d, 1, x, d, y, d, 0, out,
              count);
}

void cla_products_single(int rows, int d, int count, const float *x, const float *y, float *out) {
  cblas_sgemm(CblasRowMajor, CblasNoTrans, CblasTrans, rows, count, d, 1, x, d, y, d, 0, out,
              count);
}

// A few vectors at a time: one product each reads x in place, where a matrix product would copy it.
void cla_few_products_single(int rows, int d, int count, const float *x, const float *y,
                             float *out) {
  for (int k = 0; k < count; k++) {
    cblas_sgemv(CblasRowMajor, CblasNoTrans, rows, d, 1, x, d, y + (long)k * d, 1, 0,
                out + (long)k * rows, 1);
  }
}

void cla_few_weighted_sums_single(int rows, int d, int count, const float *r, const float *x,
                                  float *out) {
  for (int k = 0; k < count; k++) {
    cblas_sgemv(CblasRowMajor, CblasTrans, rows, d, 1, x, d, r + (long)k * rows, 1, 0,
                out + (long)k * d, 1);
  }
}

void cla_weighted_sums(int rows, int d, int count, const double *r, const double *x, double *out) {
  cblas_dgemm(CblasRowMajor, CblasTrans, CblasNoTrans, count, d, rows, 1, r, count, x, d, 0, out,
              d);
}

void cla_widen(long count, const short *units, double unit, double *out) {
  for (long k = 0; k < count; k++) out[k] = unit * units[k];
}

void cla_widen_single(long count, const short *units, float unit, float *out) {
  for (long k = 0; k < count; k++) out[k] = unit * units[k];
}
