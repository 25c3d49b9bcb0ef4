package io.fixlane.kernels.tiles.kernel;

import io.fixlane.kernels.lanes.Container;
import io.fixlane.kernels.lanes.Registers;
import io.fixlane.kernels.lanes.loop.Tile;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.TypeKind;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;

/**
 * How the accumulators of a tile start and end: at 0, and converted and added to the addend.
 *
 * <p>At the end accumulators go through memory. A conversion takes registers of its own, for which
 * C2 keeps accumulators in memory where there are 16, also in the loop over steps; and a loop over
 * rows has few calls, where C1 leaves a method interpreted that has more values than it has numbers
 * for. Only a lanewise tile, of few accumulators and short loops, is converted as it is where
 * registers are many and a vector of lanes gives one of sums.
 */
final class TileSums {
  private final TileShape shape;
  private final Container lane;
  private final Container sum;
  private final TileCode tile;
  private final CodeBuilder code;
  private final VectorCode vectors;

  TileSums(TileShape shape, TileCode tile, VectorCode vectors) {
    this.shape = shape;
    this.lane = shape.unit().lane();
    this.sum = shape.unit().sum();
    this.tile = tile;
    this.code = tile.code();
    this.vectors = vectors;
  }

  /** Writes how the accumulators start. */
  void start(int[] accumulators) {
    for (int accumulator : accumulators) {
      vectors.species(lane).invokestatic(VectorCode.type(lane), "zero",
          MethodTypeDesc.of(VectorCode.type(lane), VectorCode.SPECIES));
      vectors.exact(lane);
      code.astore(accumulator);
    }
  }

  /** Writes how the accumulators become sums. */
  void end(int[] accumulators) {
    int addend = tile.array("addend", sum);
    int sums = tile.array("sums", sum);
    if (shape.lanewise() && lane.bits() == sum.bits() && !Registers.few(shape.bits())) {
      for (int i = 0; i < accumulators.length; i++) {
        int row = i / shape.vectors();
        int accumulator = accumulators[i];
        add(() -> code.aload(accumulator), () -> code.loadConstant(row), i % shape.vectors(),
            addend, sums);
      }
      return;
    }
    int block = tile.array(Tile.block(lane), lane);
    for (int i = 0; i < accumulators.length; i++) {
      int place = i * shape.lanes();
      code.aload(accumulators[i]);
      vectors.intoArray(lane, block, () -> code.loadConstant(place));
    }
    int row = code.allocateLocal(TypeKind.INT);
    tile.loop(row, () -> code.loadConstant(shape.rows()), () -> {
      for (int j = 0; j < shape.vectors(); j++) {
        int column = j * shape.lanes();
        add(() -> vectors.fromArray(lane, shape.bits(), block,
            () -> code.iload(row).loadConstant(shape.columns()).imul()
                .loadConstant(column).iadd()),
            () -> code.iload(row), j, addend, sums);
      }
    });
  }

  /** Converts an accumulator, a vector of a row; adds the addend and stores the sums. */
  private void add(Runnable accumulator, Runnable row, int vector, int addend, int sums) {
    ClassDesc type = VectorCode.type(sum);
    int lanes = shape.bits() / sum.bits();
    for (int part = 0; part * lanes < shape.lanes(); part++) {
      int column = vector * shape.lanes() + part * lanes;
      accumulator.run();
      if (lane != sum) {
        vectors.convert(lane, shape.bits(), sum, part);
      }
      vectors.exact(sum);
      vectors.fromArray(sum, shape.bits(), addend, () -> at("addend", row, column));
      code.invokevirtual(type, "add", MethodTypeDesc.of(type, VectorCode.VECTOR));
      vectors.intoArray(sum, sums, () -> at("sums", row, column));
    }
  }

  /** Pushes offset + row * stride + column. */
  private void at(String name, Runnable row, int column) {
    tile.loadInt(name + "Offset");
    tile.loadInt(name + "Stride");
    row.run();
    code.imul().iadd().loadConstant(column).iadd();
  }
}
