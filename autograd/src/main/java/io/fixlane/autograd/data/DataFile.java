package io.fixlane.autograd.data;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/** The bytes of data files, which gzip may have packed: their first two bytes tell. */
final class DataFile {
  private static final int LARGEST = 1 << 30;

  private DataFile() {}

  /** Reads a file whole, and unpacks it. */
  static byte[] read(Path file) throws DataFileException {
    try (InputStream in = Files.newInputStream(file)) {
      return read(file, in);
    } catch (DataFileException e) {
      throw e;
    } catch (NoSuchFileException e) {
      throw new DataFileException(file, "there is no such file", e);
    } catch (IOException e) {
      throw new DataFileException(file, "cannot be read: " + e.getMessage(), e);
    }
  }

  /** Reads a stream to its end, and unpacks it. */
  static byte[] read(Object name, InputStream in) throws DataFileException {
    try {
      BufferedInputStream buffered = new BufferedInputStream(in, 1 << 16);
      buffered.mark(2);
      boolean packed = buffered.read() == 0x1f && buffered.read() == 0x8b;
      buffered.reset();
      InputStream content = packed ? new GZIPInputStream(buffered, 1 << 16) : buffered;
      byte[] bytes = content.readNBytes(LARGEST);
      if (content.read() >= 0) {
        throw new DataFileException(name, "it is too large: data files have at most 1 GiB");
      }
      return bytes;
    } catch (DataFileException e) {
      throw e;
    } catch (EOFException e) {
      throw new DataFileException(name, "it is cut off: the packed data end too early", e);
    } catch (ZipException e) {
      throw new DataFileException(name, "the packed data are damaged: " + e.getMessage(), e);
    } catch (IOException e) {
      throw new DataFileException(name, "cannot be read: " + e.getMessage(), e);
    }
  }
}
