package io.fixlane.tensor.npy;

import io.fixlane.files.AtomicFile;
import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.Map;
import java.util.Objects;
import java.util.SequencedMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * Writes a {@code .npz} file array by array, packed as {@code numpy.savez_compressed} does.
 *
 * {@snippet class="io.fixlane.kernels.example.NpyExample" region="npz"}
 */
public final class NpzWriter implements Closeable {
  /** The first that zip files know: a file does not tell when it was written. */
  private static final LocalDateTime TIME = LocalDateTime.of(1980, 1, 1, 0, 0);

  private final ZipOutputStream zip;

  /**
   * Begins a file.
   *
   * @param out where it goes; it is not closed
   */
  public NpzWriter(OutputStream out) {
    zip = new ZipOutputStream(new Buffer(Objects.requireNonNull(out, "out")));
  }

  /** A buffer of a stream that others close. */
  private static final class Buffer extends BufferedOutputStream {
    Buffer(OutputStream out) {
      super(out);
    }

    @Override
    public void close() throws IOException {
      flush();
    }
  }

  /**
   * Writes a whole file, in place of any other of its name: aside first, to the disk, and then
   * renamed.
   *
   * @param arrays the arrays by their names, in their order
   * @throws IllegalArgumentException if a name is none, see {@link #begin}
   * @throws IOException if it cannot be written; one that was there is then as before
   */
  public static void write(Path file, SequencedMap<String, NpyArray> arrays) throws IOException {
    Objects.requireNonNull(file, "file");
    Objects.requireNonNull(arrays, "arrays");
    AtomicFile.write(file, out -> {
      try (NpzWriter writer = new NpzWriter(out)) {
        for (Map.Entry<String, NpyArray> array : arrays.entrySet()) {
          writer.add(array.getKey(), array.getValue());
        }
      }
    });
  }

  /**
   * Writes an array.
   *
   * @throws IllegalArgumentException if the name is none, see {@link #begin}
   * @throws IOException if it cannot be written, or an array of the name is there
   */
  public void add(String name, NpyArray array) throws IOException {
    Objects.requireNonNull(array, "array");
    NpyWriter writer = begin(name, array.header());
    array.writeElements(writer);
    writer.finish();
  }

  /**
   * Begins an array, to be written element by element.
   *
   * @param name its name, without {@code .npy}
   * @return its writer, which ends before another array begins
   * @throws IllegalArgumentException if the name is empty, has control characters, a backslash, a
   *     colon or {@code ..}, or begins with a slash
   * @throws IOException if it cannot be written, or an array of the name is there
   */
  public NpyWriter begin(String name, NpyHeader header) throws IOException {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(header, "header");
    if (name.isEmpty() || !NpzReader.isPlain(name)) {
      throw new IllegalArgumentException("name is '" + name
          + "': it must be a name without control characters, '\\', ':' or '..', and no '/' first");
    }
    ZipEntry entry = new ZipEntry(name + NpzReader.SUFFIX);
    entry.setTimeLocal(TIME);
    zip.putNextEntry(entry);
    return new NpyWriter(zip, header);
  }

  /**
   * Ends the file.
   *
   * @throws IOException if it cannot be written
   */
  @Override
  public void close() throws IOException {
    zip.close();
  }
}
