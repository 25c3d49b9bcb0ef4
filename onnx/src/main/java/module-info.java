import org.jspecify.annotations.NullMarked;

/** Networks read from ONNX models, and written as such. */
@NullMarked
module io.fixlane.onnx {
  requires static transitive org.jspecify;
  requires transitive io.fixlane.network;
  requires transitive io.fixlane.autograd;
  requires org.tribuo.util.onnx;
  requires com.google.protobuf;

  exports io.fixlane.onnx;
}
