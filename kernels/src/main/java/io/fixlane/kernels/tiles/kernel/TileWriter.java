package io.fixlane.kernels.tiles.kernel;

import static java.lang.constant.ConstantDescs.CD_Object;
import static java.lang.constant.ConstantDescs.CD_int;
import static java.lang.constant.ConstantDescs.CD_void;
import static java.lang.constant.ConstantDescs.INIT_NAME;
import static java.lang.constant.ConstantDescs.MTD_void;

import io.fixlane.kernels.lanes.Container;
import io.fixlane.kernels.lanes.loop.MicroKernel;
import io.fixlane.kernels.lanes.loop.Tile;
import java.lang.classfile.ClassFile;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.lang.classfile.TypeKind;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;

/**
 * Writes a micro-kernel as bytecode. Its accumulators are local variables, one for each vector of
 * the tile, which is why it is written for a shape and not once for all; for 2 x 2 vectors of
 * floats it reads
 *
 * <pre>
 *   FloatVector c00 = FloatVector.zero(SPECIES_512), c01 = ..., c10 = ..., c11 = ...;
 *   int base0 = rowBase[row] + aOffset, base1 = rowBase[row + 1] + aOffset;
 *   for (int r = 0; r &lt; runs; r++) {
 *     int start0 = base0 + runBase[run + r], start1 = ...;
 *     for (int k = 0; k &lt; runLength; k++) {
 *       int p = panelOffset + k * 32;
 *       FloatVector b0 = FloatVector.fromArray(SPECIES_512, panel, p), b1 = ... p + 16;
 *       FloatVector x = FloatVector.broadcast(SPECIES_512, a[start0 + k]);
 *       c00 = x.fma(b0, c00); c01 = x.fma(b1, c01);
 *       x = FloatVector.broadcast(SPECIES_512, a[start1 + k]);
 *       c10 = x.fma(b0, c10); c11 = x.fma(b1, c11);
 *     }
 *     panelOffset += runLength * 32;
 *   }
 *   c00.intoArray(block, 0); c01.intoArray(block, 16); ...
 *   for (int i = 0; i &lt; 2; i++) {
 *     FloatVector.fromArray(SPECIES_512, block, i * 32).convertShape(F2I, SPECIES_512, 0)
 *         .add(IntVector.fromArray(SPECIES_512, addend, addendOffset + i * addendStride))
 *         .intoArray(sums, sumsOffset + i * sumsStride);
 *     ...
 *   }
 * </pre>
 */
final class TileWriter {
  private static final ClassDesc TILE = VectorCode.desc(Tile.class);
  private static final ClassDesc NAME =
      ClassDesc.of(TileWriter.class.getPackageName(), "WrittenMicroKernel");
  private static final int TILE_SLOT = 1;

  private final TileShape shape;
  private final Container lane;
  private final Container sum;
  private final CodeBuilder code;
  private final VectorCode vectors;

  private final int a;
  private final int panel;
  private final int panelOffset;
  private final int runLength;
  private final int aStride;
  private final int[] accumulators;
  private final int[] weights;
  private final int[] bases;
  private final int[] starts;

  private TileWriter(TileShape shape, CodeBuilder code) {
    this.shape = shape;
    this.lane = shape.unit().lane();
    this.sum = shape.unit().sum();
    this.code = code;
    this.vectors = new VectorCode(code, shape.bits());
    this.a = code.allocateLocal(TypeKind.REFERENCE);
    this.panel = code.allocateLocal(TypeKind.REFERENCE);
    this.panelOffset = code.allocateLocal(TypeKind.INT);
    this.runLength = code.allocateLocal(TypeKind.INT);
    this.aStride = code.allocateLocal(TypeKind.INT);
    this.accumulators = locals(TypeKind.REFERENCE, shape.rows() * shape.vectors());
    this.weights = locals(TypeKind.REFERENCE, shape.vectors());
    this.bases = locals(TypeKind.INT, shape.rows());
    this.starts = locals(TypeKind.INT, shape.rows());
  }

  private int[] locals(TypeKind kind, int count) {
    int[] slots = new int[count];
    for (int i = 0; i < count; i++) {
      slots[i] = code.allocateLocal(kind);
    }
    return slots;
  }

  /** Returns the class file of a micro-kernel. */
  static byte[] write(TileShape shape) {
    return ClassFile.of().build(NAME, type -> type
        .withInterfaceSymbols(VectorCode.desc(MicroKernel.class))
        .withMethodBody(INIT_NAME, MTD_void, ClassFile.ACC_PUBLIC, code -> code
            .aload(0)
            .invokespecial(CD_Object, INIT_NAME, MTD_void)
            .return_())
        .withMethodBody("multiply", MethodTypeDesc.of(CD_void, TILE), ClassFile.ACC_PUBLIC,
            code -> new TileWriter(shape, code).writeBody()));
  }

