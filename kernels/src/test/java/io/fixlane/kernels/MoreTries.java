package io.fixlane.kernels;

import java.util.Optional;
import net.jqwik.api.lifecycle.AroundPropertyHook;
import net.jqwik.api.lifecycle.PropagationMode;
import net.jqwik.api.lifecycle.PropertyExecutionResult;
import net.jqwik.api.lifecycle.PropertyExecutor;
import net.jqwik.api.lifecycle.PropertyLifecycleContext;

/**
 * Tries each property {@value #FACTOR} times as often as it says: a build tries a few hundred
 * cases, and who looks for rare faults for hours tries millions.
 */
final class MoreTries implements AroundPropertyHook {
  private static final String FACTOR = "fixlane.tests.factor";

  @Override
  public PropertyExecutionResult aroundProperty(
      PropertyLifecycleContext context, PropertyExecutor property) {
    int factor = Integer.getInteger(FACTOR, 1);
    Optional<Integer> tries = context.attributes().tries();
    tries.ifPresent(few -> context.attributes().setTries(Math.multiplyExact(few, factor)));
    return property.execute();
  }

  @Override
  public PropagationMode propagateTo() {
    return PropagationMode.ALL_DESCENDANTS;
  }
}
