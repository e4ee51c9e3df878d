package org.bagnetlab.engine.nd4j.cpu.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What a helper throws reaches the caller, whose crew goes on working. */
class CrewTests {

  @Test
  void anErrorOfAHelperStaysWhatItIs() {
    try (Crew crew = crew()) {
      OutOfMemoryError error = new OutOfMemoryError("Java heap space");
      assertThatThrownBy(
              () ->
                  crew.together(
                      failing(
                          () -> {
                            throw error;
                          })))
          .isSameAs(error);
      assertAllWork(crew);
    }
  }

  @Test
  void anExceptionOfAHelperIsACause() {
    try (Crew crew = crew()) {
      ArithmeticException exception = new ArithmeticException("/ by zero");
      assertThatThrownBy(
              () ->
                  crew.together(
                      failing(
                          () -> {
                            throw exception;
                          })))
          .isInstanceOf(IllegalStateException.class)
          .hasCause(exception);
      assertAllWork(crew);
    }
  }

  private static Crew crew() {
    return new Crew(3, new PlainLoops());
  }

  /** Work that only the last helper cannot do. */
  private static Crew.Work failing(Runnable thrower) {
    return member -> {
      if (member == 2) {
        thrower.run();
      }
    };
  }

  private static void assertAllWork(Crew crew) {
    AtomicInteger shares = new AtomicInteger();
    crew.together(member -> shares.incrementAndGet());
    assertThat(shares).hasValue(crew.members());
  }
}
