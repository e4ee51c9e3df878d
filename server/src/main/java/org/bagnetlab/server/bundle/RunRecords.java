package org.bagnetlab.server.bundle;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.bagnetlab.experiment.JobSpec;
import org.bagnetlab.protocol.Json;
import org.bagnetlab.queue.job.JobState;
import org.bagnetlab.queue.job.Origin;
import org.bagnetlab.queue.store.JobRows;
import org.bagnetlab.server.bundle.RunRecord.RecordedFile;
import org.bagnetlab.server.bundle.RunRecord.Value;
import org.bagnetlab.server.json.Facts;
import org.bagnetlab.storage.annotation.AnnotationRow;
import org.bagnetlab.storage.artifact.ArtifactRow;
import org.bagnetlab.storage.database.Tables;
import org.bagnetlab.storage.job.JobRow;
import org.bagnetlab.storage.result.ResultRow;
import org.bagnetlab.storage.run.MeasuredRunRow;

/** Reads the records of runs from the database. */
public final class RunRecords {

  private RunRecords() {}

  /**
   * The ids of the trainings on a data set, or on all, that succeeded; of the trainings that they
   * start from; and of the measurements of their networks and of imported networks. In ascending
   * order, so that a run comes before what was measured on it.
   */
  public static List<Long> jobs(Tables tables, Optional<String> dataset) {
    TreeSet<Long> jobs = new TreeSet<>();
    for (MeasuredRunRow run : tables.runs().succeededTrainings(dataset)) {
      addWithOrigins(tables, run.job(), jobs);
    }
    jobs.addAll(tables.jobs().measuring(List.copyOf(jobs)));
    jobs.addAll(tables.jobs().measuringImported(dataset));
    return List.copyOf(jobs);
  }

  /** A single job; empty if there is none, or it did not succeed. */
  public static Optional<RunRecord> of(Tables tables, String lab, long job) {
    return tables
        .jobs()
        .find(job)
        .filter(row -> JobRows.name(row) == JobState.Name.SUCCEEDED)
        .map(row -> record(tables, lab, row));
  }

  /** Adds a training, and those that it starts from if they still exist. */
  private static void addWithOrigins(Tables tables, long training, Set<Long> jobs) {
    Optional<Long> next = Optional.of(training);
    while (next.isPresent() && !jobs.contains(next.get())) {
      Optional<JobRow> row = tables.jobs().find(next.get());
      row.ifPresent(job -> jobs.add(job.id()));
      next = row.map(JobRows::spec).flatMap(JobSpec::subject);
    }
  }

  private static RunRecord record(Tables tables, String lab, JobRow job) {
    AnnotationRow annotation =
        tables.annotations().find(job.id()).orElseGet(() -> AnnotationRow.none(job.id()));
    Instant ended = job.state().endedAt().orElse(job.createdAt());
    return new RunRecord(
        RunRecord.FORMAT,
        job.id(),
        job.origin()
            .map(origin -> new Origin(origin.lab(), origin.job()))
            .orElseGet(() -> new Origin(lab, job.id())),
        Json.object(job.spec()),
        Json.MAPPER.valueToTree(JobRows.spec(job)),
        job.title(),
        job.createdAt(),
        job.state().startedAt().orElse(ended),
        ended,
        job.worker().map(Json::object),
        tables.jobs().code(job.id()),
        tables.runs().epochs(job.id()),
        tables.results().ofJob(job.id()).stream().map(RunRecords::value).toList(),
        files(tables.artifacts().ofJob(job.id())),
        annotation.tags(),
        annotation.note());
  }

  private static Value value(ResultRow row) {
    return new Value(
        row.output(), row.metric(), row.set(), Json.object(row.axes()), row.value(), row.images());
  }

  private static List<RecordedFile> files(List<ArtifactRow> rows) {
    List<RecordedFile> files = new ArrayList<>();
    for (ArtifactRow row : rows) {
      files.add(
          new RecordedFile(
              row.id(),
              row.name(),
              row.kind(),
              row.output(),
              row.mediaType(),
              row.sha256(),
              row.size(),
              Facts.of(row),
              row.createdAt()));
    }
    return files;
  }
}
