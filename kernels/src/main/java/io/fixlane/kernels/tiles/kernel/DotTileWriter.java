package io.fixlane.kernels.tiles.kernel;

import static io.fixlane.kernels.machine.Register.R10;
import static io.fixlane.kernels.machine.Register.R11;
import static io.fixlane.kernels.machine.Register.R12;
import static io.fixlane.kernels.machine.Register.R13;
import static io.fixlane.kernels.machine.Register.R14;
import static io.fixlane.kernels.machine.Register.R15;
import static io.fixlane.kernels.machine.Register.R8;
import static io.fixlane.kernels.machine.Register.R9;
import static io.fixlane.kernels.machine.Register.RAX;
import static io.fixlane.kernels.machine.Register.RBP;
import static io.fixlane.kernels.machine.Register.RBX;
import static io.fixlane.kernels.machine.Register.RCX;
import static io.fixlane.kernels.machine.Register.RDI;
import static io.fixlane.kernels.machine.Register.RDX;
import static io.fixlane.kernels.machine.Register.RSI;

import io.fixlane.kernels.machine.Abi;
import io.fixlane.kernels.machine.Address;
import io.fixlane.kernels.machine.Assembler;
import io.fixlane.kernels.machine.Label;
import io.fixlane.kernels.machine.Register;
import io.fixlane.kernels.machine.Vector;
import io.fixlane.kernels.machine.VectorAssembler;
import io.fixlane.kernels.tiles.pack.ByteLayout;
import io.fixlane.kernels.tiles.pack.HalfLayout;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Writes the micro-kernel of an {@link X86DotProduct} as x86-64 code. One call computes all rows of
 * a panel: whole tiles first, and then the rows that are left, fewer than a tile has. With R and V
 * the tile's rows and vectors, it reads
 *
 * <pre>
 *   for (; tiles &gt; 0; tiles--)
 *     sums[0..R][0..V] = addend[0..R][0..V]
 *     for (run : runs)
 *       p[0..R] = a + rowBase[0..R] + runBase[run], in activations
 *       for (step = 0; step &lt; steps; step++)
 *         w[0..V] = next vectors of the panel
 *         for (i = 0..R)
 *           x = the 4 bytes at p[i] + 4 * step, in all lanes
 *           sums[i][0..V] += dot products of x and w[0..V]
 *     store the sums, or cast them by a {@link RegisterCast} and store the results
 *   the same for 1, 2, ... or R - 1 rows that are left
 * </pre>
 *
 * <p>A step's activations and a column's weights are 32 bits each: four bytes or two words of 16
 * bits. Where columns have activations of their own, a run is one step, places count in 32 bits,
 * and x is the vector at p[i] for each vector of columns.
 *
 * <p>Where weights are stored as {@link HalfLayout} has them, they are made of half of that in
 * registers; and as each half of a byte is larger by 8 than the weight, what that adds to all sums
 * of a row is summed too, and subtracted. Nothing is read but what the loops above name.
 */
final class DotTileWriter {
  private static final Register A = RDI;
  private static final Register ROW_BASE = RSI;
  private static final Register RUN_BASE = RDX;
  private static final Register WEIGHTS = RCX;
  private static final Register STEP = R8;
  private static final Register SUM = R9;
  private static final Register NUMBER = RBP;
  /** Few rows do little in a step, so that four are taken in a turn. */
  private static final int FOUR = 4;
  // While no step is taken, the first two are free for other places.
  private static final List<Register> ACTIVATIONS =
      List.of(RAX, RBX, R10, R11, R12, R13, R14, R15);
  private static final Register PLACE = RAX;
  private static final Register STRIDE = RBX;

  private final X86DotProduct unit;
  private final int tileRows;
  private final int vectors;
  private final int bits;
  private final boolean halves;
  private final boolean lanewise;
  private final RegisterCast.@Nullable Form form;
  private final int wide;
  private final Assembler code = new Assembler();
  private final VectorAssembler lanes = code.vectors();

  private DotTileWriter(X86DotProduct unit, TileShape shape, RegisterCast.@Nullable Form form,
      int wide) {
    this.unit = unit;
    this.form = form;
    this.wide = wide;
    this.tileRows = shape.rows();
    this.vectors = shape.vectors();
    this.bits = shape.bits();
    this.halves = shape.stored() != unit.lane();
    this.lanewise = shape.lanewise();
  }

  /**
   * Returns the code for tiles of a shape.
   *
   * @param form the form of the cast of sums, or null where they are stored
   */
  static byte[] write(X86DotProduct unit, TileShape shape, RegisterCast.@Nullable Form form,
      Abi abi) {
    return new DotTileWriter(unit, shape, form, 0).write(abi);
  }

