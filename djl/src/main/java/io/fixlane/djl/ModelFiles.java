package io.fixlane.djl;

import ai.djl.MalformedModelException;
import io.fixlane.format.FixedFormat;
import io.fixlane.network.Network;
import io.fixlane.network.NetworkFileException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Finds the file of a model, and reads it. */
final class ModelFiles {
  private static final String NETWORK = ".fxn";
  private static final String ONNX = ".onnx";

  private ModelFiles() {}

  /**
   * Finds the file of a model.
   *
   * @param place the file, or a folder
   * @param names what it may be called in the folder, with its ending or without, the likeliest
   *     first; where nothing is called so, it is the only file of its kind
   * @throws FileNotFoundException if there is none, or several may be meant
   */
  static Path find(Path place, List<String> names) throws IOException {
    if (Files.isRegularFile(place)) {
      return place;
    }
    for (String name : names) {
      for (String ending : List.of("", NETWORK, ONNX)) {
        Path file = place.resolve(name + ending);
        if (isModel(file)) {
          return file;
        }
      }
    }
    List<Path> files = all(place);
    if (files.size() != 1) {
      throw new FileNotFoundException(place + " has " + (files.isEmpty()
          ? "no file"
          : "several"
              + " files")
          + " of " + NETWORK + " or " + ONNX + (files.isEmpty()
              ? ""
              : ": the model's name must be that of one"));
    }
    return files.getFirst();
  }

  private static List<Path> all(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(ModelFiles::isModel).toList();
    }
  }

  private static boolean isModel(Path file) {
    String name = file.getFileName().toString();
    return (name.endsWith(NETWORK) || name.endsWith(ONNX)) && Files.isRegularFile(file);
  }

  /**
   * Reads a model.
   *
   * @param inputFormat the format of the words that come in; null where the file says it
   * @throws MalformedModelException if the file is damaged, or holds no model that can be run
   * @throws IOException if it cannot be read
   */
  static LoadedNetwork read(Path file, @Nullable FixedFormat inputFormat)
      throws IOException, MalformedModelException {
    if (file.getFileName().toString().endsWith(ONNX)) {
      return readOnnx(file, inputFormat);
    }
    if (inputFormat != null) {
      throw new IllegalArgumentException("the option inputFormat is " + inputFormat + ", and "
          + file + " says the format itself: only a model of ONNX takes one");
    }
    try {
      return new LoadedNetwork(Network.load(file), List.of());
    } catch (NetworkFileException e) {
      throw new MalformedModelException(e.getMessage(), e);
    }
  }

  private static LoadedNetwork readOnnx(Path file, @Nullable FixedFormat inputFormat)
      throws IOException, MalformedModelException {
    try {
      return OnnxFiles.read(file, inputFormat);
    } catch (NoClassDefFoundError e) {
      throw new MalformedModelException(
          file + " is a model of ONNX: the module io.fixlane.onnx (fixlane-onnx) must be there to"
              + " read it",
          e);
    }
  }
}
