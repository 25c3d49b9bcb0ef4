package io.fixlane.network.plan;

import io.fixlane.format.FixedFormat;
import io.fixlane.kernels.Cast;
import io.fixlane.network.layer.BlockLayer;
import io.fixlane.network.layer.TensorType;
import io.fixlane.network.plan.PlannedLayer.Branches;
import io.fixlane.network.plan.PlannedLayer.Single;
import io.fixlane.network.plan.PlannedLayer.View;
import io.fixlane.tensor.FixedTensor;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.SequencedMap;

/** The words of every layer, each in memory of its own. */
public final class Trace {
  /** What stands between a block and what lies in it; no name has it. */
  private static final String WITHIN = " > ";

  private final SequencedMap<String, FixedTensor> words = new LinkedHashMap<>();
  private final int samples;

  private Trace(int samples) {
    this.samples = samples;
  }

  /** Returns the words of samples by the names of the layers, in their order. */
  public static SequencedMap<String, FixedTensor> of(Chain chain, FixedTensor batch, int samples) {
    Trace trace = new Trace(samples);
    trace.run(chain, "", batch);
    return trace.words;
  }

  /** Returns what layers give, by their names, in their order. */
  public static SequencedMap<String, TensorType> types(Chain chain) {
    SequencedMap<String, TensorType> types = new LinkedHashMap<>();
    put(chain, "", types);
    return Collections.unmodifiableSequencedMap(types);
  }

  private static void put(Chain chain, String block, SequencedMap<String, TensorType> types) {
    for (PlannedLayer planned : chain.layers()) {
      String name = block + planned.layer().name();
      if (planned.kernel() instanceof Branches branches) {
        put(branches.first(), within(name, planned, 0), types);
        put(branches.second(), within(name, planned, 1), types);
      }
      types.put(name, planned.result());
    }
  }

  /** Returns what comes before the names of the layers of a block's branch. */
  private static String within(String name, PlannedLayer planned, int branch) {
    BlockLayer block = (BlockLayer) planned.layer();
    return name + WITHIN + block.branches().get(branch).role() + WITHIN;
  }

  private static FixedTensor cast(FixedTensor words, FixedFormat format) {
    FixedTensor result = FixedTensor.allocate(format, words.shape());
    Cast.of(words.format(), format).run(words, result);
    return result;
  }

  private FixedTensor run(Chain chain, String block, FixedTensor input) {
    FixedTensor x = input;
    for (PlannedLayer planned : chain.layers()) {
      String name = block + planned.layer().name();
      TensorType type = planned.result();
      FixedTensor result = FixedTensor.allocate(type.format(), Samples.shape(type, samples));
      switch (planned.kernel()) {
        case View _ -> result.segment().copyFrom(x.segment());
        case Single single -> single.operation().run(x, result, Runnable::run, 1);
        case Branches branches -> {
          FixedTensor first = run(branches.first(), within(name, planned, 0), x);
          FixedTensor second = run(branches.second(), within(name, planned, 1), x);
          switch (branches.meeting()) {
            case Sum sum -> sum.run(first, second, result);
            case Beside beside -> beside.run(
                cast(first, beside.result()), cast(second, beside.result()), result);
          }
        }
      }
      words.put(name, result);
      x = result;
    }
    return x;
  }
}
