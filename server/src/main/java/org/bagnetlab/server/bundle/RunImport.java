package org.bagnetlab.server.bundle;

import io.vertx.core.Future;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.stream.Collectors;
import org.bagnetlab.experiment.Experiments;
import org.bagnetlab.experiment.JobSpec;
import org.bagnetlab.experiment.UnknownSpec;
import org.bagnetlab.experiment.WeightsVersion;
import org.bagnetlab.experiment.catalogue.Catalogue;
import org.bagnetlab.experiment.network.NetworkParameters;
import org.bagnetlab.experiment.network.NetworkSpec;
import org.bagnetlab.experiment.train.TrainExperiment;
import org.bagnetlab.experiment.train.TrainSpec;
import org.bagnetlab.protocol.Json;
import org.bagnetlab.queue.JobQueue;
import org.bagnetlab.queue.job.JobState;
import org.bagnetlab.queue.store.ImportedJob;
import org.bagnetlab.queue.store.JobRows;
import org.bagnetlab.server.bundle.RunRecord.RecordedFile;
import org.bagnetlab.storage.annotation.AnnotationRow;
import org.bagnetlab.storage.artifact.ArtifactRow;
import org.bagnetlab.storage.database.Tables;
import org.bagnetlab.storage.file.ArtifactClaim;
import org.bagnetlab.storage.file.ArtifactRefused;
import org.bagnetlab.storage.file.LabStorage;
import org.bagnetlab.storage.job.ImportedJobRow;
import org.bagnetlab.storage.job.JobRow;
import org.bagnetlab.storage.job.OriginRow;
import org.bagnetlab.storage.result.ResultRow;

/**
 * Imports the runs of a bundle. Each is stored completely or not at all, with its origin; those
 * that are here already are left as they are, so that an import that was interrupted can be
 * repeated.
 */
public final class RunImport {

  private final LabStorage storage;
  private final JobQueue queue;
  private final Catalogue catalogue;

  /** Imports into a lab. */
  public RunImport(LabStorage storage, JobQueue queue, Catalogue catalogue) {
    this.storage = storage;
    this.queue = queue;
    this.catalogue = catalogue;
  }

  /**
   * What an import did.
   *
   * @param jobs ids of the imported jobs, by their ids in the bundle
   * @param known number of jobs of the bundle that were here already
   * @param files number of files that were stored
   * @param leftOut why each of the other jobs was not imported, by its id in the bundle
   */
  public record Imported(Map<Long, Long> jobs, int known, int files, Map<Long, String> leftOut) {}

  /**
   * Imports a bundle. Blocks.
   *
   * @param folder for extracted files, on the disk of the data directory
   * @throws InvalidBundle if it is not a bundle, or a file in it is damaged
   */
  public Imported of(Path file, Path folder) throws IOException {
    try (Bundle bundle = Bundle.open(file)) {
      Import running = new Import(bundle, folder);
      for (RunRecord record : bundle.records()) {
        running.add(record);
      }
      return new Imported(running.added, running.known, running.files, running.leftOut);
    } catch (CompletionException e) {
      if (e.getCause() instanceof ArtifactRefused refused) {
        throw new InvalidBundle("a file is not what its record says: " + refused.getMessage());
      }
      throw e;
    }
  }

  /** The bytes of the files that a bundle contains, unpacked. */
  public static long bytes(Path file) throws IOException {
    try (Bundle bundle = Bundle.open(file)) {
      return bundle.records().stream()
          .flatMap(
              record -> record.files().stream().filter(recorded -> bundle.has(record, recorded)))
          .mapToLong(RecordedFile::size)
          .sum();
    }
  }

  /** An import that is going on. */
  private final class Import {

    private final Bundle bundle;
    private final Path folder;

    /** The ids here of the jobs of the bundle. */
    private final Map<Long, Long> numbers = new HashMap<>();

    private final Map<Long, Long> added = new HashMap<>();
    private final Map<Long, String> leftOut = new HashMap<>();
    private int known;
    private int files;

    Import(Bundle bundle, Path folder) {
      this.bundle = bundle;
      this.folder = folder;
    }

    void add(RunRecord record) throws IOException {
      Optional<Long> here = storage.database().read(tables -> here(tables, record)).join();
      if (here.isPresent()) {
        numbers.put(record.job(), here.get());
        known++;
        complete(record, here.get());
        return;
      }
      JobSpec spec;
      try {
        spec = Experiments.read(record.spec());
      } catch (IllegalArgumentException e) {
        throw new InvalidBundle("%s has settings that are not possible".formatted(record.path()));
      }
      if (spec instanceof UnknownSpec unknown) {
        leftOut.put(record.job(), unknown.unknown());
      } else if (spec.subject().isPresent() && !numbers.containsKey(spec.subject().get())) {
        leftOut.put(record.job(), "the bundle has no run %d".formatted(spec.subject().get()));
      } else {
        store(record, renumbered(spec));
      }
    }

