package io.fixlane.jmh.peers;

import ai.onnxruntime.OnnxJavaType;
import io.fixlane.jmh.peers.library.OnnxModel;
import io.fixlane.jmh.peers.library.OnnxSession;
import io.fixlane.shape.ImageShape;
import io.fixlane.shape.Window;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * ONNX Runtime's QLinearConv, in ONNX's order of channels x height x width, with bias, and the cast
 * to 8 bits. Words that come of u8 are u8 too: 128 stands for 0.
 */
final class OnnxConv implements Peer {
  private final ConvTask task;
  private final int zero;
  private final OnnxSession session;
  private final ByteBuffer results;

  OnnxConv(ConvTask task) {
    this.task = task;
    zero = task.signed() ? 0 : 128;
    OnnxJavaType type = task.signed() ? OnnxJavaType.INT8 : OnnxJavaType.UINT8;
    ImageShape image = task.sizes.image();
    ImageShape output = task.sizes.output();
    long[] x = {1, image.channels(), image.height(), image.width()};
    long[] y = {1, output.channels(), output.height(), output.width()};
    session = new OnnxSession(model(x, y)).input("x", type, channelsFirst(task.imageBytes(),
        image.channels()), x);
    results = session.output("y", type, Math.toIntExact(y[1] * y[2] * y[3]), y);
  }

  private byte[] model(long[] x, long[] y) {
    OnnxModel.Type type = task.signed() ? OnnxModel.Type.INT8 : OnnxModel.Type.UINT8;
    ByteBuffer bias =
        ByteBuffer.allocate(task.sizes.outputs() * Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    for (int output = 0; output < task.sizes.outputs(); output++) {
      bias.putInt((int) task.bias.raw(output));
    }
    Window window = task.sizes.window();
    return new OnnxModel("QLinearConv", false).input("x", type, x)
        .scale("xScale", Math.scalb(1f, -task.activation.fractionBits()))
        .zeroPoint("xZero", type, 0)
        .constant("w", OnnxModel.Type.INT8, task.weightBytes(), task.sizes.outputs(),
            task.sizes.image().channels() / task.sizes.groups(), window.kernelHeight(),
            window.kernelWidth())
        .scale("wScale", Math.scalb(1f, -ConvTask.WEIGHT.fractionBits()))
        .zeroPoint("wZero", OnnxModel.Type.INT8, 0)
        .scale("yScale", Math.scalb(1f, -ConvTask.OUTPUT.fractionBits()))
        .zeroPoint("yZero", type, zero)
        .constant("b", OnnxModel.Type.INT32, bias.array(), task.sizes.outputs())
        .attribute("pads", window.paddingTop(), window.paddingLeft(), window.paddingBottom(),
            window.paddingRight())
        .number("group", task.sizes.groups())
        .write("y", type, y);
  }

  /** Returns pixels x channels as channels x pixels. */
  private static byte[] channelsFirst(byte[] words, int channels) {
    byte[] turned = new byte[words.length];
    int pixels = words.length / channels;
    for (int i = 0; i < words.length; i++) {
      turned[i % channels * pixels + i / channels] = words[i];
    }
    return turned;
  }

  @Override
  public void run() {
    session.run();
  }

  @Override
  public Verdict check() {
    byte[] words = new byte[results.capacity()];
    results.get(0, words);
    for (int i = 0; i < words.length; i++) {
      words[i] -= (byte) zero;
    }
    int outputs = task.sizes.outputs();
    return Verdict.of(channelsFirst(task.words(), outputs), words,
        () -> channelsFirst(task.saturatedWords(), outputs));
  }

  @Override
  public void close() {
    session.close();
  }
}
