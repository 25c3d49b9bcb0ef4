package io.fixlane.autograd.data;

import io.fixlane.files.Memory;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/** The content of data files, which gzip may have packed: their first two bytes tell. */
final class DataFile {
  private static final int BUFFER = 1 << 16;

  private DataFile() {}

  /** What makes something of a file's content, from its beginning on. */
  @FunctionalInterface
  interface Reader<T> {
    T read(InputStream in) throws IOException;
  }

  /** Reads a file, and unpacks it on the way. */
  static <T> T read(Path file, Reader<T> reader) throws DataFileException {
    try (InputStream in = Files.newInputStream(file)) {
      return read(file, in, reader);
    } catch (DataFileException e) {
      throw e;
    } catch (NoSuchFileException e) {
      throw new DataFileException(file, "there is no such file", e);
    } catch (IOException e) {
      throw new DataFileException(file, "cannot be read: " + e.getMessage(), e);
    }
  }

  /** Reads a stream, and unpacks it on the way. */
  static <T> T read(Object name, InputStream in, Reader<T> reader) throws DataFileException {
    try {
      BufferedInputStream buffered = new BufferedInputStream(in, BUFFER);
      buffered.mark(2);
      boolean packed = buffered.read() == 0x1f && buffered.read() == 0x8b;
      buffered.reset();
      return reader.read(packed
          ? new BufferedInputStream(new GZIPInputStream(buffered, BUFFER), BUFFER)
          : buffered);
    } catch (DataFileException e) {
      throw e;
    } catch (Memory.ShortOfMemoryException e) {
      throw new DataFileException(name, e);
    } catch (EOFException e) {
      throw new DataFileException(name, "it is cut off: the packed data end too early", e);
    } catch (ZipException e) {
      throw new DataFileException(name, "the packed data are damaged: " + e.getMessage(), e);
    } catch (IOException e) {
      throw new DataFileException(name, "cannot be read: " + e.getMessage(), e);
    }
  }
}
