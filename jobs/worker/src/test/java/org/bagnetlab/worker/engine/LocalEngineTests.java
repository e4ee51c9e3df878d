package org.bagnetlab.worker.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import org.bagnetlab.protocol.MemoryShare;
import org.bagnetlab.protocol.Precision;
import org.bagnetlab.vision.network.ComputePrecision;
import org.bagnetlab.vision.network.Engine;
import org.bagnetlab.vision.network.EngineProvider;
import org.bagnetlab.vision.network.UnsupportedPrecision;
import org.junit.jupiter.api.Test;

class LocalEngineTests {

  private final EngineProvider one = new Named("one");
  private final EngineProvider other = new Named("other");

  /** One that is chosen, but not started. */
  private record Named(String name) implements EngineProvider {
    @Override
    public Engine start(ComputePrecision precision) {
      throw new UnsupportedOperationException("only chosen, never started");
    }
  }

  @Test
  void nd4jHasNoTf32() {
    assertThatExceptionOfType(UnsupportedPrecision.class)
        .isThrownBy(() -> LocalEngine.start(Precision.TF32))
        .withMessageContaining("libtorch");
  }

  /** So any CPU computes their heatmaps, also one that cannot train in bf16. */
  @Test
  void networksTrainedInBfloat16AreEvaluatedInFloat32() {
    EngineProvider nd4j = ServiceLoader.load(EngineProvider.class).findFirst().orElseThrow();
    assertThat(nd4j.evaluation(ComputePrecision.BF16)).isEqualTo(ComputePrecision.FP32);
    assertThat(LocalEngine.startEvaluation(Precision.BF16).facts().engine()).contains("oneDNN");
    assertThatExceptionOfType(UnsupportedPrecision.class)
        .isThrownBy(() -> LocalEngine.startEvaluation(Precision.TF32));
  }

  @Test
  void theOnlyEngineIsTaken() {
    assertThat(LocalEngine.choose(List.of(one), Optional.empty())).isSameAs(one);
  }

  @Test
  void ofSeveralTheOneThatIsNamedIsTaken() {
    assertThat(LocalEngine.choose(List.of(one, other), Optional.of("other"))).isSameAs(other);
  }

  @Test
  void ofSeveralOneMustBeNamed() {
    assertThatIllegalStateException()
        .isThrownBy(() -> LocalEngine.choose(List.of(other, one), Optional.empty()))
        .withMessageContaining("(one, other)")
        .withMessageContaining("-Dbagnetlab.engine=NAME");
  }

  @Test
  void noOtherEngineTakesThePlaceOfTheOneThatIsNamed() {
    assertThatIllegalStateException()
        .isThrownBy(() -> LocalEngine.choose(List.of(one), Optional.of("third")))
        .withMessageContaining("no engine third, only: one");
  }

  @Test
  void aWorkerWithoutAnEngineSaysSo() {
    assertThatIllegalStateException()
        .isThrownBy(() -> LocalEngine.choose(List.of(), Optional.empty()))
        .withMessageContaining("no engine");
  }

  @Test
  void anEngineOnTheCpuHasNoShareOfAGpu() {
    assertThat(LocalEngine.limit(new MemoryShare(1 << 30, 8L << 30))).isFalse();
  }

  /** The class path of the tests is that of a worker. */
  @Test
  void theEngineOfThisModuleIsFound() {
    assertThat(LocalEngine.start().facts().engine()).contains("oneDNN");
  }
}
