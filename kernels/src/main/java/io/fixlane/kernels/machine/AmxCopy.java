package io.fixlane.kernels.machine;

import static io.fixlane.kernels.machine.Register.R10;
import static io.fixlane.kernels.machine.Register.R11;
import static io.fixlane.kernels.machine.Register.R12;
import static io.fixlane.kernels.machine.Register.R13;
import static io.fixlane.kernels.machine.Register.R14;
import static io.fixlane.kernels.machine.Register.R15;
import static io.fixlane.kernels.machine.Register.R8;
import static io.fixlane.kernels.machine.Register.R9;
import static io.fixlane.kernels.machine.Register.RAX;
import static io.fixlane.kernels.machine.Register.RBX;
import static io.fixlane.kernels.machine.Register.RCX;
import static io.fixlane.kernels.machine.Register.RDI;
import static io.fixlane.kernels.machine.Register.RDX;
import static io.fixlane.kernels.machine.Register.RSI;

import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/**
 * Copies rows of bytes into matrices as registers of AMX take them: of 16 rows of 64 bytes, one
 * after the other along the rows. It needs AVX-512 on x86-64.
 *
 * <pre>
 *   for (first = 0; first &lt; rows; first += 16)
 *     for (run : runs)
 *       for (step = 0; step &lt; steps; step++)
 *         matrix = rows first to first + 15, or to the last one, of
 *             64 bytes from rowBase[row] + runBase[run] + 64 * step on
 * </pre>
 *
 * <p>Bytes may be made larger by 128, modulo 256, as {@link BiasedCopy} does.
 */
public final class AmxCopy {
  /** The rows of a matrix. */
  public static final int ROWS = 16;
  /** The bytes of a row of a matrix. */
  public static final int STEP = 64;
  /** The bytes of a matrix. */
  public static final int MATRIX = ROWS * STEP;

  private static final Vector WORDS = new Vector(0, 512);
  private static final Vector BIASES = new Vector(1, 512);
  private static final int VECTORS = 2;
  private static final int MATRICES = 0;
  private static final int REST = 1;
  private static final int RUNS = 2;
  private static final int STEPS = 3;
  private static final int FIRST_RUN = 4;
  private static final int FROM = 5;
  private static final int BIAS = 6;
  private static final long BIASES_OF_BYTES = 0x8080_8080L;

  private static volatile @Nullable MemorySegment code;

  private AmxCopy() {}

  private static MemorySegment code() {
    MemorySegment written = code;
    return written == null ? make() : written;
  }

  private static synchronized MemorySegment make() {
    MemorySegment written = code;
    if (written == null) {
      written = CodeMemory.of(write(Abi.own()));
      code = written;
    }
    return written;
  }

  /**
   * What is copied.
   *
   * @param rows how many rows
   * @param firstRun the first run: a place in {@code runBase}
   * @param runs how many runs
   * @param steps the steps of a run
   * @param from where the first step lies, from the start of a run
   * @param biased whether each byte is made larger by 128, modulo 256
   */
  public record Runs(int rows, int firstRun, int runs, int steps, long from, boolean biased) {}

  /**
   * Copies.
   *
   * @param bytes where the rows lie
   * @param matrices where the matrices go
   * @param rowBase where each row starts, as ints
   * @param runBase where each run starts, from the start of a row, as ints
   * @param numbers an array of seven numbers at least, which is written to
   * @param numberMemory the same as memory
   * @throws IllegalStateException if the system refuses memory for the code, at the first call
   */
  public static void copy(MemorySegment bytes, MemorySegment matrices, MemorySegment rowBase,
      MemorySegment runBase, Runs what, long[] numbers, MemorySegment numberMemory) {
    numbers[MATRICES] = what.rows / ROWS;
    numbers[REST] = what.rows % ROWS;
    numbers[RUNS] = what.runs;
    numbers[STEPS] = what.steps;
    numbers[FIRST_RUN] = (long) what.firstRun * Integer.BYTES;
    numbers[FROM] = what.from;
    numbers[BIAS] = what.biased ? BIASES_OF_BYTES : 0;
    MachineCall.call(code(), bytes, matrices, rowBase, runBase, numberMemory, numberMemory,
        numberMemory);
  }

  private static byte[] write(Abi abi) {
    Assembler code = new Assembler();
    abi.enter(code, VECTORS);
    code.vectors().vpbroadcastd(BIASES, number(BIAS));
    code.add(RDI, number(FROM));
    code.add(RCX, number(FIRST_RUN));
    Label rest = new Label();
    Label matrices = new Label();
    Label end = new Label();
    code.mov(R9, number(MATRICES));
    code.cmp(R9, 0);
    code.je(rest);
    code.bind(matrices);
    rows(code, () -> whole(code));
    code.add(RDX, ROWS * Integer.BYTES);
    code.add(R9, -1);
    code.jne(matrices);
    code.bind(rest);
    code.cmp(number(REST), 0);
    code.je(end);
    rows(code, () -> some(code));
    code.bind(end);
    abi.leave(code, VECTORS);
    return code.toBytes();
  }

  /** Writes the loops over runs and steps, with the place of a step in R13. */
  private static void rows(Assembler code, Runnable matrix) {
    Label runs = new Label();
    Label steps = new Label();
    code.mov(R10, number(RUNS));
    code.mov(R11, RCX);
    code.bind(runs);
    code.movsxd(R13, R11.at());
    code.add(R13, RDI);
    code.mov(R12, number(STEPS));
    code.bind(steps);
    matrix.run();
    code.add(RSI, MATRIX);
    code.add(R13, STEP);
    code.add(R12, -1);
    code.jne(steps);
    code.add(R11, Integer.BYTES);
    code.add(R10, -1);
    code.jne(runs);
  }

  private static void whole(Assembler code) {
    for (int i = 0; i < ROWS; i++) {
      code.movsxd(RAX, RDX.at(i * Integer.BYTES));
      copy(code, R13.at(RAX, 1), RSI.at(i * STEP));
    }
  }

  private static void some(Assembler code) {
    Label rows = new Label();
    code.mov(RBX, number(REST));
    code.mov(R14, RDX);
    code.mov(R15, RSI);
    code.bind(rows);
    code.movsxd(RAX, R14.at());
    copy(code, R13.at(RAX, 1), R15.at());
    code.add(R14, Integer.BYTES);
    code.add(R15, STEP);
    code.add(RBX, -1);
    code.jne(rows);
  }

  private static void copy(Assembler code, Address from, Address to) {
    code.vectors().vmovdqu(WORDS, from);
    code.vectors().vpxor(WORDS, WORDS, BIASES);
    code.vectors().vmovdqu(to, WORDS);
  }

  private static Address number(int index) {
    return R8.at(index * Long.BYTES);
  }
}
