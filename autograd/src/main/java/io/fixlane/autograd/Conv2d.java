package io.fixlane.autograd;

import io.fixlane.autograd.arrays.Convolution;
import io.fixlane.autograd.arrays.Shapes;
import io.fixlane.shape.Window;
import org.jspecify.annotations.Nullable;

/**
 * The convolution of images with a kernel of window height x window width x channels / groups x
 * outputs; the outputs of a group see the channels of that group.
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
    return convolution(inputs).outputShape();
  }

  @Override
  public float[] forward(Tape tape, Tensor... inputs) {
    Convolution convolution = convolution(inputs);
    float[] y = tape.floats(Shapes.size(convolution.outputShape()));
    convolution.forward(tape.scratch(), inputs[0].data(), inputs[1].data(), y);
    return y;
  }

  @Override
  public float[] @Nullable [] backward(Tape tape, Tensor[] inputs, Tensor output) {
    Convolution convolution = convolution(inputs);
    float[] dy = Op.gradient(output);
    float[] dx = null;
    if (inputs[0].requiresGrad()) {
      dx = tape.floats(inputs[0].size());
      convolution.gradientOfImages(tape.scratch(), inputs[1].data(), dy, dx);
    }
    return new float[][] {dx, inputs[1].requiresGrad()
        ? convolution.gradientOfKernels(tape.scratch(), inputs[0].data(), dy)
        : null};
  }

  private Convolution convolution(Tensor... inputs) {
    return new Convolution(window, groups, inputs[0].dimension(0), Inputs.image(inputs[0]),
        inputs[1].dimension(3));
  }
}
