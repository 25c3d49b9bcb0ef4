import org.jspecify.annotations.NullMarked;

/** Networks as models of the Deep Java Library (DJL). */
@NullMarked
module io.fixlane.djl {
  requires static transitive org.jspecify;
  requires transitive ai.djl.api;
  requires transitive io.fixlane.network;
  // DJL, an automatic module, does not say that its images need this.
  requires java.desktop;
  // Models of ONNX are read where the module is there.
  requires static io.fixlane.onnx;

  exports io.fixlane.djl;

  provides ai.djl.engine.EngineProvider with io.fixlane.djl.FixlaneEngineProvider;
}
