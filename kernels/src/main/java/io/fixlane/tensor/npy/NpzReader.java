package io.fixlane.tensor.npy;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import java.util.SequencedMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/**
 * Reads the arrays of a {@code .npz} file, which is a zip file of {@code .npy} files. Nothing is
 * ever unpacked to the disk.
 *
 * {@snippet class="io.fixlane.kernels.example.NpyExample" region="npz"}
 */
public final class NpzReader implements Closeable {
  static final String SUFFIX = ".npy";
  private static final int MOST_ENTRIES = 1 << 16;
  /** As deflate packs at best. */
  private static final int BEST_RATIO = 1032;
  private static final int SMALLEST = 64;

  private final String file;
  private final ZipFile zip;
  private final SequencedMap<String, ZipEntry> entries = new LinkedHashMap<>();

  private NpzReader(String file, ZipFile zip) {
    this.file = file;
    this.zip = zip;
  }

  /**
   * Opens a file.
   *
   * @param file a file of the system's own
   * @throws NpyException if it is no zip file, is damaged, or an entry of it is no array, has the
   *     name of another, or says that it has more bytes than it can
   * @throws IOException if it cannot be read
   */
  public static NpzReader open(Path file) throws IOException {
    Objects.requireNonNull(file, "file");
    String name = file.toString();
    ZipFile zip;
    try {
      zip = new ZipFile(file.toFile());
    } catch (ZipException | EOFException e) {
      throw new NpyException(name, "is no .npz file, or a damaged one: " + e.getMessage(), e);
    }
    try {
      NpzReader reader = new NpzReader(name, zip);
      reader.addEntries();
      return reader;
    } catch (IOException | RuntimeException | Error e) {
      zip.close();
      throw e;
    }
  }

  private void addEntries() throws NpyException {
    if (zip.size() > MOST_ENTRIES) {
      throw new NpyException(
          file, "has " + zip.size() + " entries: at most " + MOST_ENTRIES + " are read");
    }
    for (ZipEntry entry : zip.stream().map(ZipEntry.class::cast).toList()) {
      String name = entry.getName();
      if (!name.endsWith(SUFFIX) || !isPlain(name)) {
        throw refused(name, "it must be an array, NAME.npy, without '..' or a root in its name");
      }
      long size = entry.getSize();
      long packed = entry.getCompressedSize();
      if (size < 0 || packed < 0 || size / BEST_RATIO > packed + SMALLEST) {
        throw refused(name, "it says that it has " + size + " bytes, packed into " + packed
            + ", which is less than any take");
      }
      String array = name.substring(0, name.length() - SUFFIX.length());
      if (entries.put(array, entry) != null) {
        throw refused(name, "it is there twice");
      }
    }
  }

  private NpyException refused(String entry, String reason) {
    return new NpyException(file, "has the entry '" + printable(entry) + "': " + reason);
  }

  private static String printable(String name) {
    return name.replaceAll("[^ -~]", "?");
  }

  /** Returns whether an entry has a name under which it stays in the folder it is unpacked to. */
  static boolean isPlain(String name) {
    boolean rooted = name.startsWith("/") || name.indexOf('\\') >= 0 || name.indexOf(':') >= 0;
    boolean controls = name.chars().anyMatch(c -> c < ' ');
    return !rooted && !controls && !List.of(name.split("/")).contains("..");
  }

  /** Returns the names of the arrays, in the order of the file. */
  public List<String> names() {
    return List.copyOf(entries.sequencedKeySet());
  }

  /**
   * Opens an array, to read its elements one by one.
   *
   * @throws IllegalArgumentException if there is no array of the name
   * @throws NpyException as {@link NpyReader#open} does
   * @throws IOException if it cannot be read
   */
  public NpyReader open(String name) throws IOException {
    ZipEntry entry = entries.get(Objects.requireNonNull(name, "name"));
    if (entry == null) {
      throw new IllegalArgumentException("name is " + name + ": the file has " + names());
    }
    String both = file + ", " + printable(entry.getName());
    try {
      InputStream in = zip.getInputStream(entry);
      return new NpyReader(both, new EntryInput(both, in, entry), entry.getSize());
    } catch (ZipException | EOFException e) {
      throw new NpyException(both, "is damaged: " + e.getMessage(), e);
    }
  }

  /**
   * Reads an array.
   *
   * @throws IllegalArgumentException if there is no array of the name
   * @throws NpyException as {@link NpyArray#read(Path)} does
   * @throws IOException if it cannot be read
   */
  public NpyArray read(String name) throws IOException {
    try (NpyReader reader = open(name)) {
      return NpyArray.read(reader);
    }
  }

  @Override
  public void close() throws IOException {
    zip.close();
  }
}
