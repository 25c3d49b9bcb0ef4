package io.fixlane.autograd;

import io.fixlane.autograd.arrays.ConvBlocks;
import io.fixlane.autograd.arrays.FloatGemm;
import io.fixlane.autograd.arrays.Matrix;
import io.fixlane.autograd.arrays.PartialSums;
import io.fixlane.autograd.arrays.Shapes;
import io.fixlane.shape.Window;
import org.jspecify.annotations.Nullable;

/**
 * The convolution of images with a kernel of window height x window width x channels / groups x
 * outputs; the outputs of a group see the channels of that group. As products of matrices over the
 * patches P of each group: Y = P W; dP = dY W^T, where each pixel adds up the patches it is in;
 * dW = P^T dY, summed up over the images of each part, then over the parts, in order.
 */
record Conv2d(Window window, int groups) implements Op {
  @Override
  public int[] shape(Tensor... inputs) {
    Inputs.requireFits(this, window, inputs);
    require(
        inputs.length == 2 && inputs[1].rank() == 4, inputs,
        "the second must be a kernel, height x width x channels x outputs");
    Tensor x = inputs[0];
    Tensor w = inputs[1];
    require(
        w.dimension(0) == window.kernelHeight() && w.dimension(1) == window.kernelWidth(), inputs,
        "the kernel must have the window's " + window.kernelHeight() + " x "
            + window.kernelWidth());
    require(
        x.dimension(3) == w.dimension(2) * groups, inputs,
        "with " + groups + " groups, the images must have " + groups
            + " times the kernel's channels");
    require(
        w.dimension(3) % groups == 0, inputs,
        "the kernel's outputs must be a multiple of the " + groups + " groups");
    return blocks(inputs).outputShape();
  }

  @Override
  public float[] forward(Tape tape, Tensor... inputs) {
    ConvBlocks blocks = blocks(inputs);
    float[] x = inputs[0].data();
    float[] w = inputs[1].data();
    float[] y = tape.floats(Shapes.size(blocks.outputShape()));
    float[][] memory = blocks.memory(tape.scratch());
    blocks.forEach(
        tape.scratch(), block -> FloatGemm.multiply(
            block.gather(x, memory[block.part()]), block.kernel(w, 0), block.output(y)));
    return y;
  }

  @Override
  public float[] @Nullable [] backward(Tape tape, Tensor[] inputs, Tensor output) {
    ConvBlocks blocks = blocks(inputs);
    float[] g = Op.gradient(output);
    return new float[][] {
      inputs[0].requiresGrad() ? gradientOfImages(tape, blocks, inputs, g) : null,
      inputs[1].requiresGrad() ? gradientOfKernel(tape, blocks, inputs, g) : null};
  }

  private ConvBlocks blocks(Tensor... inputs) {
    return new ConvBlocks(window, groups, inputs[0].dimension(0), Inputs.image(inputs[0]),
        inputs[1].dimension(3));
  }

  private static float[] gradientOfImages(
      Tape tape, ConvBlocks blocks, Tensor[] inputs, float[] g) {
    Matrix[] transposed = new Matrix[blocks.groups()];
    for (int group = 0; group < transposed.length; group++) {
      transposed[group] =
          blocks.kernel(inputs[1].data(), 0, group).transpose().packed(tape.scratch());
    }
    float[] dx = tape.zeros(inputs[0].size());
    float[][] memory = blocks.memory(tape.scratch());
    blocks.forEach(tape.scratch(), block -> {
      Matrix patches = block.patches(memory[block.part()]);
      FloatGemm.multiply(block.output(g), transposed[block.group()], patches);
      block.scatter(patches, dx);
    });
    return dx;
  }

  private static float[] gradientOfKernel(
      Tape tape, ConvBlocks blocks, Tensor[] inputs, float[] g) {
    int size = inputs[1].size();
    float[] partial = tape.zeros(blocks.parts() * size);
    float[][] memory = blocks.memory(tape.scratch());
    blocks.forEach(tape.scratch(), block -> {
      Matrix patches = block.gather(inputs[0].data(), memory[block.part()]);
      FloatGemm.multiplyAdd(
          patches.transpose(), block.output(g), block.kernel(partial, block.part() * size));
    });
    return PartialSums.add(tape.scratch(), partial, blocks.parts());
  }
}