  /**
   * Returns the code for tiles of a shape whose sums are added to sums of 64 bits.
   *
   * @param planes the vectors of columns that make one of sums: 1, or 2 of {@link ByteLayout},
   *     which follow all those of the first plane
   */
  static byte[] writeWide(X86DotProduct unit, TileShape shape, int planes, Abi abi) {
    return new DotTileWriter(unit, shape, null, planes).write(abi);
  }

  private byte[] write(Abi abi) {
    abi.enter(code, Vector.registers(bits));
    code.add(A, number(DotNumbers.ACTIVATION));
    code.add(ROW_BASE, number(DotNumbers.ROW));
    code.add(RUN_BASE, number(DotNumbers.RUN));
    code.add(WEIGHTS, number(DotNumbers.PANEL));
    code.add(Abi.ARGUMENTS.get(4), number(DotNumbers.ADDEND));
    code.add(SUM, number(DotNumbers.SUMS));
    code.mov(number(DotNumbers.RUN), RUN_BASE);
    code.mov(number(DotNumbers.PANEL), WEIGHTS);
    code.mov(number(DotNumbers.ADDEND), Abi.ARGUMENTS.get(4));
    if (unit.widens()) {
      lanes.vpbroadcastd(ones(), number(DotNumbers.ONES));
    }
    if (halves) {
      lanes.vpbroadcastd(lower(), number(DotNumbers.LOWER));
    }
    if (biased()) {
      lanes.vpbroadcastd(biases(), number(DotNumbers.BIASES));
    }
    Label rest = new Label();
    Label tiles = new Label();
    Label end = new Label();
    code.cmp(number(DotNumbers.TILES), 0);
    code.je(rest);
    code.bind(tiles);
    tile(tileRows);
    code.sub(number(DotNumbers.TILES), 1);
    code.jne(tiles);
    code.bind(rest);
    for (int left = 1; left < tileRows; left++) {
      Label other = new Label();
      code.cmp(number(DotNumbers.REST), left);
      code.jne(other);
      tile(left);
      code.jmp(end);
      code.bind(other);
    }
    code.bind(end);
    abi.leave(code, Vector.registers(bits));
    return code.toBytes();
  }

  private static Address number(int index) {
    return NUMBER.at(index * Long.BYTES);
  }

  /** Computes a tile, and moves on to the rows after it. */
  private void tile(int rows) {
    start(rows);
    code.mov(WEIGHTS, number(DotNumbers.PANEL));
    code.mov(RUN_BASE, number(DotNumbers.RUN));
    code.mov(PLACE, number(DotNumbers.RUNS));
    code.mov(number(DotNumbers.RUNS_LEFT), PLACE);
    Label runs = new Label();
    code.bind(runs);
    run(rows);
    code.add(RUN_BASE, Integer.BYTES);
    code.sub(number(DotNumbers.RUNS_LEFT), 1);
    code.jne(runs);
    code.mov(STRIDE, number(DotNumbers.SUMS_STRIDE));
    if (wide != 0) {
      addAndStore(rows);
    } else if (form == null) {
      store(rows);
    } else {
      castAndStore(rows, form);
    }
    code.add(ROW_BASE, rows * Integer.BYTES);
  }

