package io.fixlane.jmh.peers;

import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_ATTR_SCALES;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_BIAS;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DST;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SRC;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_WEIGHTS;

import io.fixlane.jmh.peers.library.OneDnn;
import io.fixlane.shape.ImageShape;
import org.bytedeco.dnnl.convolution_forward;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.primitive_attr;
import org.bytedeco.javacpp.BytePointer;

/**
 * oneDNN's convolution of quantized words, with images of height x width x channels, the weights
 * packed beforehand, bias, and the cast to 8 bits, rounding ties to even and saturating.
 */
final class OneDnnConv implements Peer {
  private final ConvTask task;
  private final OneDnn library = new OneDnn();
  private final BytePointer results;
  private final convolution_forward operation;

  OneDnnConv(ConvTask task) {
    this.task = task;
    ImageShape image = task.sizes.image();
    ImageShape output = task.sizes.output();
    long outputs = output.channels();
    long groups = task.sizes.groups();
    long channels = image.channels() / groups;
    long[] taps = groups == 1
        ? new long[] {outputs, channels, 3, 3}
        : new long[] {groups, outputs / groups, channels, 3, 3};
    // A batch of one image; dimensions are in oneDNN's order, whatever the layout.
    memory.desc x = new memory.desc(
        new long[] {1, image.channels(), image.height(), image.width()},
        task.signed() ? memory.data_type.s8 : memory.data_type.u8, memory.format_tag.nhwc);
    memory.desc y = new memory.desc(
        new long[] {1, outputs, output.height(), output.width()},
        memory.data_type.s8, memory.format_tag.nhwc);
    memory.desc bias = new memory.desc(
        new long[] {outputs}, memory.data_type.f32, memory.format_tag.a);
    memory.desc weights =
        new memory.desc(taps, memory.data_type.s8, memory.format_tag.any);
    memory.desc given = new memory.desc(taps, memory.data_type.s8,
        groups == 1 ? memory.format_tag.oihw : memory.format_tag.goihw);
    primitive_attr attributes = new primitive_attr();
    attributes.set_scales_mask(DNNL_ARG_SRC, 0);
    long[] padding = {task.sizes.window().paddingTop(), task.sizes.window().paddingLeft()};
    convolution_forward.primitive_desc plan = new convolution_forward.primitive_desc(
        library.engine(), dnnl.prop_kind.forward_inference, dnnl.algorithm.convolution_direct, x,
        weights, bias, y, new long[] {1, 1}, padding, padding, attributes, false);
    operation = new convolution_forward(plan);
    results = new BytePointer(task.results().size());
    library.argument(DNNL_ARG_SRC, library.bytes(x, task.imageBytes()))
        .argument(DNNL_ARG_WEIGHTS, library.reordered(
            library.bytes(given, task.weightBytes()), plan.weights_desc()))
        .argument(DNNL_ARG_BIAS, library.floats(bias, scaledBias()))
        .argument(DNNL_ARG_DST, new memory(y, library.engine(), results))
        .argument(DNNL_ARG_ATTR_SCALES | DNNL_ARG_SRC, library.floats(
            new memory.desc(new long[] {1}, memory.data_type.f32, memory.format_tag.a),
            new float[] {scale()}));
  }

  /** Returns what a sum is multiplied by to be in steps of the output. */
  private float scale() {
    return Math.scalb(1f, ConvTask.OUTPUT.fractionBits() - task.productFraction());
  }

  /** Returns the bias in steps of the output, which is what oneDNN adds it to. */
  private float[] scaledBias() {
    float[] bias = new float[task.sizes.outputs()];
    for (int i = 0; i < bias.length; i++) {
      bias[i] = task.bias.raw(i) * scale();
    }
    return bias;
  }

  @Override
  public void run() {
    library.execute(operation);
  }

  @Override
  public Verdict check() {
    byte[] words = new byte[Math.toIntExact(task.results().size())];
    results.get(words);
    return Verdict.of(task.words(), words, task::saturatedWords);
  }

  @Override
  public void close() {
    library.close();
  }
}
