package io.fixlane.kernels.tiles;

import io.fixlane.kernels.lanes.MicroKernel;
import io.fixlane.kernels.lanes.Container;
import java.lang.invoke.MethodHandles;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The micro-kernels that have been made; one for each shape. */
final class MicroKernels {
  private static final Map<TileShape, MicroKernel> WRITTEN = new ConcurrentHashMap<>();

  private MicroKernels() {}

  /** Returns the micro-kernel of a shape. */
  static MicroKernel of(TileShape shape) {
    return WRITTEN.computeIfAbsent(shape, MicroKernels::make);
  }

  private static MicroKernel make(TileShape shape) {
    if (shape.bits() == 0) {
      return shape.unit().shiftsAndAdds()
          ? new ScalarShiftKernel(shape)
          : shape.unit().lane() == Container.INT
              ? new ScalarIntKernel(shape)
              : new ScalarLongKernel(shape);
    }
    try {
      return (MicroKernel) MethodHandles.lookup()
          .defineHiddenClass(TileWriter.write(shape), true)
          .lookupClass()
          .getDeclaredConstructor()
          .newInstance();
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("cannot define the micro-kernel of " + shape, e);
    }
  }
}
