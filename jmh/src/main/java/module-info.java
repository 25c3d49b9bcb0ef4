import org.jspecify.annotations.NullMarked;

/** How fast the kernels are. */
@NullMarked
module io.fixlane.jmh {
  requires static org.jspecify;
  requires io.fixlane.autograd;
  requires io.fixlane.kernels;
  requires jdk.incubator.vector;
  requires jmh.core;
}
