package org.bagnetlab.storage;

import java.time.Instant;
import java.util.Optional;

/** Rows for tests. */
final class Samples {

  static final Instant NOON = Instant.parse("2026-01-02T12:00:00.123Z");

  private Samples() {}

  static NewJob training(String dataset) {
    return new NewJob(
        "train",
        "{\"kind\":\"train\"}",
        "a training",
        Optional.of("demo"),
        Optional.of(dataset),
        Optional.of("imagenet"),
        Optional.empty(),
        0,
        false,
        Optional.empty(),
        Optional.empty(),
        NOON,
        "QUEUED");
  }

  /** An evaluation of a training. */
  static NewJob about(long run) {
    return new NewJob(
        "evaluate",
        "{\"kind\":\"evaluate\",\"run\":%d,\"scrambleSeed\":2}".formatted(run),
        "an evaluation",
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.of(run),
        0,
        false,
        Optional.empty(),
        Optional.empty(),
        NOON,
        "QUEUED");
  }

  static ArtifactRow split(long job, String facts) {
    return new ArtifactRow(
        0,
        job,
        Optional.empty(),
        "split",
        "split.json",
        job + "/split.json",
        "application/json",
        "0".repeat(64),
        2,
        facts,
        NOON);
  }

  static CauseRow cause(String code) {
    return new CauseRow(code, "{\"job\":1}");
  }

  static StateRow state(String name) {
    return new StateRow(
        name,
        Optional.of(NOON),
        Optional.of(NOON.plusSeconds(5)),
        Optional.of(cause("because")),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        false,
        true,
        2,
        Optional.of(NOON.plusSeconds(9)));
  }

  static ResultRow accuracy(long job, String set, double value, int images) {
    return new ResultRow(job, "accuracy", "accuracy", set, "{}", value, Optional.of(images));
  }
}
