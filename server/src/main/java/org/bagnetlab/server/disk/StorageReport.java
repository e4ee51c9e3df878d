package org.bagnetlab.server.disk;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How full the disk is and what uses the space, as the interface shows it.
 *
 * @param total bytes of the file system
 * @param free bytes of it
 * @param used bytes of the data directory
 * @param quota bytes that it may have
 * @param reserve free bytes below which no job is started
 * @param level how urgent it is
 * @param warning what users should know and do
 * @param parts bytes of the data directory's parts
 * @param byKind bytes of the stored files by their kind, the most first
 * @param byJob the jobs with the most bytes, their logs included, the most first
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
   * The bytes of a job.
   *
   * @param job its number
   * @param title of the job, for users
   * @param bytes of its files and its log
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
