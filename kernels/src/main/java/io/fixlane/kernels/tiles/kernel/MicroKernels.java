package io.fixlane.kernels.tiles.kernel;

import io.fixlane.kernels.lanes.loop.MicroKernel;
import io.fixlane.kernels.lanes.loop.Tile;
import io.fixlane.kernels.lanes.loop.TileMemory;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/** The micro-kernels that have been made; one for each shape. */
public final class MicroKernels {
  private static final Map<TileShape, MicroKernel> WRITTEN = new ConcurrentHashMap<>();

  private static final int MOST_VECTORS = 4;
  // By access, rows and vectors; the width of vectors does not change.
  private static final AtomicReferenceArray<MicroKernel> FLOATS =
      new AtomicReferenceArray<>(Access.values().length * (Tile.MAX_ROWS + 1) * MOST_VECTORS);

  private MicroKernels() {}

  /** Returns the micro-kernel of a shape. */
  public static MicroKernel of(TileShape shape) {
    return WRITTEN.computeIfAbsent(shape, key -> key.unit().kernel(key));
  }

  /**
   * Returns a micro-kernel of a shape that casts whole sums and stores the results where a {@link
   * TileMemory} has them, or null where the unit has none.
   */
  public static @Nullable MicroKernel casting(TileShape shape, RegisterCast cast) {
    return shape.unit().kernel(shape, cast);
  }

  /** Returns the micro-kernel of floats, without looking for it among all others. */
  public static MicroKernel ofFloats(Access access, int rows, int vectors, int bits) {
    Unit unit = Unit.ROUNDED_FLOAT32;
    int index = (access.ordinal() * (Tile.MAX_ROWS + 1) + rows) * MOST_VECTORS + vectors - 1;
    MicroKernel known = FLOATS.get(index);
    if (known == null) {
      known = of(new TileShape(unit, access, unit.lane(), 1, rows, vectors, bits));
      FLOATS.set(index, known);
    }
    return known;
  }
}
