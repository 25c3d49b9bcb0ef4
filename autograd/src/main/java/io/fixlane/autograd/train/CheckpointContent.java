package io.fixlane.autograd.train;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The content of a checkpoint as bytes: the parts in the order of the records' components. */
final class CheckpointContent {
  private CheckpointContent() {}

  static void write(Checkpoint checkpoint, DataOutputStream out) throws IOException {
    out.writeInt(checkpoint.identity().size());
    for (Map.Entry<String, String> setting : checkpoint.identity().entrySet()) {
      writeText(setting.getKey(), out);
      writeText(setting.getValue(), out);
    }
    TrainingState state = checkpoint.state();
    out.writeInt(state.epoch());
    out.writeInt(state.batch());
    out.writeDouble(state.loss());
    out.writeLong(state.right());
    out.writeLong(state.images());
    out.writeLong(state.optimizerSteps());
    out.writeInt(state.history().size());
    for (EpochResult result : state.history()) {
      out.writeInt(result.epoch());
      writeScore(result.train(), out);
      writeScore(result.test(), out);
    }
    out.writeInt(checkpoint.arrays().size());
    for (Map.Entry<String, float[]> array : checkpoint.arrays().entrySet()) {
      writeText(array.getKey(), out);
      out.writeInt(array.getValue().length);
      ByteBuffer bytes = ByteBuffer.allocate(array.getValue().length * Float.BYTES);
      bytes.asFloatBuffer().put(array.getValue());
      out.write(bytes.array());
    }
  }

  static Checkpoint read(DataInputStream in) throws IOException {
    Map<String, String> identity = new LinkedHashMap<>();
    for (int left = readCount(in); left > 0; left--) {
      String setting = readText(in);
      identity.put(setting, readText(in));
    }
    int epoch = in.readInt();
    int batch = in.readInt();
    double loss = in.readDouble();
    long right = in.readLong();
    long images = in.readLong();
    long optimizerSteps = in.readLong();
    List<EpochResult> history = new ArrayList<>();
    for (int left = readCount(in); left > 0; left--) {
      history.add(new EpochResult(in.readInt(), readScore(in), readScore(in)));
    }
    Map<String, float[]> arrays = new LinkedHashMap<>();
    for (int left = readCount(in); left > 0; left--) {
      String name = readText(in);
      int size = in.readInt();
      ByteBuffer bytes = ByteBuffer.wrap(readBytes(in, (long) size * Float.BYTES));
      float[] array = new float[size];
      bytes.asFloatBuffer().get(array);
      arrays.put(name, array);
    }
    if (in.available() > 0) {
      throw new IOException("bytes are left after the last array");
    }
    return new Checkpoint(
        identity,
        new TrainingState(epoch, batch, loss, right, images, optimizerSteps, history), arrays);
  }

  private static void writeScore(Score score, DataOutputStream out) throws IOException {
    out.writeDouble(score.loss());
    out.writeDouble(score.accuracy());
  }

  private static Score readScore(DataInputStream in) throws IOException {
    return new Score(in.readDouble(), in.readDouble());
  }

  private static void writeText(String text, DataOutputStream out) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    out.writeInt(bytes.length);
    out.write(bytes);
  }

  private static String readText(DataInputStream in) throws IOException {
    return new String(readBytes(in, in.readInt()), StandardCharsets.UTF_8);
  }

  /** Reads how many things follow, each of a byte at least. */
  private static int readCount(DataInputStream in) throws IOException {
    int count = in.readInt();
    if (count < 0 || count > in.available()) {
      throw new EOFException();
    }
    return count;
  }

  private static byte[] readBytes(DataInputStream in, long count) throws IOException {
    if (count < 0 || count > in.available()) {
      throw new EOFException();
    }
    return in.readNBytes((int) count);
  }
}
