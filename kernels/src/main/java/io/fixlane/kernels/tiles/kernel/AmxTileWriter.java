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

import io.fixlane.kernels.lanes.loop.MatrixPlaces;
import io.fixlane.kernels.machine.Abi;
import io.fixlane.kernels.machine.Address;
import io.fixlane.kernels.machine.AmxAssembler;
import io.fixlane.kernels.machine.AmxCopy;
import io.fixlane.kernels.machine.AmxRoom;
import io.fixlane.kernels.machine.Assembler;
import io.fixlane.kernels.machine.Label;
import io.fixlane.kernels.machine.Register;
import io.fixlane.kernels.machine.Vector;
import io.fixlane.kernels.machine.VectorAssembler;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Writes the micro-kernel of an {@link AmxDotProduct} as x86-64 code. One call computes all rows of
 * a panel: tiles of 32 rows first, and then the rows that are left. With V vectors of 16 columns,
 * it reads
 *
 * <pre>
 *   for (; tiles &gt; 0; tiles--)
 *     sums[0..2][0..V] = 0, in registers of 16 x 16
 *     for (run : runs)
 *       p[0..2] = the first matrix of each 16 rows, runBase[run] bytes on
 *       for (step = 0; step &lt; steps; step++)
 *         x[0..2] = the matrix at p[0..2], which moves on by a step
 *         w[0..V] = next matrices of the panel
 *         sums[0..2][0..V] += dot products of x[0..2] and w[0..V]
 *         a turn for 4 rows of the tile before, as long as there are such:
 *           add the addend, cast where there is a cast
 *           store, and move on to the next row of sums, where rowBase is not 0
 *     turns that are left
 *     put the sums into memory of their own
 * </pre>
 *
 * <p>So vectors do their work while matrices are multiplied. Where these lie is what
 * {@link MatrixPlaces} says. Rows that are left are multiplied as 16 or 32; what is beyond them is
 * not stored.
 */
final class AmxTileWriter {
  /** The first rows of a tile. */
  private static final Register A = RDI;
  /** Whether each row is stored. */
  private static final Register ROWS = RSI;
  private static final Register RUN_BASE = RDX;
  private static final Register WEIGHTS = RCX;
  private static final Register ADDEND = R8;
  private static final Register STORED = R9;
  private static final List<Register> ACTIVATIONS = List.of(RBX, R14);
  /** From one row of activations to the next. */
  private static final Register ROW_STRIDE = R10;
  /** From one row of weights, or of sums on their way, to the next. */
  private static final Register WIDTH = R11;
  private static final Register SUMS = R12;
  private static final Register ROOM = R13;
  private static final Register STEPS_LEFT = R15;
  private static final Register FREE = RAX;
  private static final Register NUMBER = RBP;
  private static final int BITS = 512;
  private static final int VECTOR_BYTES = BITS / Byte.SIZE;
  private static final int WHOLE = 2;
  private static final int FIRST_FREE = 16;

  private final int vectors;
  private final RegisterCast.@Nullable Form form;
  private final Assembler code = new Assembler();
  private final VectorAssembler lanes = code.vectors();
  private final AmxAssembler matrices = code.matrices();

  private AmxTileWriter(TileShape shape, RegisterCast.@Nullable Form form) {
    this.vectors = shape.vectors();
    this.form = form;
  }

  /**
   * Returns the code for tiles of a shape.
   *
   * @param form the form of the cast of sums, or null where they are stored
   */
  static byte[] write(TileShape shape, RegisterCast.@Nullable Form form, Abi abi) {
    return new AmxTileWriter(shape, form).write(abi);
  }

