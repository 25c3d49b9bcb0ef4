package io.fixlane.autograd.train;

import io.fixlane.files.AtomicFile;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
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
  private static final int VERSION = 1;
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
    try {
      return parse(file, Files.readAllBytes(file));
    } catch (CheckpointException e) {
      throw e;
    } catch (NoSuchFileException e) {
      throw new CheckpointException(file, "there is no such file", e);
    } catch (IOException e) {
      throw new CheckpointException(file, "cannot be read: " + e.getMessage(), e);
    }
  }

  /** Reads the bytes of a file. */
  static Checkpoint parse(Path file, byte[] bytes) throws CheckpointException {
    if (bytes.length < MAGIC.length || !Arrays.equals(MAGIC, Arrays.copyOf(bytes, MAGIC.length))) {
      throw new CheckpointException(file, "it is no checkpoint of Fixlane");
    }
    if (bytes.length < HEADER + Integer.BYTES) {
      throw new CheckpointException(file, "it is damaged: it is cut off");
    }
    ByteBuffer whole = ByteBuffer.wrap(bytes, MAGIC.length, bytes.length - MAGIC.length);
    int version = whole.getInt();
    if (version != VERSION) {
      throw new CheckpointException(
          file, "it has version " + version + ": this Fixlane reads version " + VERSION);
    }
    long size = whole.getLong();
    if (size != bytes.length - HEADER - Integer.BYTES) {
      throw new CheckpointException(
          file, "it is damaged: it has " + bytes.length + " bytes, and its header says "
              + (size + HEADER + Integer.BYTES));
    }
    int end = bytes.length - Integer.BYTES;
    if (checksum(bytes, end) != whole.getInt(end)) {
      throw new CheckpointException(file, "it is damaged: its checksum is wrong");
    }
    try {
      return CheckpointContent.read(
          new DataInputStream(new ByteArrayInputStream(bytes, HEADER, end - HEADER)));
    } catch (IOException e) {
      throw new CheckpointException(file, "it is damaged: its content ends too early", e);
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

  /** Copies the numbers into arrays of the same names and sizes. */
  void copyTo(Map<String, float[]> targets) {
    targets.forEach((name, target) -> {
      float[] source = arrays.get(name);
      if (source == null || source.length != target.length) {
        throw new IllegalStateException("the checkpoint lacks " + name);
      }
      System.arraycopy(source, 0, target, 0, target.length);
    });
  }
}
