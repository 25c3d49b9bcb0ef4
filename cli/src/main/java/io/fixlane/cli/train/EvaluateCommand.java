package io.fixlane.cli.train;

import io.fixlane.autograd.data.Dataset;
import io.fixlane.cli.console.NetworkArgument;
import io.fixlane.cli.console.UserError;
import io.fixlane.network.Network;
import io.fixlane.tensor.FixedTensor;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code fixlane evaluate}: a saved network of integers on test images. */
@Command(
    name = "evaluate",
    description = "Runs a network that train saved, in integers alone, on the test images: how "
        + "many it classifies right, as what the others, how fast, and what it costs.",
    footer = {
      "",
      "Example:",
      "  fixlane train --out network.fxn && fixlane evaluate network.fxn"
    })
public final class EvaluateCommand implements Callable<Integer> {
  private static final int MOST_THREADS = 1024;
  private static final int LEAST_PASSES = 20;
  private static final long STEADY_NANOS = 1_000_000_000;
  private static final long MOST_NANOS = 10 * STEADY_NANOS;

  @Spec
  private CommandSpec spec;

  @Parameters(paramLabel = "NETWORK", description = "The file of the network.")
  private Path file;

  @Mixin
  private DataOption data = new DataOption();

  @Option(
      names = "--threads",
      paramLabel = "N",
      description = "How many threads compute (default: one for each processor).")
  private @Nullable Integer threads;

  @Option(
      names = "--explain",
      description = "Says of each layer which kernel computes it, and why.")
  private boolean explain;

  @Override
  public Integer call() {
    int parts = threads == null
        ? Math.min(Runtime.getRuntime().availableProcessors(), MOST_THREADS)
        : Numbers.require("--threads", threads, 1, MOST_THREADS);
    Network network = NetworkArgument.load(file);
    // Of the images to train with, only their classes matter.
    Dataset test = data.read(1, null).test();
    requireFits(network, test);
    int[] shape = test.imageShape();
    FixedTensor images = FixedTensor.quantize(
        network.inputFormat(), test.images(), test.size(), shape[0], shape[1], shape[2]);
    PrintWriter out = spec.commandLine().getOut();
    (explain ? network.explain() : network.toString()).lines().forEach(out::println);
    out.println();
    out.println(test);
    try (ExecutorService executor = Executors.newFixedThreadPool(parts)) {
      Confusion confusion =
          Confusion.of(test, network.classify(images, executor, parts));
      out.println(Numbers.count(confusion.right()) + " of " + Numbers.count(confusion.images())
          + " right, " + Numbers.percent((double) confusion.right() / confusion.images()));
      out.println(String.format(Locale.ROOT, "%,.0f images/s at best, on %s",
          imagesPerSecond(network, images, executor, parts), Numbers.counted(parts, "thread")));
      out.println();
      confusion.print(out);
    }
    return 0;
  }

  private void requireFits(Network network, Dataset test) {
    if (!Arrays.equals(network.inputShape(), test.imageShape())) {
      throw new UserError("NETWORK is " + file + ": it takes images of "
          + shape(network.inputShape()) + ", and those of " + test.name() + " are "
          + shape(test.imageShape()) + " (--data names others)");
    }
    if (!Arrays.equals(network.resultShape(), new int[] {test.classes()})) {
      throw new UserError("NETWORK is " + file + ": it gives " + shape(network.resultShape())
          + " numbers, and " + test.name() + " has " + test.classes() + " classes");
    }
  }

  private static String shape(int[] dimensions) {
    return String.join(" x ", Arrays.stream(dimensions).mapToObj(Integer::toString).toList());
  }

  /**
   * Goes through all images again and again, until it gets no faster: the JVM compiles meanwhile.
   * Returns the speed of the fastest time.
   */
  private static double imagesPerSecond(
      Network network, FixedTensor images, ExecutorService executor, int parts) {
    long began = System.nanoTime();
    long now = began;
    long improved = began;
    long fastest = Long.MAX_VALUE;
    for (int pass = 0; now - began < MOST_NANOS
        && (pass < LEAST_PASSES || now - improved < STEADY_NANOS); pass++) {
      long start = System.nanoTime();
      network.run(images, executor, parts);
      now = System.nanoTime();
      if (now - start < fastest) {
        fastest = Math.max(now - start, 1);
        improved = now;
      }
    }
    return 1e9 * images.dimension(0) / fastest;
  }
}