  private byte[] write(Abi abi) {
    abi.enter(code, Vector.registers(BITS));
    code.add(A, number(DotNumbers.ACTIVATION));
    code.add(ROWS, number(DotNumbers.ROW));
    code.add(RUN_BASE, number(DotNumbers.RUN));
    code.add(WEIGHTS, number(DotNumbers.PANEL));
    code.add(ADDEND, number(DotNumbers.ADDEND));
    code.add(STORED, number(DotNumbers.SUMS));
    code.mov(number(DotNumbers.PANEL), WEIGHTS);
    code.mov(number(DotNumbers.RUN), RUN_BASE);
    code.mov(ROW_STRIDE, number(DotNumbers.ROW_STRIDE));
    code.mov(ROOM, number(DotNumbers.ROOM));
    constant(WIDTH, vectors * VECTOR_BYTES);
    matrices.ldtilecfg(ROOM.at(AmxRoom.CONFIGURATION));
    turns(0);
    Label rest = new Label();
    Label tiles = new Label();
    code.cmp(number(DotNumbers.TILES), 0);
    code.je(rest);
    code.bind(tiles);
    multiply(WHOLE);
    turns(WHOLE * AmxCopy.ROWS / AmxKernel.ROWS_OF_TURN);
    for (int i = 0; i < WHOLE; i++) {
      code.add(A, number(DotNumbers.GROUP));
    }
    code.sub(number(DotNumbers.TILES), 1);
    code.jne(tiles);
    code.bind(rest);
    rest();
    matrices.tilerelease();
    abi.leave(code, Vector.registers(BITS));
    return code.toBytes();
  }

  /** Computes the rows after whole tiles, and stores all that is left. */
  private void rest() {
    Label last = new Label();
    Label two = new Label();
    Label multiplied = new Label();
    code.cmp(number(DotNumbers.REST), 0);
    code.je(last);
    code.cmp(number(DotNumbers.MATRICES), 1);
    code.jne(two);
    multiply(1);
    code.jmp(multiplied);
    code.bind(two);
    multiply(WHOLE);
    code.bind(multiplied);
    code.mov(STEPS_LEFT, number(DotNumbers.TURNS));
    code.mov(number(DotNumbers.TURNS_LEFT), STEPS_LEFT);
    code.bind(last);
    turnsLeft(DotNumbers.TURNS_LEFT, AmxKernel.ROWS_OF_TURN);
    turnsLeft(DotNumbers.ROWS_LEFT, 1);
  }

  private static Address number(int index) {
    return NUMBER.at(index * Long.BYTES);
  }

  private void constant(Register to, int constant) {
    code.clear(to);
    code.add(to, constant);
  }

  /** Says how many turns store what a tile has left in the room. */
  private void turns(int count) {
    constant(STEPS_LEFT, count);
    code.mov(number(DotNumbers.TURNS_LEFT), STEPS_LEFT);
  }

  /** Computes the sums of 16 or 32 rows, and leaves them in the room. */
  private void multiply(int halves) {
    for (int i = 0; i < halves; i++) {
      for (int j = 0; j < vectors; j++) {
        matrices.tilezero(sum(i, j));
      }
    }
    code.mov(WEIGHTS, number(DotNumbers.PANEL));
    code.mov(RUN_BASE, number(DotNumbers.RUN));
    code.mov(FREE, number(DotNumbers.RUNS));
    code.mov(number(DotNumbers.RUNS_LEFT), FREE);
    Label runs = new Label();
    code.bind(runs);
    code.movsxd(FREE, RUN_BASE.at());
    code.add(FREE, A);
    for (int i = 0; i < halves; i++) {
      code.mov(ACTIVATIONS.get(i), FREE);
      code.add(FREE, number(DotNumbers.GROUP));
    }
    run(halves);
    code.add(RUN_BASE, Integer.BYTES);
    code.sub(number(DotNumbers.RUNS_LEFT), 1);
    code.jne(runs);
    turnsLeft(DotNumbers.TURNS_LEFT, AmxKernel.ROWS_OF_TURN);
    for (int i = 0; i < halves; i++) {
      for (int j = 0; j < vectors; j++) {
        int place = (i * AmxCopy.ROWS * vectors + j) * VECTOR_BYTES;
        matrices.tilestored(new Address(ROOM, WIDTH, 1, place), sum(i, j));
      }
    }
    code.mov(SUMS, ROOM);
  }

