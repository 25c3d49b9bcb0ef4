package io.fixlane.kernels.tiles.kernel;

import static java.lang.constant.ConstantDescs.CD_Object;
import static java.lang.constant.ConstantDescs.CD_void;
import static java.lang.constant.ConstantDescs.INIT_NAME;
import static java.lang.constant.ConstantDescs.MTD_void;

import io.fixlane.kernels.lanes.Container;
import io.fixlane.kernels.lanes.loop.MicroKernel;
import io.fixlane.kernels.lanes.loop.Tile;
import java.lang.classfile.ClassFile;
import java.lang.classfile.CodeBuilder;
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
  private static final ClassDesc NAME =
      ClassDesc.of(TileWriter.class.getPackageName(), "WrittenMicroKernel");

  private final TileShape shape;
  private final Container lane;
  private final CodeBuilder code;
  private final TileCode tile;
  private final VectorCode vectors;

  private final int a;
  private final int panel;
  private final int panelOffset;
  private final int runLength;
  private final int aStride;
  private final int panelStride;
  private final int[] accumulators;
  private final int[] weights;
  private final int[] bases;
  private final int[] starts;

  private TileWriter(TileShape shape, CodeBuilder code) {
    this.shape = shape;
    this.lane = shape.unit().lane();
    this.code = code;
    this.tile = new TileCode(code);
    this.vectors = new VectorCode(code, shape.bits());
    this.a = tile.array("a", lane);
    this.panel = tile.array("panel", shape.stored());
    this.panelOffset = tile.integer("panelOffset");
    this.runLength = tile.integer("runLength");
    this.aStride = tile.integer("aStride");
    this.panelStride = tile.integer("panelStride");
    this.accumulators = tile.locals(TypeKind.REFERENCE, shape.rows() * shape.vectors());
    this.weights = tile.locals(TypeKind.REFERENCE, shape.vectors());
    this.bases = tile.locals(TypeKind.INT, shape.rows());
    this.starts = tile.locals(TypeKind.INT, shape.rows());
  }

  /** Returns the class file of a micro-kernel. */
  static byte[] write(TileShape shape) {
    return ClassFile.of().build(NAME, type -> type
        .withInterfaceSymbols(VectorCode.desc(MicroKernel.class))
        .withMethodBody(INIT_NAME, MTD_void, ClassFile.ACC_PUBLIC, code -> code
            .aload(0)
            .invokespecial(CD_Object, INIT_NAME, MTD_void)
            .return_())
        .withMethodBody("multiply", MethodTypeDesc.of(CD_void, VectorCode.desc(Tile.class)),
            ClassFile.ACC_PUBLIC, code -> new TileWriter(shape, code).writeBody()));
  }

  private void writeBody() {
    TileSums sums = new TileSums(shape, tile, vectors);
    sums.start(accumulators);
    for (int i = 0; i < shape.rows(); i++) {
      tile.loadInts("rowBase");
      tile.loadInt("row").loadConstant(i).iadd().iaload();
      tile.loadInt("aOffset").iadd().istore(bases[i]);
    }
    int r = code.allocateLocal(TypeKind.INT);
    tile.loop(r, () -> tile.loadInt("runs"), () -> {
      runOne(r);
      if (!shape.slides()) {
        code.iload(panelOffset).iload(runLength).loadConstant(shape.stepWords()).imul().iadd()
            .istore(panelOffset);
      }
    });
    sums.end(accumulators);
    code.return_();
  }

  private void runOne(int r) {
    for (int i = 0; i < shape.rows(); i++) {
      code.iload(bases[i]);
      tile.loadInts("runBase");
      tile.loadInt("run").iload(r).iadd().iaload().iadd().istore(starts[i]);
    }
    if (shape.slides()) {
      tile.loadInt("panelOffset");
      tile.loadInts("panelBase");
      tile.loadInt("run").iload(r).iadd().iaload().iadd().istore(panelOffset);
    }
    if (shape.lanewise()) {
      // Runs are of length 1: a loop over them would cost more than its body.
      planes(starts, panelOffset);
    } else {
      int k = code.allocateLocal(TypeKind.INT);
      int p = code.allocateLocal(TypeKind.INT);
      int[] places = tile.locals(TypeKind.INT, shape.rows());
      tile.loop(k, () -> code.iload(runLength), () -> {
        code.iload(panelOffset).iload(k);
        if (shape.slides()) {
          code.iload(panelStride);
        } else {
          code.loadConstant(shape.stepWords());
        }
        code.imul().iadd().istore(p);
        for (int i = 0; i < shape.rows(); i++) {
          code.iload(starts[i]).iload(k);
          if (shape.strides()) {
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
    tile.loop(plane, () -> code.loadConstant(shape.planes()), () -> {
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
          vectors.exact(lane);
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
      vectors.convert(stored, bits, lane, 0);
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
}
