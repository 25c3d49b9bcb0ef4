// Runs the code of a tile on random operands, and holds its sums to plain ones.
//
//   tile CODE ROWS_OF_TILE VECTORS CALLS
//
// Every operand ends where a page begins that cannot be read, or begins where one ends, in turn. What the
// caller of code may find as it was, it must find so. Ends with 0 and a count of products, or with 1 and what
// is wrong; or by a signal.
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>

enum { PAGE = 65536, GROUP = 4, LANES = 4, MAX_ROWS = 40, KEPT = 18 };

// Calls code with seven arguments, and writes x19 to x28 and d8 to d15 as it leaves them; they are 1 to 18 before.
void call(void *code, void **arguments, uint64_t *kept);
asm(".text\n"
    "call:\n"
    "  stp x29, x30, [sp, #-192]!\n"
    "  stp x19, x20, [sp, #16]\n  stp x21, x22, [sp, #32]\n  stp x23, x24, [sp, #48]\n"
    "  stp x25, x26, [sp, #64]\n  stp x27, x28, [sp, #80]\n"
    "  stp d8, d9, [sp, #96]\n  stp d10, d11, [sp, #112]\n  stp d12, d13, [sp, #128]\n"
    "  stp d14, d15, [sp, #144]\n"
    "  str x2, [sp, #160]\n"
    "  mov x16, x0\n  mov x17, x1\n"
    "  ldp x0, x1, [x17]\n  ldp x2, x3, [x17, #16]\n  ldp x4, x5, [x17, #32]\n  ldr x6, [x17, #48]\n"
    "  mov x19, #1\n  mov x20, #2\n  mov x21, #3\n  mov x22, #4\n  mov x23, #5\n"
    "  mov x24, #6\n  mov x25, #7\n  mov x26, #8\n  mov x27, #9\n  mov x28, #10\n"
    "  mov x7, #11\n  fmov d8, x7\n  mov x7, #12\n  fmov d9, x7\n  mov x7, #13\n  fmov d10, x7\n"
    "  mov x7, #14\n  fmov d11, x7\n  mov x7, #15\n  fmov d12, x7\n  mov x7, #16\n  fmov d13, x7\n"
    "  mov x7, #17\n  fmov d14, x7\n  mov x7, #18\n  fmov d15, x7\n"
    "  blr x16\n"
    "  ldr x2, [sp, #160]\n"
    "  stp x19, x20, [x2]\n  stp x21, x22, [x2, #16]\n  stp x23, x24, [x2, #32]\n"
    "  stp x25, x26, [x2, #48]\n  stp x27, x28, [x2, #64]\n"
    "  stp d8, d9, [x2, #80]\n  stp d10, d11, [x2, #96]\n  stp d12, d13, [x2, #112]\n"
    "  stp d14, d15, [x2, #128]\n"
    "  ldp x19, x20, [sp, #16]\n  ldp x21, x22, [sp, #32]\n  ldp x23, x24, [sp, #48]\n"
    "  ldp x25, x26, [sp, #64]\n  ldp x27, x28, [sp, #80]\n"
    "  ldp d8, d9, [sp, #96]\n  ldp d10, d11, [sp, #112]\n  ldp d12, d13, [sp, #128]\n"
    "  ldp d14, d15, [sp, #144]\n"
    "  ldp x29, x30, [sp], #192\n"
    "  ret\n");

static uint64_t state = 1;

static uint32_t next(void) {
  state = state * 6364136223846793005u + 1442695040888963407u;
  return (uint32_t)(state >> 32);
}

static int below(int limit) { return (int)(next() % (uint32_t)limit); }

// The pages of one operand, of which the first and the last cannot be read.
struct area {
  char *pages;
  size_t size;
};

static struct area areas[7];

