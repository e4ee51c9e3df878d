package org.bagnetlab.server.bundle;

import io.vertx.core.Future;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
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
import org.bagnetlab.experiment.parameter.ImageSide;
import org.bagnetlab.experiment.train.TrainExperiment;
import org.bagnetlab.experiment.train.TrainSpec;
import org.bagnetlab.protocol.Json;
import org.bagnetlab.queue.JobQueue;
import org.bagnetlab.queue.job.JobState;
import org.bagnetlab.queue.job.Origin;
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
import org.bagnetlab.storage.job.OriginRow;
import org.bagnetlab.storage.result.ResultRow;
import org.bagnetlab.vision.architecture.Architectures;

/**
 * Imports the runs of a bundle. Each is stored completely or not at all, with its origin; those
 * that are here already are left as they are, so that an import that was interrupted can be
 * repeated. What another lab measured of runs of this lab is left out.
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
   * Checks all records of a bundle, so that nothing is stored of one that is not valid. Blocks.
   *
   * @return the bytes of its files, unpacked
   * @throws InvalidBundle if it is not a valid bundle
   */
  public static long check(Path file) throws IOException {
    try (Bundle bundle = Bundle.open(file)) {
      bundle.jobs();
      bundle.verify();
      long bytes = 0;
      for (long job : bundle.jobs()) {
        RunRecord record = bundle.record(job);
        requirePossible(record);
        for (RecordedFile recorded : record.files()) {
          if (bundle.has(record, recorded)) {
            bytes = Math.addExact(bytes, recorded.size());
          }
        }
      }
      return bytes;
    } catch (ArithmeticException e) {
      throw new InvalidBundle("its files are larger than any disk");
    }
  }

  /** Checks that views can read the settings of a job. */
  private static void requirePossible(RunRecord record) throws InvalidBundle {
    try {
      if (Experiments.read(record.spec()) instanceof TrainSpec training
          && Architectures.find(training.architecture()).isPresent()) {
        if (training.imageSize() < ImageSide.MULTIPLE) {
          throw new IllegalArgumentException("no image is that small");
        }
        var _ =
            Architectures.named(training.architecture())
                .build(2, training.width(), training.imageSize());
      }
    } catch (RuntimeException e) {
      throw new InvalidBundle("%s has impossible settings".formatted(record.path()));
    }
  }

  /**
   * Imports a bundle. Blocks.
   *
   * @param folder for extracted files, on the disk of the data directory
   * @throws InvalidBundle if a file in it is damaged; the runs before it stay imported
   */
  public Imported of(Path file, Path folder) throws IOException {
    try (Bundle bundle = Bundle.open(file)) {
      Import running = new Import(bundle, folder);
      for (long job : bundle.jobs()) {
        running.add(bundle.record(job));
      }
      return new Imported(running.added, running.known, running.files, running.leftOut);
    } catch (CompletionException e) {
      if (e.getCause() instanceof ArtifactRefused refused) {
        throw new InvalidBundle("a file is not what its record says: " + refused.getMessage());
      }
      throw e;
    }
  }

  /**
   * The job that is here with the origin of a job of a bundle.
   *
   * @param same whether it is that job
   * @param orphan whether the run that it needs was deleted here
   */
  private record Here(long job, boolean imported, boolean same, boolean orphan) {}

  /** An import that is going on. */
  private final class Import {

    private final Bundle bundle;
    private final Path folder;

    /** The ids here of the jobs of the bundle. */
    private final Map<Long, Long> numbers = new HashMap<>();

    /** The runs of this lab that the bundle contains. */
    private final Set<Long> ours = new HashSet<>();

    private final Map<Long, Long> added = new HashMap<>();
    private final Map<Long, String> leftOut = new HashMap<>();
    private int known;
    private int files;

    Import(Bundle bundle, Path folder) {
      this.bundle = bundle;
      this.folder = folder;
    }

    void add(RunRecord record) throws IOException {
      Optional<Here> here = storage.database().read(tables -> here(tables, record)).join();
      if (here.isPresent()) {
        addKnown(record, here.get());
        return;
      }
      addNew(record);
    }

    private void addNew(RunRecord record) throws IOException {
      JobSpec spec = Experiments.read(record.spec());
      Optional<String> obstacle = obstacle(spec);
      if (obstacle.isPresent()) {
        leftOut.put(record.job(), obstacle.get());
      } else {
        store(record, renumbered(spec));
      }
    }

    private void addKnown(RunRecord record, Here here) throws IOException {
      if (!here.same()) {
        leftOut.put(
            record.job(),
            "another job of lab %s is here with its number: one of the two labs is a copy"
                .formatted(Origin.shortened(record.origin().lab())));
        return;
      }
      if (here.imported() && here.orphan()) {
        adopt(record, here.job());
      }
      known++;
      numbers.put(record.job(), here.job());
      if (here.imported()) {
        complete(record, here.job());
      } else {
        ours.add(record.job());
      }
    }

    /** Gives a job whose run was deleted to the run that was imported again. */
    private void adopt(RunRecord record, long job) {
      JobSpec spec = renumbered(Experiments.read(record.spec()));
      storage
          .database()
          .write(
              tables -> {
                tables.jobs().restate(job, JobRows.text(spec), title(spec, record), spec.subject());
                return job;
              })
          .join();
    }

    /** Why a job cannot be imported. */
    private Optional<String> obstacle(JobSpec spec) {
      if (spec instanceof UnknownSpec unknown) {
        return Optional.of("this version does not know " + unknown.unknown());
      }
      if (spec instanceof TrainSpec training
          && Architectures.find(training.architecture()).isEmpty()) {
        return Optional.of("this version does not know the network " + training.architecture());
      }
      Optional<Long> subject = spec.subject();
      if (subject.isPresent() && !numbers.containsKey(subject.get())) {
        return Optional.of(
            leftOut.containsKey(subject.get())
                ? "run %d is left out".formatted(subject.get())
                : "run %d, which it needs, is not in the bundle".formatted(subject.get()));
      }
      // Its numbers would be averaged with, or replace, those that this lab measured.
      return subject
          .filter(ours::contains)
          .filter(run -> !(spec instanceof TrainSpec))
          .map(run -> "it is a measurement of run %d of this lab".formatted(numbers.get(run)));
    }

    private Optional<Here> here(Tables tables, RunRecord record) {
      OriginRow origin = new OriginRow(record.origin().lab(), record.origin().run());
      Optional<Long> imported = tables.jobs().imported(origin);
      return imported
          .or(
              () ->
                  origin.lab().equals(storage.directory().identity().id())
                      ? Optional.of(origin.job())
                      : Optional.empty())
          .flatMap(tables.jobs()::find)
          .map(
              job ->
                  new Here(
                      job.id(),
                      job.origin().isPresent(),
                      job.createdAt().equals(record.createdAt()),
                      JobRows.spec(job)
                          .subject()
                          .filter(run -> tables.jobs().find(run).isEmpty())
                          .isPresent()));
    }

    /** Stores the files of an imported job that an earlier bundle did not contain. */
    private void complete(RunRecord record, long job) throws IOException {
      Set<String> stored =
          storage.database().read(tables -> tables.artifacts().ofJob(job)).join().stream()
              .map(ArtifactRow::name)
              .collect(Collectors.toSet());
      List<ArtifactRow> missing =
          place(
              record,
              job,
              record.files().stream().filter(file -> !stored.contains(file.name())).toList());
      if (!missing.isEmpty()) {
        storage
            .database()
            .write(tables -> missing.stream().map(tables.artifacts()::insert).toList())
            .join();
      }
    }

    private void store(RunRecord record, JobSpec spec) throws IOException {
      long id = storage.database().write(tables -> tables.jobs().reserve()).join();
      List<ArtifactRow> placed = place(record, id, record.files());
      try {
        join(queue.insert(imported(record, spec, id, placed)));
      } catch (CompletionException e) {
        storage.artifacts().deleteFiles(placed).join();
        throw e;
      }
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
      return storage.artifacts().place(id, directory, claims, Instant.now()).join();
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
    return new ImportedJob(
        new ImportedJobRow(
            id,
            spec.kind(),
            JobRows.text(spec),
            title(spec, record),
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
        record.results().stream()
            .filter(value -> isDeclared(value, spec))
            .map(value -> row(value, id))
            .toList(),
        files,
        new AnnotationRow(id, record.tags(), record.note()));
  }

  /** Its title with the numbers of runs here. */
  private String title(JobSpec spec, RunRecord record) {
    return Experiments.of(spec)
        .map(experiment -> experiment.titleOf(spec, catalogue))
        .orElse(record.title());
  }

  /** Whether this version knows the output: no table would show another. */
  private static boolean isDeclared(RunRecord.Value value, JobSpec spec) {
    return Experiments.of(spec).stream()
        .flatMap(experiment -> experiment.outputs().stream())
        .anyMatch(
            output ->
                output.name().equals(value.output())
                    && output.metric().name().equals(value.metric()));
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
