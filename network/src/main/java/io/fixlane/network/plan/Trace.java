package io.fixlane.network.plan;

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

  private static final String BODY = WITHIN + "body" + WITHIN;
  private static final String SHORTCUT = WITHIN + "shortcut" + WITHIN;

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
        put(branches.body(), name + BODY, types);
        put(branches.shortcut(), name + SHORTCUT, types);
      }
      types.put(name, planned.result());
    }
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
          FixedTensor body = run(branches.body(), name + BODY, x);
          FixedTensor shortcut =
              run(branches.shortcut(), name + SHORTCUT, x);
          branches.sum().plan().run(body, shortcut, result);
        }
      }
      words.put(name, result);
      x = result;
    }
    return x;
  }
}