    private Optional<Long> here(Tables tables, RunRecord record) {
      OriginRow origin = new OriginRow(record.origin().lab(), record.origin().run());
      return tables
          .jobs()
          .imported(origin)
          .or(
              () ->
                  origin.lab().equals(storage.directory().identity().id())
                      ? tables
                          .jobs()
                          .find(origin.job())
                          // A copy of this lab may have another job of that number.
                          .filter(job -> job.createdAt().equals(record.createdAt()))
                          .map(JobRow::id)
                      : Optional.empty());
    }

    /** Stores the files of an imported job that an earlier bundle did not contain. */
    private void complete(RunRecord record, long job) throws IOException {
      Set<String> stored =
          storage.database().read(tables -> tables.artifacts().ofJob(job)).join().stream()
              .map(ArtifactRow::name)
              .collect(Collectors.toSet());
      boolean imported =
          storage
              .database()
              .read(tables -> tables.jobs().find(job).orElseThrow().origin().isPresent())
              .join();
      List<ArtifactRow> missing =
          imported
              ? place(
                  record,
                  job,
                  record.files().stream().filter(file -> !stored.contains(file.name())).toList())
              : List.of();
      storage
          .database()
          .write(tables -> missing.stream().map(tables.artifacts()::insert).toList())
          .join();
    }

    private void store(RunRecord record, JobSpec spec) throws IOException {
      long id = storage.database().write(tables -> tables.jobs().reserve()).join();
      List<ArtifactRow> placed = place(record, id, record.files());
      join(queue.insert(imported(record, spec, id, placed)));
      numbers.put(record.job(), id);
      added.put(record.job(), id);
    }

    /** Extracts those files that the bundle contains, verifies them, and moves them into place. */
    private List<ArtifactRow> place(RunRecord record, long id, List<RecordedFile> wanted)
        throws IOException {
      Path directory = Files.createDirectories(folder.resolve(Long.toString(id)));
      List<ArtifactClaim> claims = new ArrayList<>();
      for (RecordedFile file : wanted) {
        if (bundle.has(record, file)) {
          bundle.extract(record, file, directory);
          claims.add(claim(file));
        }
      }
      files += claims.size();
      return storage.artifacts().place(id, directory, claims, record.endedAt()).join();
    }

    private JobSpec renumbered(JobSpec spec) {
      return switch (spec) {
        case TrainSpec training when training.fromRun().isPresent() ->
            training.with(TrainExperiment.FROM_RUN, training.fromRun().get().renumbered(numbers));
        case NetworkSpec about when about.run().isPresent() ->
            about.with(NetworkParameters.RUN, numbers.getOrDefault(about.run().get(), 0L));
        default -> spec;
      };
    }
  }

  private ImportedJob imported(RunRecord record, JobSpec spec, long id, List<ArtifactRow> files) {
    String title =
        Experiments.of(spec)
            .map(experiment -> experiment.titleOf(spec, catalogue))
            .orElse(record.title());
    return new ImportedJob(
        new ImportedJobRow(
            id,
            spec.kind(),
            JobRows.text(spec),
            title,
            spec.reads(),
            spec.needs().map(WeightsVersion::name),
            spec.subject(),
            JobState.Name.SUCCEEDED.name(),
            record.createdAt(),
            record.startedAt(),
            record.endedAt(),
            record.worker().map(Json::line),
            record.code(),
            record.origin().lab(),
            record.origin().run()),
        record.epochs(),
        record.results().stream().map(value -> row(value, id)).toList(),
        files,
        new AnnotationRow(id, record.tags(), record.note()));
  }

  private static ResultRow row(RunRecord.Value value, long job) {
    return new ResultRow(
        job,
        value.output(),
        value.metric(),
        value.set(),
        Json.line(value.axes()),
        value.value(),
        value.images());
  }

  private static ArtifactClaim claim(RecordedFile file) {
    return new ArtifactClaim(
        file.output(),
        file.kind(),
        file.name(),
        file.mediaType(),
        file.sha256(),
        file.size(),
        Json.line(file.facts()),
        Optional.empty());
  }

  private static <T> T join(Future<T> future) {
    return future.toCompletionStage().toCompletableFuture().join();
  }
}
