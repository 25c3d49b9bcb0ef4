package io.fixlane.conformance;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;

/**
 * Where the bytes of a vector file or a dump come from, plain or gzip.
 *
 * @param name what messages call it
 * @param size how many bytes it has, or -1 where that is not known
 * @param opener opens it
 */
public record VectorSource(String name, long size, Opener opener) {
  /** Opens a stream of bytes. */
  @FunctionalInterface
  public interface Opener {
    /**
     * Returns the bytes from the beginning; the caller closes them.
     *
     * @throws IOException if they cannot be opened
     */
    InputStream open() throws IOException;
  }

  private static final List<String> BUNDLED = List.of(
      "cast-8bit", "cast-wide", "from-double", "to-double", "arith", "unary", "dot", "layer",
      "khot");

  /**
   * Returns a file.
   *
   * @throws VectorFileException if it does not exist, is a directory or cannot be read
   */
  public static VectorSource of(Path file) throws VectorFileException {
    String name = file.toString();
    try {
      if (Files.isDirectory(file)) {
        throw new VectorFileException(name, "is a directory: expected a file");
      }
      long size = Files.size(file);
      // Opened once here, so that a file that may not be read is known before any is run.
      Files.newInputStream(file).close();
      // Pipes and devices are of size 0.
      return new VectorSource(name, Files.isRegularFile(file) ? size : -1,
          () -> Files.newInputStream(file));
    } catch (NoSuchFileException e) {
      throw new VectorFileException(name, "no such file", e);
    } catch (AccessDeniedException e) {
      throw new VectorFileException(name, "may not be read: permission denied", e);
    } catch (VectorFileException e) {
      throw e;
    } catch (IOException e) {
      throw new VectorFileException(name, "cannot be opened: " + e.getMessage(), e);
    }
  }

  /** Returns a stream, which can be read once. */
  public static VectorSource of(String name, InputStream stream) {
    return new VectorSource(name, -1, () -> stream);
  }

  /**
   * Returns the vectors that are part of this module: the golden ones of C++, in the order of their
   * README, and those of K-hot words, which Fixlane's reference wrote.
   */
  public static List<VectorSource> bundled() {
    return BUNDLED.stream().map(name -> bundled("vectors/" + name + ".vec.gz")).toList();
  }

  private static VectorSource bundled(String resource) {
    try (InputStream in = VectorSource.class.getResourceAsStream(resource)) {
      byte[] bytes = in.readAllBytes();
      String name = resource.substring(resource.lastIndexOf('/') + 1);
      return new VectorSource(name, bytes.length, () -> new ByteArrayInputStream(bytes));
    } catch (IOException e) {
      throw new UncheckedIOException("the bundled " + resource + " cannot be read", e);
    }
  }
}