  /** Takes the steps of a run, and a turn for the tile before with each as long as there are. */
  private void run(int halves) {
    code.mov(STEPS_LEFT, number(DotNumbers.STEPS));
    Label both = new Label();
    Label steps = new Label();
    Label end = new Label();
    code.bind(both);
    code.cmp(number(DotNumbers.TURNS_LEFT), 0);
    code.je(steps);
    step(halves);
    store(AmxKernel.ROWS_OF_TURN);
    code.sub(number(DotNumbers.TURNS_LEFT), 1);
    code.add(STEPS_LEFT, -1);
    code.jne(both);
    code.jmp(end);
    code.bind(steps);
    step(halves);
    code.add(STEPS_LEFT, -1);
    code.jne(steps);
    code.bind(end);
  }

  private void step(int halves) {
    for (int i = 0; i < halves; i++) {
      matrices.tileloadd(activations(i), ACTIVATIONS.get(i).at(ROW_STRIDE, 1));
      for (int j = 0; j < vectors; j++) {
        if (i == 0) {
          matrices.tileloadd(weights(j), new Address(WEIGHTS, WIDTH, 1, j * VECTOR_BYTES));
        }
        matrices.tdpbusd(sum(i, j), activations(i), weights(j));
      }
      code.add(ACTIVATIONS.get(i), number(DotNumbers.STEP));
    }
    code.add(WEIGHTS, vectors * AmxCopy.MATRIX);
  }

  /** Takes the turns that a number counts, of so many rows each. */
  private void turnsLeft(int count, int rows) {
    Label turns = new Label();
    Label end = new Label();
    code.bind(turns);
    code.cmp(number(count), 0);
    code.je(end);
    store(rows);
    code.sub(number(count), 1);
    code.jmp(turns);
    code.bind(end);
  }

  /** Adds addends to the next rows in the room, casts and stores them. */
  private void store(int rows) {
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < vectors; j++) {
        lanes.vmovdqu(vector(FIRST_FREE), ADDEND.at(j * VECTOR_BYTES));
        lanes.vmovdqu(row(i, j), SUMS.at((i * vectors + j) * VECTOR_BYTES));
        lanes.vpaddd(row(i, j), row(i, j), vector(FIRST_FREE));
      }
      ofProduct(i, () -> code.add(ADDEND, number(DotNumbers.ADDEND_STRIDE)));
    }
    RegisterCastWriter cast = form == null
        ? null
        : new RegisterCastWriter(lanes, form, AmxTileWriter::number,
            List.of(vector(FIRST_FREE), vector(FIRST_FREE + 1), vector(FIRST_FREE + 2)));
    if (cast != null) {
      cast.cast(IntStream.range(0, rows * vectors).mapToObj(AmxTileWriter::vector).toList());
    }
    for (int i = 0; i < rows; i++) {
      int row = i;
      ofProduct(i, () -> {
        for (int j = 0; j < vectors; j++) {
          if (cast == null) {
            lanes.vmovdqu(STORED.at(j * VECTOR_BYTES), row(row, j));
          } else {
            cast.store(STORED, j, row(row, j));
          }
        }
        code.add(STORED, number(DotNumbers.SUMS_STRIDE));
      });
    }
    code.add(ROWS, rows * Integer.BYTES);
    code.add(SUMS, rows * vectors * VECTOR_BYTES);
  }

  /** Writes what is done where the i-th of the next rows is one of the product. */
  private void ofProduct(int i, Runnable written) {
    Label end = new Label();
    code.cmpl(ROWS.at(i * Integer.BYTES), 0);
    code.je(end);
    written.run();
    code.bind(end);
  }

  private Vector row(int i, int j) {
    return vector(i * vectors + j);
  }

  private static Vector vector(int number) {
    return new Vector(number, BITS);
  }

  private int sum(int i, int j) {
    return i * vectors + j;
  }

  private int activations(int i) {
    return AmxAssembler.REGISTERS - 1 - i;
  }

  private int weights(int j) {
    return AmxAssembler.REGISTERS - 1 - WHOLE - j;
  }
}
