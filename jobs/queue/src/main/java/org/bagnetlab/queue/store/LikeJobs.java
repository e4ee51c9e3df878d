package org.bagnetlab.queue.store;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.bagnetlab.experiment.JobSpec;
import org.bagnetlab.protocol.Json;
import org.bagnetlab.queue.device.Candidate;
import org.bagnetlab.storage.database.Tables;
import org.bagnetlab.storage.job.JobRow;

/**
 * How much GPU memory a job needs, judged by earlier jobs like it: those with the same settings,
 * except settings that do not change the memory.
 */
final class LikeJobs {

  /** The training whose network a job uses; its settings stand for the network. */
  private static final String NETWORK = "network";

  private LikeJobs() {}

  /** The next job, with the memory that jobs like it needed. */
  static Candidate candidate(Tables tables, JobRow row) {
    Optional<Long> peak = tables.costs().peakDeviceMemory(settings(tables, JobRows.spec(row)));
    return new Candidate(
        row.id(), peak.map(OptionalLong::of).orElseGet(OptionalLong::empty), row.order().alone());
  }

  /** Records the settings of a job that starts, so that later ones are compared with it. */
  static void record(Tables tables, long job) {
    JobRow row = tables.jobs().find(job).orElseThrow();
    tables.jobs().memorySettings(job, settings(tables, JobRows.spec(row)));
  }

  private static String settings(Tables tables, JobSpec spec) {
    Map<String, Object> settings = new LinkedHashMap<>();
    settings.put("kind", spec.kind());
    settings.putAll(spec.settings().affectingMemory());
    spec.subject()
        .flatMap(tables.jobs()::find)
        .ifPresent(run -> settings.put(NETWORK, JobRows.spec(run).settings().affectingMemory()));
    return Json.line(settings);
  }
}
