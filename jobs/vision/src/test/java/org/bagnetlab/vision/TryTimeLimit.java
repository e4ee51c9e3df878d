package org.bagnetlab.vision;

import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import java.util.List;
import net.jqwik.api.lifecycle.AroundTryHook;
import net.jqwik.api.lifecycle.TryExecutionResult;
import net.jqwik.api.lifecycle.TryExecutor;
import net.jqwik.api.lifecycle.TryLifecycleContext;

/**
 * Ends a try of a property that does not end itself: JUnit's time limit does not hold for jqwik.
 */
public final class TryTimeLimit implements AroundTryHook {

  private static final Duration LIMIT = Duration.ofSeconds(10);

  @Override
  public TryExecutionResult aroundTry(
      TryLifecycleContext context, TryExecutor execution, List<Object> parameters) {
    return assertTimeoutPreemptively(LIMIT, () -> execution.execute(parameters));
  }
}
