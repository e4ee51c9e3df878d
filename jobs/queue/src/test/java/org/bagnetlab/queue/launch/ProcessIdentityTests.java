package org.bagnetlab.queue.launch;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bagnetlab.storage.directory.LabIdentity;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What is ended is the very process that was meant, if it runs. */
@Timeout(60)
class ProcessIdentityTests {

  private static final LabIdentity LAB =
      new LabIdentity("00000000-0000-0000-0000-000000000001", Path.of("/srv/läb"));

  private static ProcessBuilder ours(String... command) {
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().putAll(ProcessIdentity.variables(LAB));
    return builder;
  }

  private static ProcessIdentity identity(Process process) {
    return ProcessIdentity.running(process.pid()).orElseThrow();
  }

  @Test
  void allThatRunAreEndedWithTheirChildren() throws Exception {
    Process one = ours("sleep", "600").start();
    Process two = ours("sh", "-c", "sleep 600 & wait").start();
    Process gone = ours("sleep", "600").start();
    List<ProcessIdentity> all = List.of(identity(one), identity(two), identity(gone));
    gone.destroyForcibly().waitFor();
    assertThat(ProcessIdentity.end(all, LAB))
        .containsExactlyInAnyOrderEntriesOf(Map.of(all.get(0), true, all.get(1), true));
    assertThat(one.isAlive()).isFalse();
    assertThat(two.isAlive()).isFalse();
    assertThat(ProcessIdentity.end(all, LAB)).isEmpty();
  }

  @Test
  void anotherProcessOfTheSameNumberIsLeftAlone() throws Exception {
    Process other = ours("sleep", "600").start();
    try {
      ProcessIdentity now = identity(other);
      assertThat(
              ProcessIdentity.end(
                  List.of(
                      new ProcessIdentity(now.pid(), "1", now.boot()),
                      new ProcessIdentity(now.pid(), now.started(), "another boot")),
                  LAB))
          .isEmpty();
      assertThat(other.isAlive()).isTrue();
    } finally {
      other.destroyForcibly().waitFor();
    }
  }

  @Test
  void aProcessOfAnotherDataDirectoryIsLeftAlone() throws Exception {
    Process process = ours("sleep", "600").start();
    Process nobodys = new ProcessBuilder("sleep", "600").start();
    try {
      List<ProcessIdentity> both = List.of(identity(process), identity(nobodys));
      LabIdentity copy = new LabIdentity(LAB.id(), Path.of("/srv/copy"));
      LabIdentity other = new LabIdentity("00000000-0000-0000-0000-000000000002", LAB.path());
      assertThat(ProcessIdentity.end(both, copy)).isEmpty();
      assertThat(ProcessIdentity.end(both, other)).isEmpty();
      assertThat(ProcessIdentity.end(both, LAB)).containsOnlyKeys(both.get(0));
      assertThat(nobodys.isAlive()).isTrue();
    } finally {
      process.destroyForcibly().waitFor();
      nobodys.destroyForcibly().waitFor();
    }
  }

  /** In a container there may be nobody who asks for the end of a dead server's children. */
  @Test
  void whoEndedRunsNoMoreThoughNobodyAskedForItsEnd() throws Exception {
    Process careless = new ProcessBuilder("sh", "-c", "sleep 0 & echo $!; exec sleep 600").start();
    try {
      String said = Optional.ofNullable(careless.inputReader().readLine()).orElseThrow();
      long pid = Long.parseLong(said);
      Assumptions.assumeTrue(ProcessHandle.of(pid).isPresent(), "somebody asked");
      while (ProcessIdentity.running(pid).isPresent()) {
        Thread.onSpinWait();
      }
    } finally {
      careless.destroyForcibly().waitFor();
    }
  }
}
