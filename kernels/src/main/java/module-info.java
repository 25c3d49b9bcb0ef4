import org.jspecify.annotations.NullMarked;

/**
 * Fixed-point kernels at SIMD speed: packed tensors, and a plan for each operation, bit for bit
 * what the reference computes.
 *
 * <p>The JDK Vector API is used where {@code --add-modules jdk.incubator.vector} is given and the
 * JVM compiles vectors; elsewhere the same plans run as scalar loops and give the same bits.
 */
@NullMarked
// The modules of networks, training and benchmarks come after this one.
@SuppressWarnings("module")
module io.fixlane.kernels {
  requires static transitive org.jspecify;
  requires static jdk.incubator.vector;
  // Where it is there, it tells whether the JVM compiles vectors.
  requires static jdk.management;
  requires transitive io.fixlane.reference;

  exports io.fixlane.kernels;
  exports io.fixlane.tensor;
  exports io.fixlane.tensor.npy;
  exports io.fixlane.kernels.machine to io.fixlane.jmh;
  exports io.fixlane.kernels.threads to io.fixlane.network, io.fixlane.autograd;
  exports io.fixlane.kernels.tiles to io.fixlane.autograd, io.fixlane.jmh;
}
