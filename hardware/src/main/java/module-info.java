import org.jspecify.annotations.NullMarked;

/** Networks written as HLS C++ and as Verilog, and what they take of an FPGA. */
@NullMarked
module io.fixlane.hardware {
  requires static transitive org.jspecify;
  requires transitive io.fixlane.network;

  exports io.fixlane.hardware;
}
