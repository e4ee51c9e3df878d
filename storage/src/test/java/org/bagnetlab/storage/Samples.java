package org.bagnetlab.storage;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;
import org.bagnetlab.storage.artifact.ArtifactRow;
import org.bagnetlab.storage.cause.CauseRow;
import org.bagnetlab.storage.file.ArtifactClaim;
import org.bagnetlab.storage.job.ImportedJobRow;
import org.bagnetlab.storage.job.NewJob;
import org.bagnetlab.storage.job.StateRow;
import org.bagnetlab.storage.result.ResultRow;

/** Rows for tests. */
public final class Samples {

  public static final Instant NOON = Instant.parse("2026-01-02T12:00:00.123Z");

  private Samples() {}

  public static NewJob training(String dataset) {
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
        false,
        NOON,
        "QUEUED");
  }

  /** An evaluation of a training. */
  public static NewJob about(long run) {
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
        false,
        NOON,
        "QUEUED");
  }

  /** A training of another lab, which is 7 there. */
  public static ImportedJobRow imported(long id) {
    return new ImportedJobRow(
        id,
        "train",
        "{\"kind\":\"train\"}",
        "a training",
        Optional.of("scene15"),
        Optional.empty(),
        Optional.empty(),
        "SUCCEEDED",
        NOON,
        NOON,
        NOON.plusSeconds(5),
        Optional.empty(),
        Optional.of("c0de"),
        "another-lab",
        7);
  }

  /** A training that starts from the network of a run. */
  public static NewJob trainingFrom(long run, String dataset) {
    return new NewJob(
        "train",
        "{\"kind\":\"train\"}",
        "a training",
        Optional.empty(),
        Optional.of(dataset),
        Optional.empty(),
        Optional.of(run),
        0,
        false,
        Optional.empty(),
        Optional.empty(),
        false,
        NOON,
        "QUEUED");
  }

  public static ArtifactRow split(long job, String facts) {
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

  public static CauseRow cause(String code) {
    return new CauseRow(code, "{\"job\":1}");
  }

  public static StateRow state(String name) {
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

  public static ResultRow accuracy(long job, String set, double value, int images) {
    return new ResultRow(job, "accuracy", "accuracy", set, "{}", value, Optional.of(images));
  }

  /** A claim on a file with this content. */
  public static ArtifactClaim claim(String path, String content) throws Exception {
    byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
    String sha256 = HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    return new ArtifactClaim(
        Optional.empty(),
        "heatmap",
        path,
        "image/png",
        sha256,
        bytes.length,
        "{}",
        Optional.empty());
  }
}
