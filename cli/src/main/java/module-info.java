import org.jspecify.annotations.NullMarked;

/** The command {@code fixlane}. */
@NullMarked
module io.fixlane.cli {
  requires static org.jspecify;
  requires java.desktop;
  requires java.logging;
  // With it the kernels see whether the JVM compiles vectors.
  requires jdk.management;
  requires io.fixlane.conformance;
  requires io.fixlane.kernels;
  requires io.fixlane.network;
  requires io.fixlane.hardware;
  requires io.fixlane.autograd;
  requires io.fixlane.onnx;
  requires info.picocli;
  requires com.j2html;
  requires xchart;
  requires tools.jackson.databind;
  requires me.tongfei.progressbar;

  // Where the trials of a search may be computed.
  uses io.fixlane.autograd.search.TrialService;

  // picocli sets the annotated fields and calls the annotated methods.
  opens io.fixlane.cli to
      info.picocli;
  opens io.fixlane.cli.bench to
      info.picocli;
  opens io.fixlane.cli.cast to
      info.picocli;
  opens io.fixlane.cli.conform to
      info.picocli;
  opens io.fixlane.cli.explain to
      info.picocli;
  opens io.fixlane.cli.export to
      info.picocli;
  opens io.fixlane.cli.imports to
      info.picocli;
  opens io.fixlane.cli.modes to
      info.picocli;
  opens io.fixlane.cli.report to
      info.picocli;
  opens io.fixlane.cli.resources to
      info.picocli;
  opens io.fixlane.cli.search to
      info.picocli,
      tools.jackson.databind;
  opens io.fixlane.cli.show to
      info.picocli;
  opens io.fixlane.cli.train to
      info.picocli;
  opens io.fixlane.cli.words to
      info.picocli;
  // Jackson reads and writes the records of results.
  opens io.fixlane.cli.experiments to
      info.picocli,
      tools.jackson.databind;
}
