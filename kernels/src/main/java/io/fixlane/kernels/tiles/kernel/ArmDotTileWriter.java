package io.fixlane.kernels.tiles.kernel;

import io.fixlane.kernels.machine.arm.ArmAssembler;
import io.fixlane.kernels.machine.arm.ArmLabel;
import io.fixlane.kernels.machine.arm.ArmVectorAssembler;
import io.fixlane.kernels.machine.arm.V;
import io.fixlane.kernels.machine.arm.X;

/**
 * Writes the micro-kernel of an {@link ArmDotProduct} as AArch64 code, which computes what that of
 * {@link DotTileWriter} does, of the same arguments. Steps are taken four at a time: the
 * activations of a row's next four steps are read into one register, and an instruction names the
 * step among them that it multiplies by:
 *
 * <pre>
 *   for (step = 0; step &lt; steps; step += 4)
 *     x[0..R] = the 16 bytes at p[0..R] + 4 * step
 *     for (lane = 0..4)
 *       w[0..V] = next vectors of the panel
 *       sums[0..R][0..V] += dot products of lane of x[0..R] and w[0..V]
 *   the same for the steps that are left, of 4 bytes and one lane each
 * </pre>
 *
 * <p>It is called by the rule of AArch64 that all systems have, with seven arguments in registers.
 */
final class ArmDotTileWriter {
  private static final int VECTOR_BYTES = 16;
  private static final int LANES = 4;
  // Of the caller's vectors, the lower halves of these eight.
  private static final int FIRST_SAVED = 8;
  private static final int SAVED = 8;
  private static final int FRAME = SAVED * Long.BYTES;

  private static final X A = new X(0);
  private static final X ROW_BASE = new X(1);
  private static final X RUN_BASE = new X(2);
  private static final X PANEL = new X(3);
  private static final X ADDEND = new X(4);
  private static final X SUMS = new X(5);
  private static final X NUMBER = new X(6);
  private static final int FIRST_ACTIVATIONS = 7;
  private static final X STEPS = new X(15);
  private static final X WEIGHTS = new X(16);
  private static final X RUN = new X(17);
  // While no step is taken, two registers are free for other numbers.
  private static final X SCRATCH = STEPS;
  private static final X STRIDE = RUN;

  private final ArmDotProduct unit;
  private final int vectors;
  private final ArmAssembler code = new ArmAssembler();
  private final ArmVectorAssembler lanes = code.vectors();

  private ArmDotTileWriter(ArmDotProduct unit, int vectors) {
    this.unit = unit;
    this.vectors = vectors;
  }

  /** Returns the code for tiles of so many vectors. */
  static byte[] write(ArmDotProduct unit, int vectors) {
    return new ArmDotTileWriter(unit, vectors).write();
  }

  private byte[] write() {
    code.sub(X.SP, X.SP, FRAME);
    for (int i = 0; i < SAVED; i += 2) {
      lanes.stp(vector(FIRST_SAVED + i), vector(FIRST_SAVED + i + 1), X.SP, i * Long.BYTES);
    }
    addNumber(A, DotNumbers.ACTIVATION);
    addNumber(ROW_BASE, DotNumbers.ROW);
    addNumber(RUN_BASE, DotNumbers.RUN);
    addNumber(PANEL, DotNumbers.PANEL);
    addNumber(ADDEND, DotNumbers.ADDEND);
    addNumber(SUMS, DotNumbers.SUMS);
    tiles(TileShape.rows(unit, vectors, unit.instructions().bits()));
    for (int i = 0; i < SAVED; i += 2) {
      lanes.ldp(vector(FIRST_SAVED + i), vector(FIRST_SAVED + i + 1), X.SP, i * Long.BYTES);
    }
    code.add(X.SP, X.SP, FRAME);
    code.ret();
    return code.toBytes();
  }

  private void addNumber(X to, int index) {
    load(SCRATCH, index);
    code.add(to, to, SCRATCH, 0);
  }

  private void load(X to, int index) {
    code.ldr(to, NUMBER, index * Long.BYTES);
  }

  private void store(X from, int index) {
    code.str(from, NUMBER, index * Long.BYTES);
  }

