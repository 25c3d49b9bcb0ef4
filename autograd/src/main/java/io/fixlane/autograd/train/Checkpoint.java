package io.fixlane.autograd.train;

import io.fixlane.files.AtomicFile;
import io.fixlane.files.Memory;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.CRC32C;

/**
 * All that training needs to go on: where it is, and every array of numbers by name.
 *
 * <p>The file: the bytes {@code FIXLANE-CKPT}, a version (4 bytes), the length of the content (8
 * bytes), the content, and the CRC-32C of all before (4 bytes). Numbers are big-endian.
 *
 * @param identity what the training is, setting by setting: only the same one may go on
 * @param state where it is
 * @param arrays the numbers
 */
record Checkpoint(
    Map<String, String> identity,
    TrainingState state,
    Map<String, float[]> arrays) {
  private static final byte[] MAGIC = {'F', 'I', 'X', 'L', 'A', 'N', 'E', '-', 'C', 'K', 'P', 'T'};
  /** In version 1 casts and running statistics did not say whether they are frozen. */
  private static final int VERSION = 2;
  private static final long LARGEST = Integer.MAX_VALUE - 8;
  private static final int HEADER = MAGIC.length + Integer.BYTES + Long.BYTES;

  /** Writes the file, in place of an earlier one, which stays until this one is complete. */
  void write(Path file) throws IOException {
    ByteArrayOutputStream content = new ByteArrayOutputStream();
    CheckpointContent.write(this, new DataOutputStream(content));
    ByteBuffer whole = ByteBuffer.allocate(HEADER + content.size() + Integer.BYTES);
    whole.put(MAGIC).putInt(VERSION).putLong(content.size()).put(content.toByteArray());
    whole.putInt(checksum(whole.array(), whole.position()));
    AtomicFile.write(file, out -> out.write(whole.array()));
  }

  private static int checksum(byte[] bytes, int count) {
    CRC32C crc = new CRC32C();
    crc.update(bytes, 0, count);
    return (int) crc.getValue();
  }

  /**
   * Reads a file.
   *
   * @throws CheckpointException if it is missing, damaged, no checkpoint, or of another version
   */
  static Checkpoint read(Path file) throws CheckpointException {
    try (InputStream in = Files.newInputStream(file)) {
      // A file may be of any length, or a device without end: its header says what is read.
      byte[] header = in.readNBytes(HEADER);
      long left = requireHeader(file, header) + Integer.BYTES;
      Memory.require("it", 2 * (HEADER + left));
      byte[] rest = in.readNBytes((int) left);
      if (rest.length < left) {
        throw cutOff(file);
      }
      if (in.read() >= 0) {
        throw new CheckpointException(file, "it is damaged: it has more than the "
            + (HEADER + left) + " bytes that its header says");
      }
      byte[] bytes = Arrays.copyOf(header, (int) (HEADER + left));
      System.arraycopy(rest, 0, bytes, HEADER, rest.length);
      return parse(file, bytes);
    } catch (CheckpointException e) {
      throw e;
    } catch (Memory.ShortOfMemoryException e) {
      throw new CheckpointException(file, e.getMessage(), e);
    } catch (NoSuchFileException e) {
      throw new CheckpointException(file, "there is no such file", e);
    } catch (IOException e) {
      throw new CheckpointException(file, "cannot be read: " + e.getMessage(), e);
    }
  }

  /** Reads the first bytes of a file; returns the length of the content. */
  private static long requireHeader(Path file, byte[] header) throws CheckpointException {
    if (header.length < MAGIC.length
        || !Arrays.equals(MAGIC, Arrays.copyOf(header, MAGIC.length))) {
      throw new CheckpointException(file, "it is no checkpoint of Fixlane");
    }
    if (header.length < HEADER) {
      throw cutOff(file);
    }
    ByteBuffer numbers = ByteBuffer.wrap(header, MAGIC.length, HEADER - MAGIC.length);
    int version = numbers.getInt();
    if (version != VERSION) {
      throw new CheckpointException(
          file, "it has version " + version + ": this Fixlane reads version " + VERSION);
    }
    long size = numbers.getLong();
    if (size < 0 || size > LARGEST - HEADER - Integer.BYTES) {
      throw new CheckpointException(
          file, "it is damaged: its header says that it has " + size + " bytes of content");
    }
    return size;
  }

  private static CheckpointException cutOff(Path file) {
    return new CheckpointException(file, "it is damaged: it is cut off");
  }

  /** Reads a whole file, as long as its header says. */
  private static Checkpoint parse(Path file, byte[] bytes) throws CheckpointException {
    int end = bytes.length - Integer.BYTES;
    if (checksum(bytes, end) != ByteBuffer.wrap(bytes).getInt(end)) {
      throw new CheckpointException(file, "it is damaged: its checksum is wrong");
    }
    try {
      return CheckpointContent.read(
          new DataInputStream(new ByteArrayInputStream(bytes, HEADER, end - HEADER)));
    } catch (IOException e) {
      throw new CheckpointException(
          file, "it is damaged: its content is not that of a checkpoint", e);
    }
  }

  /**
   * Requires that it is of the same training.
   *
   * @throws CheckpointException if not; the message names the first setting that differs
   */
  void requireIdentity(Path file, Map<String, String> other) throws CheckpointException {
    Map<String, String> settings = new LinkedHashMap<>(identity);
    settings.putAll(other);
    for (String setting : settings.keySet()) {
      String here = String.valueOf(other.get(setting));
      String there = String.valueOf(identity.get(setting));
      if (!here.equals(there)) {
        throw new CheckpointException(
            file, "it is of another training: its " + setting + " is '" + there
                + "', and here it is '" + here + "'");
      }
    }
  }

  /**
   * Copies the numbers into arrays of the same names and sizes.
   *
   * @throws CheckpointException if one is missing, has another size, or a number that is not
   *     finite; then none has changed
   */
  void copyTo(Path file, Map<String, float[]> targets) throws CheckpointException {
    for (Map.Entry<String, float[]> target : targets.entrySet()) {
      float[] source = arrays.get(target.getKey());
      if (source == null || source.length != target.getValue().length) {
        throw new CheckpointException(file, "it is damaged: it lacks " + target.getKey());
      }
      for (int i = 0; i < source.length; i++) {
        if (!Float.isFinite(source[i])) {
          throw new CheckpointException(file, "it is damaged: number " + i + " of "
              + target.getKey() + " is " + source[i] + ", and must be finite");
        }
      }
    }
    targets.forEach((name, target) -> System
        .arraycopy(arrays.get(name), 0, target, 0, target.length));
  }
}