  /** Starts sums from the addends, or from zeros where these are added at the end. */
  private void start(int rows) {
    code.mov(PLACE, number(DotNumbers.ADDEND));
    code.mov(STRIDE, number(DotNumbers.ADDEND_STRIDE));
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < vectors; j++) {
        if (wide != 0) {
          lanes.vpxor(sum(i, j), sum(i, j), sum(i, j));
        } else {
          lanes.vmovdqu(sum(i, j), PLACE.at(j * bits / Byte.SIZE));
        }
      }
      if (biased()) {
        lanes.vpxor(excess(i), excess(i), excess(i));
      }
      if (wide == 0) {
        code.add(PLACE, STRIDE);
      }
    }
    code.mov(number(DotNumbers.ADDEND), PLACE);
  }

  private void addAndStore(int rows) {
    WideSumWriter writer = new WideSumWriter(lanes, vector(0), vector(1));
    code.mov(PLACE, number(DotNumbers.ADDEND));
    int columns = vectors / wide;
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < columns; j++) {
        int place = 2 * j * bits / Byte.SIZE;
        if (wide == 1) {
          writer.add(sum(i, j), PLACE, SUM, place);
        } else {
          writer.add(sum(i, j), sum(i, columns + j), PLACE, SUM, place);
        }
      }
      code.add(PLACE, number(DotNumbers.ADDEND_STRIDE));
      code.add(SUM, STRIDE);
    }
    code.mov(number(DotNumbers.ADDEND), PLACE);
  }

  private void store(int rows) {
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < vectors; j++) {
        if (biased()) {
          lanes.vpsubd(sum(i, j), sum(i, j), excess(i));
        }
        lanes.vmovdqu(SUM.at(j * bits / Byte.SIZE), sum(i, j));
      }
      code.add(SUM, STRIDE);
    }
  }

  private void castAndStore(int rows, RegisterCast.Form cast) {
    RegisterCastWriter writer = new RegisterCastWriter(
        lanes, cast, DotTileWriter::number, List.of(vector(0), vector(1), weights(0)));
    writer.cast(IntStream.range(0, rows * vectors).mapToObj(each -> sum(0, each)).toList());
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < vectors; j++) {
        writer.store(SUM, j, sum(i, j));
      }
      code.add(SUM, STRIDE);
    }
  }

  private void run(int rows) {
    code.movsxd(STEP, RUN_BASE.at());
    for (int i = 0; i < rows; i++) {
      Register activations = ACTIVATIONS.get(i);
      code.movsxd(activations, ROW_BASE.at(i * Integer.BYTES));
      code.add(activations, STEP);
      code.lea(activations,
          A.at(activations, lanewise ? Integer.BYTES : unit.activation().bytes()));
    }
    if (lanewise) {
      loadWeights(0);
      for (int i = 0; i < rows; i++) {
        accumulateLanes(i);
      }
      code.add(WEIGHTS, vectors * bits / Byte.SIZE);
      return;
    }
    code.clear(STEP);
    Label end = new Label();
    if (halves) {
      Label few = new Label();
      code.cmp(STEP, number(DotNumbers.STEPS_OF_FOUR));
      code.je(few);
      steps(rows, DotNumbers.STEPS_OF_FOUR, FOUR);
      code.bind(few);
      code.cmp(STEP, number(DotNumbers.STEPS));
      code.je(end);
    }
    steps(rows, DotNumbers.STEPS, 1);
    code.bind(end);
  }

  /** Takes steps up to a number of them, so many in a turn of the loop. */
  private void steps(int rows, int number, int together) {
    Label turns = new Label();
    code.bind(turns);
    int stepBytes = vectors * bits / Byte.SIZE / (halves ? 2 : 1);
    for (int step = 0; step < together; step++) {
      loadWeights(step * stepBytes);
      for (int i = 0; i < rows; i++) {
        accumulate(i, step * Integer.BYTES);
      }
    }
    code.add(WEIGHTS, together * stepBytes);
    code.add(STEP, together);
    code.cmp(STEP, number(number));
    code.jne(turns);
  }

  /** Adds the products of a row with the weights of a step. */
  private void accumulate(int i, int place) {
    Register activations = ACTIVATIONS.get(i);
    lanes.vpbroadcastd(vector(0), new Address(activations, STEP, Integer.BYTES, place));
    if (biased()) {
      unit.accumulate(lanes, excess(i), vector(0), biases(), vector(1), ones());
    }
    for (int j = 0; j < vectors; j++) {
      unit.accumulate(lanes, sum(i, j), vector(0), weights(j), vector(1), ones());
    }
  }

  /** Adds the products of a row's lanes, each with the weight of its column. */
  private void accumulateLanes(int i) {
    for (int j = 0; j < vectors; j++) {
      lanes.vmovdqu(vector(0), ACTIVATIONS.get(i).at(j * bits / Byte.SIZE));
      unit.accumulate(lanes, sum(i, j), vector(0), weights(j), vector(1), ones());
    }
  }

  private void loadWeights(int place) {
    for (int j = 0; j < vectors; j += halves ? 2 : 1) {
      lanes.vmovdqu(weights(j), WEIGHTS.at(place));
      if (halves) {
        divide(weights(j), weights(j + 1));
      }
      place += bits / Byte.SIZE;
    }
  }

  /** Leaves the lower halves of words, and makes a second vector of the upper ones. */
  private void divide(Vector words, Vector upper) {
    if (unit.bytes()) {
      lanes.vpsrlw(upper, words, Byte.SIZE / 2);
      lanes.vpand(words, words, lower());
      lanes.vpand(upper, upper, lower());
    } else {
      lanes.vpsraw(upper, words, Byte.SIZE);
      lanes.vpmaddubsw(words, lower(), words);
    }
  }

  /** Returns whether weights are made of halves of bytes, which are larger than they. */
  private boolean biased() {
    return halves && unit.bytes();
  }

  /** Returns what leaves the lower half of a byte, or, multiplied, the lower byte of a word. */
  private Vector lower() {
    return constant(1);
  }

  /** Returns what the sums of a row are too large by, as weights are. */
  private Vector excess(int i) {
    return constant(2 + i);
  }

  private Vector biases() {
    return constant(2 + tileRows);
  }

  private Vector ones() {
    return unit.widens() ? constant(0) : vector(1);
  }

  /** Returns a register behind the sums. */
  private Vector constant(int number) {
    return vector(2 + vectors + tileRows * vectors + number);
  }

  private Vector sum(int i, int j) {
    return vector(2 + vectors + i * vectors + j);
  }

  private Vector weights(int j) {
    return vector(2 + j);
  }

  private Vector vector(int number) {
    return new Vector(number, bits);
  }
}
