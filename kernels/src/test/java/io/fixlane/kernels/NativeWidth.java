package io.fixlane.kernels;

import io.fixlane.kernels.lanes.VectorProvider;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Leaves out tests of what only the machine's own vectors promise, as that a run allocates nothing,
 * where this run's are emulated: there every operation allocates. All tests of bits run at every
 * width. The log says which it is.
 */
final class NativeWidth implements ExecutionCondition {
  @Override
  public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
    if (context.getTestMethod().isPresent()) {
      return ConditionEvaluationResult.enabled("the class runs");
    }
    int bits = VectorProvider.vectorBits();
    String width = bits == 0 ? "scalar loops" : "vectors of " + bits + " bits";
    String emulation = VectorProvider.emulation(bits);
    String test = context.getDisplayName();
    String log = emulation == null
        ? test + " runs: " + width + " are native"
        : test + " is left out: " + width + " are emulated and allocate, for " + emulation;
    System.getLogger("io.fixlane.kernels").log(System.Logger.Level.INFO, log);
    return emulation == null
        ? ConditionEvaluationResult.enabled(log)
        : ConditionEvaluationResult.disabled(log);
  }
}
