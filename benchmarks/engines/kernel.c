/* The peer that is compiled: for every row and category n, sum w and sum w^2, from masks (bit 15: answered). */
#include <stdint.h>
#include <stddef.h>

/* cells x 16 x 4 doubles; one column of masks. Branch-free over the bits, so the compiler can use vectors. */
void add_mask(const int32_t *cell, const uint16_t *mask, const double *w, size_t rows, double *sums) {
    for (size_t i = 0; i < rows; i++) {
        double *line = sums + (size_t)cell[i] * 48;
        const double weight = w[i], square = weight * weight;
        const unsigned m = mask[i];
        for (int bit = 0; bit < 16; bit++) {
            const double on = (double)((m >> bit) & 1u);
            line[bit] += on;
            line[16 + bit] += on * weight;
            line[32 + bit] += on * square;
        }
    }
}

void add_numbers(const int32_t *cell, const double *x, const double *w, size_t rows, double *sums) {
    for (size_t i = 0; i < rows; i++) {
        if (x[i] == x[i]) {
            double *line = sums + (size_t)cell[i] * 4;
            line[0] += 1.0;
            line[1] += w[i];
            line[2] += w[i] * x[i];
            line[3] += w[i] * x[i] * x[i];
        }
    }
}
