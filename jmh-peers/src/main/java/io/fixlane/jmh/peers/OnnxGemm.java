package io.fixlane.jmh.peers;

import ai.onnxruntime.OnnxJavaType;
import io.fixlane.jmh.peers.library.OnnxModel;
import io.fixlane.jmh.peers.library.OnnxSession;
import java.nio.ByteBuffer;

/**
 * ONNX Runtime's products of quantized matrices, with the weights a constant of the model, which it
 * packs beforehand: MatMulInteger gives sums of 32 bits, QLinearMatMul casts them to 8 bits,
 * rounding ties to even and saturating. Neither has a bias. Words that come of u8 are u8 too: 128
 * stands for 0.
 */
final class OnnxGemm implements Peer {
  private final GemmTask task;
  private final boolean cast;
  private final OnnxSession session;
  private final ByteBuffer results;

  /**
   * Loads the model.
   *
   * @param cast whether it is QLinearMatMul, not MatMulInteger
   */
  OnnxGemm(GemmTask task, boolean cast) {
    this.task = task;
    this.cast = cast;
    int size = task.m * task.n;
    session = new OnnxSession(cast ? qLinearMatMul(task) : matMulInteger(task))
        .input("a", javaType(task), task.activationBytes(), task.m, task.k);
    results = cast
        ? session.output("y", javaType(task), size, task.m, task.n)
        : session.output("y", OnnxJavaType.INT32, size * Integer.BYTES, task.m, task.n);
  }

  private static OnnxModel.Type type(GemmTask task) {
    return task.signed() ? OnnxModel.Type.INT8 : OnnxModel.Type.UINT8;
  }

  private static OnnxJavaType javaType(GemmTask task) {
    return task.signed() ? OnnxJavaType.INT8 : OnnxJavaType.UINT8;
  }

  /** Returns the word of a result that stands for 0. */
  private static int zero(GemmTask task) {
    return task.signed() ? 0 : 128;
  }

  private static byte[] matMulInteger(GemmTask task) {
    return new OnnxModel("MatMulInteger", false).input("a", type(task), task.m, task.k)
        .constant("b", OnnxModel.Type.INT8, task.weightBytes(), task.k, task.n)
        .write("y", OnnxModel.Type.INT32, task.m, task.n);
  }

  private static byte[] qLinearMatMul(GemmTask task) {
    return new OnnxModel("QLinearMatMul", false).input("a", type(task), task.m, task.k)
        .scale("aScale", Math.scalb(1f, -task.activation.fractionBits()))
        .zeroPoint("aZero", type(task), 0)
        .constant("b", OnnxModel.Type.INT8, task.weightBytes(), task.k, task.n)
        .scale("bScale", Math.scalb(1f, -GemmTask.WEIGHT.fractionBits()))
        .zeroPoint("bZero", OnnxModel.Type.INT8, 0)
        .scale("yScale", Math.scalb(1f, -GemmTask.OUTPUT.fractionBits()))
        .zeroPoint("yZero", type(task), zero(task))
        .write("y", type(task), task.m, task.n);
  }

  @Override
  public void run() {
    session.run();
  }

  @Override
  public Verdict check() {
    if (cast) {
      byte[] words = new byte[results.capacity()];
      results.get(0, words);
      for (int i = 0; i < words.length; i++) {
        words[i] -= (byte) zero(task);
      }
      return Verdict.of(task.words(), words, task::saturatedWords);
    }
    int[] sums = new int[results.capacity() / Integer.BYTES];
    results.asIntBuffer().get(0, sums);
    return Verdict.of(task.sums(), sums, task::saturatedSums);
  }

  @Override
  public void close() {
    session.close();
  }
}
