package io.fixlane.jmh.peers;

import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DST;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SRC;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_WEIGHTS;

import io.fixlane.jmh.peers.library.OneDnn;
import org.bytedeco.dnnl.matmul;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.primitive_attr;
import org.bytedeco.javacpp.FloatPointer;

/**
 * oneDNN's product of matrices of floats, which hold the whole numbers of the words, with the
 * weights packed beforehand, and without bias and cast.
 */
final class OneDnnFloatGemm implements Peer {
  private final GemmTask task;
  private final OneDnn library = new OneDnn();
  private final FloatPointer results;
  private final matmul operation;

  OneDnnFloatGemm(GemmTask task) {
    this.task = task;
    memory.desc a = shape(memory.format_tag.ab, task.m, task.k);
    memory.desc weights = shape(memory.format_tag.any, task.k, task.n);
    memory.desc y = shape(memory.format_tag.ab, task.m, task.n);
    matmul.primitive_desc plan = new matmul.primitive_desc(
        library.engine(), a, weights, y, new primitive_attr(), false);
    memory given =
        library.floats(shape(memory.format_tag.ab, task.k, task.n), task.weightFloats());
    results = new FloatPointer((long) task.m * task.n);
    operation = new matmul(plan);
    library.argument(DNNL_ARG_SRC, library.floats(a, task.activationFloats()))
        .argument(DNNL_ARG_WEIGHTS, library.reordered(given, plan.weights_desc()))
        .argument(DNNL_ARG_DST, new memory(y, library.engine(), results));
  }

  private static memory.desc shape(memory.format_tag layout, long rows, long columns) {
    return new memory.desc(new long[] {rows, columns}, memory.data_type.f32, layout);
  }

  @Override
  public void run() {
    library.execute(operation);
  }

  @Override
  public Verdict check() {
    float[] numbers = new float[task.m * task.n];
    results.get(numbers);
    return Verdict.of(task.floatSums(), numbers);
  }

  @Override
  public void close() {
    library.close();
  }
}
