package org.bagnetlab.engine.nd4j.cpu;

import static org.assertj.core.api.Assertions.assertThat;

import org.bagnetlab.vision.network.Engine;
import org.bagnetlab.vision.network.GoldenNetworkContract;
import org.junit.jupiter.api.Test;

class CpuGoldenTests extends GoldenNetworkContract {

  private static final Engine ENGINE = CpuEngine.start();

  @Override
  protected Engine engine() {
    return ENGINE;
  }

  @Test
  void theFastPathIsActive() {
    assertThat(ENGINE.facts().fastPath()).as(ENGINE.facts().evidence()).isTrue();
  }
}
