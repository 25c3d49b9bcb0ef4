package io.fixlane.jmh.peers;

import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_ATTR_SCALES;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_BIAS;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DST;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SRC;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_WEIGHTS;

import io.fixlane.jmh.peers.library.OneDnn;
import org.bytedeco.dnnl.matmul;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.primitive_attr;
import org.bytedeco.javacpp.BytePointer;

/**
 * oneDNN's product of quantized matrices, with the weights packed beforehand, the bias, and the
 * cast to 8 bits, rounding ties to even and saturating.
 */
final class OneDnnGemm implements Peer {
  private final GemmTask task;
  private final OneDnn library = new OneDnn();
  private final BytePointer results;
  private final matmul operation;

  OneDnnGemm(GemmTask task) {
    this.task = task;
    memory.desc a = shape(task.signed() ? memory.data_type.s8 : memory.data_type.u8,
        memory.format_tag.ab, task.m, task.k);
    memory.desc weights =
        shape(memory.data_type.s8, memory.format_tag.any, task.k, task.n);
    memory.desc bias = shape(memory.data_type.f32, memory.format_tag.ab, 1, task.n);
    memory.desc y = shape(memory.data_type.s8, memory.format_tag.ab, task.m, task.n);
    primitive_attr attributes = new primitive_attr();
    attributes.set_scales_mask(DNNL_ARG_SRC, 0);
    matmul.primitive_desc plan = new matmul.primitive_desc(
        library.engine(), a, weights, bias, y, attributes, false);
    memory given = library.bytes(
        shape(memory.data_type.s8, memory.format_tag.ab, task.k, task.n), task.weightBytes());
    results = new BytePointer((long) task.m * task.n);
    operation = new matmul(plan);
    library.argument(DNNL_ARG_SRC, library.bytes(a, task.activationBytes()))
        .argument(DNNL_ARG_WEIGHTS, library.reordered(given, plan.weights_desc()))
        .argument(DNNL_ARG_BIAS, library.floats(bias, scaledBias()))
        .argument(DNNL_ARG_DST, new memory(y, library.engine(), results))
        .argument(DNNL_ARG_ATTR_SCALES | DNNL_ARG_SRC, library.floats(
            new memory.desc(new long[] {1}, memory.data_type.f32, memory.format_tag.a),
            new float[] {task.outputScale()}));
  }

  private static memory.desc shape(
      memory.data_type type, memory.format_tag layout, long rows, long columns) {
    return new memory.desc(new long[] {rows, columns}, type, layout);
  }

  /** Returns the bias in steps of the output, which is what oneDNN adds it to. */
  private float[] scaledBias() {
    float[] bias = task.biasFloats();
    for (int i = 0; i < bias.length; i++) {
      bias[i] *= task.outputScale();
    }
    return bias;
  }

  @Override
  public void run() {
    library.execute(operation);
  }

  @Override
  public Verdict check() {
    byte[] words = new byte[task.m * task.n];
    results.get(words);
    return Verdict.of(task.biasedWords(), words, task::saturatedBiasedWords);
  }

  @Override
  public void close() {
    library.close();
  }
}
