package io.fixlane.autograd;

import io.fixlane.autograd.arrays.Rows;
import io.fixlane.autograd.arrays.Scratch;
import io.fixlane.autograd.arrays.Shapes;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntConsumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What was computed on tensors, in order, so that {@link #backward} can go through it the other way
 * round. A training tape records; an evaluating one only computes, and batch normalisation then
 * uses its running statistics. A tape serves one thread, which may let {@link Workers} share in.
 *
 * <p>{@link #reset} makes a tape ready for the next step: it forgets what it recorded, and the
 * memory of all it computed is used again.
 *
 * {@snippet class="io.fixlane.autograd.AutogradExample" region="gradient"}
 */
public final class Tape implements Operations {
  private final boolean training;
  private final Scratch scratch;
  private final List<Step> steps = new ArrayList<>();
  private final List<Tensor> withGradient = new ArrayList<>();
  /** How many tensors have an array as their gradient, which may be shared. */
  private final Map<float[], Integer> holders = new HashMap<>();
  private final Deque<String> layers = new ArrayDeque<>(List.of(""));

  private record Step(Op op, Tensor[] inputs, Tensor output, String layer) {}

  private Tape(boolean training, Workers workers) {
    this.training = training;
    this.scratch = new Scratch(workers::run);
  }

  /** Makes a tape that records. */
  public static Tape training(Workers workers) {
    return new Tape(true, workers);
  }

  /** Makes a tape that computes and records nothing. */
  public static Tape evaluating(Workers workers) {
    return new Tape(false, workers);
  }

  /** Returns whether it records for {@link #backward}. */
  public boolean isTraining() {
    return training;
  }

  @Override
  public Tensor apply(Op op, Tensor... inputs) {
    int[] shape;
    try {
      shape = op.shape(inputs);
    } catch (ShapeException e) {
      throw e.in(layers.element());
    }
    float[] data;
    try {
      data = op.forward(this, inputs);
    } catch (NonFiniteException e) {
      throw e.in(layers.element());
    }
    if (data.length != Shapes.size(shape)) {
      throw new IllegalStateException(
          op.name() + " computed " + data.length + " numbers for the shape "
              + Arrays.toString(shape));
    }
    boolean requiresGrad = training && Arrays.stream(inputs).anyMatch(Tensor::requiresGrad);
    Tensor output = new Tensor(data, shape, requiresGrad, op.format(inputs));
    if (training) {
      steps.add(new Step(op, inputs.clone(), output, layers.element()));
    }
    return output;
  }

  /**
   * Computes the derivative of a loss by every parameter it depends on, in {@link Tensor#grad}. A
   * tensor that was used several times has the sum, in the reverse order of its uses. The
   * derivatives by what this tape computed are gone at the end: their memory is used again as soon
   * as they have been passed on, so that it stays in the cache.
   *
   * @param loss a single number that this tape computed
   * @throws IllegalStateException if the tape does not record, has gone backward already, or an
   *     operation gives no gradient that is needed
   * @throws IllegalArgumentException if the loss has several numbers or depends on no parameter
   */
  public void backward(Tensor loss) {
    if (!training || !withGradient.isEmpty()) {
      throw new IllegalStateException(
          training
              ? "the tape has gone backward already: reset it"
              : "an evaluating tape records nothing to go backward on");
    }
    if (loss.size() != 1 || !loss.requiresGrad()) {
      throw new IllegalArgumentException(
          "loss is " + loss + ": it must be one number that this tape computed from a parameter");
    }
    addGradient(loss, new float[] {1});
    for (Step step : steps.reversed()) {
      if (step.output.grad() != null) {
        backward(step);
      }
    }
  }

  private void backward(Step step) {
    float[][] gradients = step.op.backward(this, step.inputs, step.output);
    for (int i = 0; i < step.inputs.length; i++) {
      Tensor input = step.inputs[i];
      if (input.requiresGrad()) {
        float[] gradient = i < gradients.length ? gradients[i] : null;
        if (gradient == null || gradient.length != input.size()) {
          throw new IllegalStateException(
              step.op.name() + " has no gradient for its input " + i + ", " + input);
        }
        addGradient(input, gradient);
      }
    }
    setGradient(step.output, null);
    for (float[] gradient : gradients) {
      if (gradient != null && !holders.containsKey(gradient)) {
        scratch.takeBack(gradient);
      }
    }
  }

  private void addGradient(Tensor tensor, float[] gradient) {
    float[] earlier = tensor.grad();
    if (earlier == null) {
      withGradient.add(tensor);
      setGradient(tensor, gradient);
      return;
    }
    Rows row = new Rows(gradient.length, gradient.length);
    Rows.Loop sum = (t, u, from, to) -> {
      for (int i = from; i < to; i++) {
        t[i] += u[i];
      }
    };
    if (holders.get(earlier) == 1 && scratch.isLent(earlier)) {
      row.forEach(scratch, (at, wide, count) -> sum.run(earlier, gradient, at, at + count));
    } else {
      setGradient(tensor, row.map(scratch, earlier, gradient, sum));
    }
  }

  /** Sets or removes a gradient; memory that is no gradient any more is taken back. */
  private void setGradient(Tensor tensor, float @Nullable [] gradient) {
    float[] earlier = tensor.grad();
    if (gradient != null) {
      holders.merge(gradient, 1, Integer::sum);
    }
    if (earlier != null
        && holders.merge(earlier, -1, (a, b) -> a + b == 0 ? null : a + b) == null) {
      scratch.takeBack(earlier);
    }
    tensor.setGrad(gradient);
  }

  /**
   * Forgets what was recorded and the gradients with it, and takes back the memory: tensors that
   * this tape computed must not be used any more.
   */
  public void reset() {
    withGradient.forEach(tensor -> tensor.setGrad(null));
    withGradient.clear();
    holders.clear();
    steps.clear();
    scratch.reset();
  }

  /** Returns the path of the layer that computes now; nothing outside of all layers. */
  public String layer() {
    return layers.element();
  }

  /** Computes a layer under its name, which errors tell; names of inner layers follow a dot. */
  public Tensor within(String layer, Supplier<Tensor> forward) {
    String outer = layers.element();
    layers.push(outer.isEmpty() ? layer : outer + "." + layer);
    try {
      return forward.get();
    } finally {
      layers.pop();
    }
  }

  /**
   * Looks for the first number that is infinite or not a number, in the order of computation.
   *
   * @return in words where it is: the layer, the operation, and whether it came in or came out
   */
  public Optional<String> firstNonFinite() {
    for (Step step : steps) {
      String at = step.op.name() + (step.layer.isEmpty() ? "" : " in layer " + step.layer);
      for (int i = 0; i < step.inputs.length; i++) {
        if (isNotFinite(step.inputs[i])) {
          return Optional.of("input " + i + " " + step.inputs[i] + " of " + at);
        }
      }
      if (isNotFinite(step.output)) {
        return Optional.of("the output " + step.output + " of " + at);
      }
    }
    return Optional.empty();
  }

  private static boolean isNotFinite(Tensor tensor) {
    for (float number : tensor.data()) {
      if (!Float.isFinite(number)) {
        return true;
      }
    }
    return false;
  }

  /** Returns memory of any content, valid until the reset. Only the tape's own thread may ask. */
  public float[] floats(int size) {
    return scratch.floats(size);
  }

  /** Returns memory of zeros, as {@link #floats}. */
  public float[] zeros(int size) {
    return scratch.zeros(size);
  }

  /**
   * Runs the parts 0..parts-1 of a piece of work, each once, on the workers' threads, and waits for
   * them. What a part computes must not depend on another, and the number of parts not on that of
   * threads: then the results do not either.
   */
  public void parallel(int parts, IntConsumer part) {
    scratch.parallel(parts, part);
  }

  /** Returns its memory and threads, for operations on arrays. */
  Scratch scratch() {
    return scratch;
  }
}