  private void writeBody() {
    loadArray("a", lane, a);
    loadArray("panel", shape.stored(), panel);
    loadInt("panelOffset").istore(panelOffset);
    loadInt("runLength").istore(runLength);
    loadInt("aStride").istore(aStride);
    if (addsLater()) {
      startAtZero();
    } else {
      startAtAddend();
    }
    for (int i = 0; i < shape.rows(); i++) {
      loadInts("rowBase");
      loadInt("row").loadConstant(i).iadd().iaload();
      loadInt("aOffset").iadd().istore(bases[i]);
    }
    int r = code.allocateLocal(TypeKind.INT);
    loop(r, () -> loadInt("runs"), () -> {
      runOne(r);
      code.iload(panelOffset).iload(runLength).loadConstant(shape.stepWords()).imul().iadd()
          .istore(panelOffset);
    });
    storeSums();
    code.return_();
  }

  private void runOne(int r) {
    for (int i = 0; i < shape.rows(); i++) {
      code.iload(bases[i]);
      loadInts("runBase");
      loadInt("run").iload(r).iadd().iaload().iadd().istore(starts[i]);
    }
    if (shape.lanewise()) {
      // Runs are of length 1: a loop over them would cost more than its body.
      planes(starts, panelOffset);
    } else {
      int k = code.allocateLocal(TypeKind.INT);
      int p = code.allocateLocal(TypeKind.INT);
      int[] places = locals(TypeKind.INT, shape.rows());
      loop(k, () -> code.iload(runLength), () -> {
        code.iload(panelOffset).iload(k).loadConstant(shape.stepWords()).imul().iadd().istore(p);
        for (int i = 0; i < shape.rows(); i++) {
          code.iload(starts[i]).iload(k);
          if (shape.access() == Access.STRIDED) {
            code.iload(aStride).imul();
          }
          code.iadd().istore(places[i]);
        }
        planes(places, p);
      });
    }
  }

  /** Adds one product to each accumulator, or its terms one after the other. */
  private void planes(int[] places, int p) {
    if (!shape.unit().loopsOverPlanes()) {
      step(places, p);
      return;
    }
    int plane = code.allocateLocal(TypeKind.INT);
    int q = code.allocateLocal(TypeKind.INT);
    loop(plane, () -> code.loadConstant(shape.planes()), () -> {
      code.iload(p).iload(plane).loadConstant(shape.columns()).imul().iadd().istore(q);
      step(places, q);
    });
  }

  /** Adds one product, or term, to each accumulator. */
  private void step(int[] places, int p) {
    int x = code.allocateLocal(TypeKind.REFERENCE);
    for (int j = 0; j < shape.vectors(); j++) {
      loadWeights(p, j);
      code.astore(weights[j]);
    }
    for (int i = 0; i < shape.rows(); i++) {
      for (int j = 0; j < shape.vectors(); j++) {
        if (j == 0 || shape.lanewise()) {
          loadActivation(places[i], j);
          code.astore(x);
        }
        int accumulator = accumulators[i * shape.vectors() + j];
        shape.unit().accumulate(vectors, accumulator, x, weights[j]);
        code.astore(accumulator);
      }
    }
  }

  private void loadWeights(int p, int j) {
    Container stored = shape.stored();
    int bits = stored.bits() * shape.lanes();
    vectors.fromArray(stored, bits, panel,
        () -> code.iload(p).loadConstant(j * shape.lanes()).iadd());
    if (stored != lane) {
      vectors.convert(stored, lane, 0);
    }
  }

  private void loadActivation(int place, int j) {
    if (shape.lanewise()) {
      vectors.fromArray(lane, shape.bits(), a,
          () -> code.iload(place).loadConstant(j * shape.lanes()).iadd());
    } else {
      shape.unit().loadActivation(vectors, a, place);
    }
  }

  /** Returns whether the addend is added to the sums: integers modulo the lane start from it. */
  private boolean addsLater() {
    return lane != sum || lane.floating();
  }

  /** Returns whether sums are converted from memory, and the addend is added there. */
  private boolean addsApart() {
    return !shape.lanewise() || Registers.few(shape.bits());
  }

  private void startAtZero() {
    for (int accumulator : accumulators) {
      vectors.species(lane)
          .invokestatic(VectorCode.type(lane), "zero",
              MethodTypeDesc.of(VectorCode.type(lane), VectorCode.SPECIES))
          .astore(accumulator);
    }
  }

  private void startAtAddend() {
    int addend = array("addend", sum);
    forEachAccumulator((accumulator, row, column) -> {
      vectors.fromArray(sum, shape.bits(), addend, () -> at("addend", row, column));
      code.astore(accumulator);
    });
  }

