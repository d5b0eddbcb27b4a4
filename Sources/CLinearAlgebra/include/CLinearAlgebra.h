// The few dense operations that scoring needs, over OpenBLAS and LAPACKE, as plain C functions.
// Matrices are row-major. A symmetric d x d matrix is kept in its upper triangle; its factor,
// written over it, is the transpose of the lower Cholesky factor L.
#ifndef CLINEARALGEBRA_H
#define CLINEARALGEBRA_H

/// Keeps OpenBLAS to the calling thread: the caller decides what runs in parallel.
void cla_use_one_thread(void);

/// gram += x' x for x of rows x d.
void cla_add_gram(int rows, int d, const double *x, double *gram);
void cla_add_gram_single(int rows, int d, const float *x, float *gram);

/// Factorises `a` in place. Returns 0, or the order of the minor that is not positive.
int cla_factorise(int d, double *a);
int cla_factorise_single(int d, float *a);

/// Solves (L L') b = b for `count` vectors of length d, one a row.
void cla_solve(int d, const double *factor, int count, double *b);
void cla_solve_single(int d, const float *factor, int count, float *b);

/// b = L^-1 b for `count` vectors of length d, one a row.
void cla_whiten(int d, const double *factor, int count, double *b);

/// Writes the eigenvectors of the symmetric `a` over it, one a row by rising eigenvalue, and these to
/// `values`. Returns 0 where it succeeds.
int cla_eigenvectors(int d, double *a, double *values);

/// out = x y' for x of rows x d and y of count x d; out is rows x count.
void cla_products(int rows, int d, int count, const double *x, const double *y, double *out);
void cla_products_single(int rows, int d, int count, const float *x, const float *y, float *out);

/// out = r' x for r of rows x count and x of rows x d; out is count x d.
void cla_weighted_sums(int rows, int d, int count, const double *r, const double *x, double *out);

/// The same for a few vectors of single precision: out, and r in the second, have one row a vector.
void cla_few_products_single(int rows, int d, int count, const float *x, const float *y,
                             float *out);
void cla_few_weighted_sums_single(int rows, int d, int count, const float *r, const float *x,
                                  float *out);

/// out = unit * units, value by value.
void cla_widen(long count, const short *units, double unit, double *out);
void cla_widen_single(long count, const short *units, float unit, float *out);

#endif
