package org.bagnetlab.server.disk;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How full the disk is and what uses the space, as shown by the HTTP interface.
 *
 * @param total size of the file system in bytes
 * @param free free bytes of the file system
 * @param used size of the data directory in bytes
 * @param quota maximum size of the data directory in bytes
 * @param reserve free bytes below which no job is started
 * @param level how urgently space must be freed
 * @param warning the warning for users, if there is one
 * @param parts bytes of each part of the data directory
 * @param byKind bytes of the stored files by kind, the largest first
 * @param byJob the jobs that use the most bytes, including their logs, the largest first
 */
public record StorageReport(
    long total,
    long free,
    long used,
    Optional<Long> quota,
    long reserve,
    DiskState.Level level,
    Optional<String> warning,
    Map<String, Long> parts,
    Map<String, Long> byKind,
    List<JobSize> byJob) {

  /**
   * The disk usage of a job.
   *
   * @param job id of the job
   * @param title title of the job, for users
   * @param bytes bytes of its files and its log
   */
  public record JobSize(long job, String title, long bytes) {}

  static StorageReport of(
      DiskState state, DiskUse use, Map<String, Long> byKind, List<JobSize> byJob) {
    return new StorageReport(
        state.space().total(),
        state.space().free(),
        state.used(),
        state.limits().quota(),
        state.reserve(),
        state.level(),
        state.warning(),
        new LinkedHashMap<>(use.parts()),
        byKind,
        byJob);
  }
}