  private void storeSums() {
    int sums = array("sums", sum);
    if (!addsLater()) {
      forEachAccumulator((accumulator, row, column) -> {
        code.aload(accumulator);
        store(sum, sums, () -> at("sums", row, column));
      });
    } else if (addsApart()) {
      int block = array(Tile.block(lane), lane);
      forEachAccumulator((accumulator, row, column) -> {
        code.aload(accumulator);
        store(lane, block, () -> inBlock(row, column));
      });
      addBlock(block, sums);
    } else {
      int addend = array("addend", sum);
      forEachAccumulator(
          (accumulator, row, column) -> addAccumulator(accumulator, row, column, addend, sums));
    }
  }

  private void addAccumulator(int accumulator, Runnable row, int column, int addend, int sums) {
    int lanesOfSums = shape.bits() / sum.bits();
    for (int part = 0; part * lanesOfSums < shape.lanes(); part++) {
      int first = column + part * lanesOfSums;
      code.aload(accumulator);
      convertAndAdd(part, addend, row, first);
      store(sum, sums, () -> at("sums", row, first));
    }
  }

  /** Converts the accumulator that is pushed, or a part of it, and adds the addend. */
  private void convertAndAdd(int part, int addend, Runnable row, int column) {
    ClassDesc type = VectorCode.type(sum);
    if (lane != sum) {
      vectors.convert(lane, sum, part);
    }
    vectors.fromArray(sum, shape.bits(), addend, () -> at("addend", row, column));
    code.invokevirtual(type, "add", MethodTypeDesc.of(type, VectorCode.VECTOR));
  }

  /**
   * Converts what lies in the block, and adds the addend, row by row. From memory, and in a loop: a
   * conversion takes registers of its own, for which C2 keeps accumulators in memory where there
   * are 16, also in the loop over steps; and of very many calls C2 boxes what the last give.
   */
  private void addBlock(int block, int sums) {
    int addend = array("addend", sum);
    int lanesOfSums = shape.bits() / sum.bits();
    int i = code.allocateLocal(TypeKind.INT);
    loop(i, () -> code.loadConstant(shape.rows()), () -> {
      Runnable row = () -> code.iload(i);
      for (int j = 0; j < shape.columns(); j += lanesOfSums) {
        int column = j;
        vectors.fromArray(
            lane, shape.bits(), block, () -> inBlock(row, column - column % shape.lanes()));
        convertAndAdd(column % shape.lanes() / lanesOfSums, addend, row, column);
        store(sum, sums, () -> at("sums", row, column));
      }
    });
  }

  /** What is done to an accumulator that stands for sums from a column of a row on. */
  private interface ForAccumulator {
    void write(int accumulator, Runnable row, int column);
  }

  private void forEachAccumulator(ForAccumulator what) {
    for (int i = 0; i < shape.rows(); i++) {
      int row = i;
      for (int j = 0; j < shape.vectors(); j++) {
        what.write(accumulators[i * shape.vectors() + j], () -> code.loadConstant(row),
            j * shape.lanes());
      }
    }
  }

  /** Stores the vector that is pushed. */
  private void store(Container elements, int array, Runnable place) {
    code.aload(array);
    place.run();
    code.invokevirtual(VectorCode.type(elements), "intoArray", MethodTypeDesc.of(
        CD_void, VectorCode.desc(elements.type()).arrayType(), CD_int));
  }

  /** Pushes row * columns + column. */
  private void inBlock(Runnable row, int column) {
    row.run();
    code.loadConstant(shape.columns()).imul().loadConstant(column).iadd();
  }

  /** Pushes offset + row * stride + column. */
  private void at(String name, Runnable row, int column) {
    loadInt(name + "Offset");
    loadInt(name + "Stride");
    row.run();
    code.imul().iadd().loadConstant(column).iadd();
  }

  private void loop(int counter, Runnable limit, Runnable body) {
    Label head = code.newLabel();
    Label end = code.newLabel();
    code.iconst_0().istore(counter).labelBinding(head).iload(counter);
    limit.run();
    code.if_icmpge(end);
    body.run();
    code.iinc(counter, 1).goto_(head).labelBinding(end);
  }

  private int array(String field, Container container) {
    int slot = code.allocateLocal(TypeKind.REFERENCE);
    loadArray(field, container, slot);
    return slot;
  }

  private void loadArray(String field, Container container, int slot) {
    code.aload(TILE_SLOT).getfield(TILE, field, CD_Object)
        .checkcast(VectorCode.desc(container.type()).arrayType()).astore(slot);
  }

  private void loadInts(String field) {
    code.aload(TILE_SLOT).getfield(TILE, field, CD_int.arrayType());
  }

  private CodeBuilder loadInt(String field) {
    return code.aload(TILE_SLOT).getfield(TILE, field, CD_int);
  }
}
