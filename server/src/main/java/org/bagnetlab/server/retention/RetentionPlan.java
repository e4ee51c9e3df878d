package org.bagnetlab.server.retention;

import java.util.List;
import org.bagnetlab.storage.artifact.ArtifactRow;
import org.bagnetlab.storage.retention.RetainedRow;

/**
 * Files to be removed by retention.
 *
 * @param bytes total size of the files
 * @param files the files with reasons, the oldest first
 */
public record RetentionPlan(long bytes, List<File> files) {

  /**
   * A file to be removed.
   *
   * @param job the job that the file belongs to
   * @param title title of the job, for users
   * @param kind kind of the file
   * @param name name of the file
   * @param size size in bytes
   * @param reason why it is removed, for users
   */
  public record File(long job, String title, String kind, String name, long size, String reason) {

    static File of(RetainedRow row, String reason) {
      ArtifactRow artifact = row.artifact();
      return new File(
          artifact.job(), row.title(), artifact.kind(), artifact.name(), artifact.size(), reason);
    }
  }

  static RetentionPlan of(List<Verdict> verdicts) {
    return new RetentionPlan(
        verdicts.stream().mapToLong(verdict -> verdict.row().artifact().size()).sum(),
        verdicts.stream().map(verdict -> File.of(verdict.row(), verdict.reason())).toList());
  }

  /** A file to be removed, with the reason. */
  record Verdict(RetainedRow row, String reason) {}
}