static void *place(int operand, size_t bytes, int at_end) {
  struct area *area = &areas[operand];
  if (area->size < bytes) {
    if (area->pages) munmap(area->pages, area->size + 2 * PAGE);
    area->size = (bytes + PAGE - 1) / PAGE * PAGE;
    area->pages = mmap(NULL, area->size + 2 * PAGE, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (area->pages == MAP_FAILED || mprotect(area->pages + PAGE, area->size, PROT_READ | PROT_WRITE)) exit(2);
  }
  return area->pages + PAGE + (at_end ? area->size - bytes : 0);
}

static void *load(const char *name) {
  int file = open(name, O_RDONLY);
  struct stat status;
  if (file < 0 || fstat(file, &status)) exit(2);
  void *code = mmap(NULL, status.st_size, PROT_READ | PROT_EXEC, MAP_PRIVATE, file, 0);
  if (code == MAP_FAILED) exit(2);
  return code;
}

// Returns a byte: in some calls the smallest or the largest, or always the smallest.
static int8_t byte(int kind) {
  return (int8_t)(kind == 0 ? (next() & 1 ? -128 : 127) : kind == 1 ? -128 : (int)(next() >> 24));
}

int main(int count, char **values) {
  if (count != 5) return 2;
  void *code = load(values[1]);
  int tile_rows = atoi(values[2]), columns = atoi(values[3]) * LANES;
  uint64_t products = 0;
  for (int i = 0, calls = atoi(values[4]); i < calls; i++) {
    int at_end = i & 1, kind = below(6);
    int rows = 1 + below(MAX_ROWS), runs = 1 + below(4), steps = 1 + below(i % 20 == 0 ? 300 : 20);
    // A call computes rows from one on, of runs from one on; what lies before them is another call's.
    int row = below(3), run = below(3), offset = below(3), ahead = below(3) * columns * GROUP;
    int in_place = below(4) == 0;
    int addend_stride = in_place || below(3) ? columns + below(3) * LANES : 0;
    int sums_stride = in_place ? addend_stride : columns + below(3);
    int words = rows * runs * steps;
    int8_t *a = place(0, (size_t)words * GROUP, at_end);
    int32_t *row_base = place(1, (size_t)(row + rows) * 4, at_end);
    int32_t *run_base = place(2, (size_t)(run + runs) * 4, at_end);
    int8_t *panel = place(3, ahead + (size_t)runs * steps * columns * GROUP, at_end);
    int addends = (rows - 1) * addend_stride + columns, sums_size = (rows - 1) * sums_stride + columns;
    int32_t *addend = place(4, (size_t)addends * 4, at_end);
    int32_t *sums = in_place ? addend : place(5, (size_t)sums_size * 4, at_end);
    int64_t *numbers = place(6, 13 * 8, at_end);
    for (int j = 0; j < words * GROUP; j++) a[j] = byte(kind);
    for (int j = 0; j < runs * steps * columns * GROUP; j++) panel[ahead + j] = byte(kind);
    for (int j = 0; j < addends; j++) addend[j] = (int32_t)next();
    // Rows and runs lie in any order, without a word between them.
    for (int j = 0; j < rows; j++) row_base[row + j] = ((j * 7 + 3) % rows * runs * steps - offset) * GROUP;
    for (int j = 0; j < runs; j++) run_base[run + j] = (runs - 1 - j) * steps * GROUP;
    int32_t *expected = malloc((size_t)sums_size * 4);
    memcpy(expected, sums, (size_t)sums_size * 4);
    for (int r = 0; r < rows; r++)
      for (int c = 0; c < columns; c++) {
        uint32_t sum = (uint32_t)addend[r * addend_stride + c];
        for (int k = 0; k < runs * steps; k++) {
          int8_t *x = a + row_base[row + r] + run_base[run + k / steps] + (offset + k % steps) * GROUP;
          int8_t *w = panel + ahead + (k * columns + c) * GROUP;
          for (int t = 0; t < GROUP; t++)
            sum += (uint32_t)(x[t] * w[t]);
        }
        expected[r * sums_stride + c] = (int32_t)sum;
      }
    int64_t told[] = {rows / tile_rows, rows % tile_rows, runs, steps, row * 4, run * 4, offset * 4, ahead,
        0, addend_stride * 4, 0, sums_stride * 4, 0};
    memcpy(numbers, told, sizeof told);
    void *arguments[] = {a, row_base, run_base, panel, addend, sums, numbers};
    uint64_t kept[KEPT];
    call(code, arguments, kept);
    for (uint64_t j = 0; j < KEPT; j++)
      if (kept[j] != j + 1) {
        printf("register %" PRIu64 " of those that are the caller's has changed\n", j);
        return 1;
      }
    for (int j = 0; j < sums_size; j++)
      if (sums[j] != expected[j]) {
        printf("call %d: word %d of %d x %d, %d runs of %d steps is %d and not %d\n", i, j, rows, columns,
            runs, steps, sums[j], expected[j]);
        return 1;
      }
    products += (uint64_t)words * GROUP * columns;
    free(expected);
  }
  printf("%" PRIu64 " products are right\n", products);
  return 0;
}
