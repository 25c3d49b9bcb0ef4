import org.jspecify.annotations.NullMarked;

/**
 * What HLS fixed-point arithmetic means: formats, and every operation one exact scalar at a time.
 *
 * <p>Widths to 4,096 bits, plainly written, never optimised. The module depends on nothing.
 */
@NullMarked
// The modules that write files come after this one.
@SuppressWarnings("module")
module io.fixlane.reference {
  requires static transitive org.jspecify;

  exports io.fixlane.files to
      io.fixlane.autograd,
      io.fixlane.cli,
      io.fixlane.conformance,
      io.fixlane.hardware,
      io.fixlane.kernels,
      io.fixlane.network,
      io.fixlane.onnx;
  exports io.fixlane.format;
  exports io.fixlane.reference;
  exports io.fixlane.shape;
}
