package org.bagnetlab.queue.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.bagnetlab.protocol.Code;
import org.bagnetlab.protocol.Cpu;
import org.bagnetlab.protocol.Json;
import org.bagnetlab.protocol.Provenance;
import org.bagnetlab.protocol.RunningEngine;
import org.bagnetlab.queue.job.WorkerFacts;
import org.junit.jupiter.api.Test;

class StoredWorkerTests {

  private static final SortedMap<String, String> LIBRARIES =
      new TreeMap<>(Map.of("openblas", "0.3.19"));

  private static Provenance provenance(String digest) {
    return new Provenance(
        new Code("0.1.0", Optional.of(digest), Optional.of("c0ffee"), true),
        new RunningEngine("engine 1", LIBRARIES, "CPU", 2, true, Optional.of("kernels")),
        Optional.of("25"),
        Optional.of("Linux"),
        Optional.of(new Cpu("model", List.of("avx2"))),
        Optional.of("550.54.15"));
  }

  @Test
  void factsAreReadAsTheyWereStored() {
    WorkerFacts facts = WorkerFacts.starting(provenance("a"), 4711);
    assertThat(StoredWorker.read(Json.line(facts))).isEqualTo(facts);
    assertThat(facts.code()).contains("a");
  }

  /** As rows of jobs were before there was a provenance. */
  @Test
  void earlierRowsHaveTheEngineAndUnknownCode() {
    WorkerFacts read =
        StoredWorker.read(
            """
            {"engine":"engine 1","device":"CPU","threads":2,"fastPath":true,"codeVersion":"0.1.0",
             "pid":4711}
            """);
    assertThat(read.code()).isEmpty();
    assertThat(read.pid()).isEqualTo(4711);
    assertThat(read.provenance().engine())
        .isEqualTo(
            new RunningEngine("engine 1", new TreeMap<>(), "CPU", 2, true, Optional.empty()));
    assertThat(read.provenance().code())
        .isEqualTo(new Code("0.1.0", Optional.empty(), Optional.empty(), false));
    assertThat(read.provenance().java()).isEmpty();
  }

  @Test
  void aTrainingResumedByOtherCodeHasBoth() {
    assertThat(WorkerFacts.resuming(provenance("b"), 1, Optional.of("a")).code()).contains("a,b");
    assertThat(WorkerFacts.resuming(provenance("a"), 1, Optional.of("a")).code()).contains("a");
    assertThat(WorkerFacts.resuming(provenance("b"), 1, Optional.of("a,b")).code()).contains("a,b");
    assertThat(WorkerFacts.resuming(provenance("b"), 1, Optional.empty()).code())
        .contains("unknown,b");
  }
}
