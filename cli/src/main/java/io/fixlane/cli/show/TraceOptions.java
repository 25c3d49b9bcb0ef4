package io.fixlane.cli.show;

import io.fixlane.cli.console.Failure;
import io.fixlane.cli.console.OutputDirectory;
import io.fixlane.cli.console.UserError;
import io.fixlane.cli.words.NumbersOption;
import io.fixlane.cli.words.SampleFile;
import io.fixlane.files.AtomicFile;
import io.fixlane.files.Memory;
import io.fixlane.hardware.LayerNames;
import io.fixlane.network.Network;
import io.fixlane.network.layer.TensorType;
import io.fixlane.tensor.FixedTensor;
import io.fixlane.tensor.npy.NpyArray;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/** The options of the words of every layer. */
final class TraceOptions {
  @Option(
      names = "--trace",
      paramLabel = "FILE",
      description = "Runs a network on the samples of a file, of any kind that words reads, and "
          + "shows the words of every layer. Integers of numpy are raw words; floats and decimals "
          + "are cast into the network's input format.")
  private @Nullable Path samples;

  @ArgGroup
  private @Nullable NumbersOption numbers;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "With --trace: writes the words of every layer to this folder, a file of numpy "
          + "each, with the names that export gives the layers.")
  private @Nullable Path folder;

  @Option(
      names = "--numbers-out",
      paramLabel = "raw|values",
      defaultValue = "raw",
      description = "Whether raw words are written or values (default: ${DEFAULT-VALUE}).")
  private Numbers written;

  @Option(names = "--force", description = "Replaces files that are there.")
  private boolean force;

  /** What can be written of a word. */
  private enum Numbers {
    RAW,
    VALUES
  }

  /**
   * Requires none of the options to be given.
   *
   * @param file what is shown, and is no network
   */
  void requireNone(Path file) {
    if (samples != null || folder != null || numbers != null || force) {
      throw new UserError("FILE is " + file + ": --trace, and what goes with it, is for networks "
          + "that train saves");
    }
  }

  /** Runs the network where that is asked for. */
  void run(Network network, PrintWriter out) {
    if (samples == null) {
      if (folder != null || numbers != null || force) {
        throw new UserError(
            "--out, --force, --raw, --values and --cast are for --trace, which is missing");
      }
      return;
    }
    FixedTensor batch =
        SampleFile.read("--trace", samples, network.inputType(), numbers);
    requireMemory(network, batch.dimension(0));
    SequencedMap<String, FixedTensor> words = new LinkedHashMap<>();
    words.put("input", batch);
    SequencedMap<String, String> names = LayerNames.of(network);
    SequencedMap<String, FixedTensor> trace = network.trace(batch);
    WordsTable table = new WordsTable("layer");
    table.add("(input)", batch);
    trace.forEach((layer, tensor) -> {
      table.add(layer, tensor);
      words.put(names.get(layer), tensor);
    });
    out.println();
    table.lines().forEach(out::println);
    if (folder != null) {
      write(folder, words);
      out.println();
      out.println(String.format(Locale.ROOT, "The words of %,d samples are in %s, %d files.",
          batch.dimension(0), folder, words.size()));
    }
  }

  private void requireMemory(Network network, long count) {
    long bytes = 0;
    for (TensorType type : network.resultTypes().values()) {
      bytes += type.size() * (long) Long.BYTES;
    }
    try {
      Memory.require("the words of " + count + " samples", Math.multiplyExact(count, bytes));
    } catch (Memory.ShortOfMemoryException e) {
      throw new UserError("--trace is " + samples + ": " + e.getMessage(), e);
    }
  }

  private void write(Path target, Map<String, FixedTensor> words) {
    Map<Path, NpyArray> files = new LinkedHashMap<>();
    words.forEach((name, tensor) -> files.put(target.resolve(name + ".npy"), array(name, tensor)));
    OutputDirectory.create(target);
    files.forEach((file, array) -> {
      if (Files.exists(file) && !force) {
        throw new UserError("--out is " + target + ": " + file.getFileName()
            + " is there already; --force replaces it");
      }
      try {
        AtomicFile.requireWritable(file, array.size() * array.type().bytes());
      } catch (IOException e) {
        throw new UserError("cannot write " + file + ": " + Failure.reason(e), e);
      }
    });
    files.forEach((file, array) -> {
      try {
        array.write(file);
      } catch (IOException e) {
        throw new UserError("cannot write " + file + ": " + Failure.reason(e), e);
      }
    });
  }

  private NpyArray array(String name, FixedTensor words) {
    try {
      return written == Numbers.RAW ? NpyArray.of(words) : NpyArray.ofValues(words);
    } catch (IllegalArgumentException e) {
      throw new UserError("--numbers-out is values: of " + name + " " + e.getMessage(), e);
    }
  }
}
