package io.fixlane.network.plan;

import io.fixlane.format.FixedFormat;
import io.fixlane.kernels.Cast;
import io.fixlane.network.layer.TensorType;
import io.fixlane.network.plan.PlannedLayer.Branches;
import io.fixlane.network.plan.PlannedLayer.Joined;
import io.fixlane.network.plan.PlannedLayer.Single;
import io.fixlane.network.plan.PlannedLayer.View;
import io.fixlane.tensor.FixedTensor;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;

/**
 * The operations of a network in their order, and in which buffer each finds and leaves its words.
 * A buffer is taken again once nothing reads it any more: a chain of layers needs two.
 */
public final class Program {
  /** The place of the input, which the caller owns, and of the result. */
  private static final int INPUT = -1;
  private static final int RESULT = -2;

  /** What the buffers of a run take at most, if samples are that small: it fits in an L2 cache. */
  private static final long CACHE_BYTES = 256 * 1024;

  /**
   * A value in a buffer.
   *
   * @param place the buffer
   * @param type what it is
   */
  private record Value(int place, TensorType type) {}

  /** What computes a value from others. */
  private interface Action {
    void run(FixedTensor[] operands, FixedTensor target, Executor executor, int parts);
  }

  private record Step(Action action, List<Value> operands, Value target) {}

  private final List<Step> steps = new ArrayList<>();
  private final Map<Integer, Integer> readers = new HashMap<>();
  private final BitSet taken = new BitSet();
  private final long[] sampleBytes;
  private final int samplesAtOnce;

  /** Compiles layers. */
  public Program(Chain chain) {
    Value input = new Value(INPUT, chain.input());
    Value result = compile(chain, input);
    if (steps.isEmpty()) {
      Cast copy = Cast.of(result.type().format(), result.type().format());
      emit((operands, target, _, _) -> copy.run(operands[0], target), List.of(input),
          result.type());
    }
    Step last = steps.removeLast();
    steps.add(new Step(
        last.action(), last.operands(), new Value(RESULT, last.target().type())));
    this.sampleBytes = new long[readers.size()];
    long all = 0;
    for (Step step : steps) {
      int place = step.target().place();
      if (place >= 0) {
        sampleBytes[place] = Math.max(sampleBytes[place], Samples.bytes(step.target().type()));
      }
    }
    for (long bytes : sampleBytes) {
      all += bytes;
    }
    this.samplesAtOnce = Math.clamp(CACHE_BYTES / Math.max(1, all), 1, 1 << 16);
  }

  /** Adds the steps of a chain; it reads its input for the last time. */
  private Value compile(Chain chain, Value input) {
    Value value = input;
    for (PlannedLayer layer : chain.layers()) {
      value = switch (layer.kernel()) {
        case View _ -> new Value(value.place(), layer.result());
        case Single single -> emit(
            (operands, target, executor, parts) -> single.operation().run(
                operands[0], target, executor, parts),
            List.of(value), layer.result());
        case Branches branches -> {
          keep(value);
          Optional<Joined> joined = branches.joined();
          Chain alone = joined.isEmpty() ? branches.first() : branches.first().withoutLast();
          List<Value> results =
              List.of(compile(alone, value), compile(branches.second(), value));
          List<Value> operands = switch (branches.meeting()) {
            case Sum _ -> results;
            case Beside beside -> results.stream().map(x -> cast(x, beside.result())).toList();
          };
          yield emit(joined.isEmpty()
              ? (x, target, _, _) -> branches.meeting().run(x[0], x[1], target)
              : (x, target, executor, parts) -> joined.get().run(
                  x[0], x[1], target, executor, parts),
              operands, layer.result());
        }
      };
    }
    return value;
  }

  /** Adds the cast of a value, unless it has the format. */
  private Value cast(Value value, FixedFormat format) {
    TensorType type = value.type();
    if (type.format().equals(format)) {
      return value;
    }
    Cast cast = Cast.of(type.format(), format);
    return emit((operands, target, _, _) -> cast.run(operands[0], target), List.of(value),
        Types.with(type, format));
  }

  /** Adds a step with a buffer for its result, and lets go of its operands. */
  private Value emit(Action action, List<Value> operands, TensorType result) {
    Value target = new Value(taken.nextClearBit(0), result);
    keep(target);
    steps.add(new Step(action, operands, target));
    operands.forEach(this::release);
    return target;
  }

  private void keep(Value value) {
    if (value.place() >= 0) {
      taken.set(value.place());
      readers.merge(value.place(), 1, Integer::sum);
    }
  }

  private void release(Value value) {
    if (value.place() >= 0 && readers.merge(value.place(), -1, Integer::sum) == 0) {
      taken.clear(value.place());
    }
  }

  /** Returns the samples that are computed at once, so that they stay in the cache. */
  public int samplesAtOnce() {
    return samplesAtOnce;
  }

  /**
   * Computes samples.
   *
   * @param input all samples
   * @param result all results
   * @param first the first sample that is computed
   * @param last one past the last
   * @param executor what helps in each step
   * @param parts into how many parts each step is divided at most
   */
  public void run(FixedTensor input, FixedTensor result, int first, int last, Executor executor,
      int parts) {
    Buffers buffers = Buffers.take();
    try {
      int end;
      for (int i = first; i < last; i = end) {
        end = i + Math.min(samplesAtOnce, last - i);
        runAtOnce(input.slice(i, end), result.slice(i, end), end - i, buffers, executor, parts);
      }
    } finally {
      buffers.giveBack();
    }
  }

  private void runAtOnce(FixedTensor input, FixedTensor result, int samples, Buffers buffers,
      Executor executor, int parts) {
    for (Step step : steps) {
      FixedTensor[] operands = new FixedTensor[step.operands().size()];
      for (int i = 0; i < operands.length; i++) {
        operands[i] = tensor(step.operands().get(i), input, result, samples, buffers);
      }
      step.action().run(operands, tensor(step.target(), input, result, samples, buffers),
          executor, parts);
    }
  }

  private FixedTensor tensor(Value value, FixedTensor input, FixedTensor result, int samples,
      Buffers buffers) {
    return switch (value.place()) {
      case INPUT -> input.reshape(Samples.shape(value.type(), samples));
      case RESULT -> result.reshape(Samples.shape(value.type(), samples));
      default -> Samples.view(value.type(),
          buffers.get(value.place(), samples * sampleBytes[value.place()]), samples);
    };
  }
}