  /** Computes whole tiles, and then the rows that are left. */
  private void tiles(int rows) {
    ArmLabel rest = new ArmLabel();
    ArmLabel tiles = new ArmLabel();
    ArmLabel end = new ArmLabel();
    load(SCRATCH, DotNumbers.TILES);
    code.subs(SCRATCH, SCRATCH, 0);
    code.beq(rest);
    code.bind(tiles);
    tile(rows);
    countDown(DotNumbers.TILES, tiles);
    code.bind(rest);
    for (int left = 1; left < rows; left++) {
      ArmLabel other = new ArmLabel();
      load(SCRATCH, DotNumbers.REST);
      code.subs(SCRATCH, SCRATCH, left);
      code.bne(other);
      tile(left);
      code.b(end);
      code.bind(other);
    }
    code.bind(end);
  }

  /** Subtracts 1 from a number, and jumps where that leaves any. */
  private void countDown(int index, ArmLabel again) {
    load(SCRATCH, index);
    code.subs(SCRATCH, SCRATCH, 1);
    store(SCRATCH, index);
    code.bne(again);
  }

  /** Computes a tile, and moves on to the rows after it. */
  private void tile(int rows) {
    load(STRIDE, DotNumbers.ADDEND_STRIDE);
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < vectors; j++) {
        lanes.ldr(sum(rows, i, j), ADDEND, j * VECTOR_BYTES);
      }
      code.add(ADDEND, ADDEND, STRIDE, 0);
    }
    code.mov(WEIGHTS, PANEL);
    code.mov(RUN, RUN_BASE);
    load(SCRATCH, DotNumbers.RUNS);
    store(SCRATCH, DotNumbers.RUNS_LEFT);
    ArmLabel runs = new ArmLabel();
    code.bind(runs);
    run(rows);
    countDown(DotNumbers.RUNS_LEFT, runs);
    load(STRIDE, DotNumbers.SUMS_STRIDE);
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < vectors; j++) {
        lanes.str(sum(rows, i, j), SUMS, j * VECTOR_BYTES);
      }
      code.add(SUMS, SUMS, STRIDE, 0);
    }
    code.add(ROW_BASE, ROW_BASE, rows * Integer.BYTES);
  }

  private void run(int rows) {
    code.ldrsw(SCRATCH, RUN, 0);
    code.add(RUN, RUN, Integer.BYTES);
    for (int i = 0; i < rows; i++) {
      X row = activations(i);
      code.ldrsw(row, ROW_BASE, i * Integer.BYTES);
      code.add(row, row, SCRATCH, 0);
      code.add(row, A, row, 0);
    }
    ArmLabel four = new ArmLabel();
    ArmLabel rest = new ArmLabel();
    ArmLabel one = new ArmLabel();
    ArmLabel end = new ArmLabel();
    load(STEPS, DotNumbers.STEPS);
    code.subs(STEPS, STEPS, LANES);
    code.blt(rest);
    code.bind(four);
    steps(rows, LANES);
    code.subs(STEPS, STEPS, LANES);
    code.bge(four);
    code.bind(rest);
    code.adds(STEPS, STEPS, LANES);
    code.beq(end);
    code.bind(one);
    steps(rows, 1);
    code.subs(STEPS, STEPS, 1);
    code.bne(one);
    code.bind(end);
  }

  /** Takes four steps, or one. */
  private void steps(int rows, int count) {
    for (int i = 0; i < rows; i++) {
      if (count == LANES) {
        lanes.ldrPost(x(i), activations(i));
      } else {
        lanes.ldrsPost(x(i), activations(i));
      }
    }
    for (int step = 0; step < count; step++) {
      for (int j = 0; j < vectors; j++) {
        lanes.ldr(weights(j), WEIGHTS, (step * vectors + j) * VECTOR_BYTES);
      }
      for (int i = 0; i < rows; i++) {
        for (int j = 0; j < vectors; j++) {
          lanes.sdot(sum(rows, i, j), weights(j), x(i), step);
        }
      }
    }
    code.add(WEIGHTS, WEIGHTS, count * vectors * VECTOR_BYTES);
  }

  /** Returns the register that points to a row's activations. */
  private static X activations(int row) {
    return new X(FIRST_ACTIVATIONS + row);
  }

  private static V vector(int number) {
    return new V(number);
  }

  private V weights(int j) {
    return vector(j);
  }

  private V x(int i) {
    return vector(vectors + i);
  }

  private V sum(int rows, int i, int j) {
    return vector(vectors + rows + i * vectors + j);
  }
}
