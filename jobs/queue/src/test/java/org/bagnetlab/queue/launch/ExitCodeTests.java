package org.bagnetlab.queue.launch;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** A process's end is told in words. */
class ExitCodeTests {

  @Test
  void namesTheSignal() {
    assertThat(new ExitCode(137).inWords()).isEqualTo("killed by signal 9 (SIGKILL)");
    assertThat(new ExitCode(134).inWords()).isEqualTo("killed by signal 6 (SIGABRT)");
    assertThat(new ExitCode(3).inWords()).isEqualTo("exited with code 3");
    assertThat(new ExitCode(255).inWords()).isEqualTo("exited with code 255");
  }
}
