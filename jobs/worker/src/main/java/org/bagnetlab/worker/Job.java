package org.bagnetlab.worker;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import org.bagnetlab.protocol.Assignment;
import org.bagnetlab.protocol.ErrorFamily;
import org.bagnetlab.protocol.JobSpec;
import org.bagnetlab.protocol.WorkerEvent;
import org.bagnetlab.vision.network.Engine;
import org.bagnetlab.vision.network.EngineFacts;
import org.bagnetlab.vision.training.DivergedException;

/** One job from its start to its last event, whatever happens in between. */
final class Job {

  private final Assignment assignment;
  private final EventWriter events;
  private final Cancellation cancellation;

  Job(Assignment assignment, EventWriter events, Cancellation cancellation) {
    this.assignment = assignment;
    this.events = events;
    this.cancellation = cancellation;
  }

  void run() {
    try {
      Engine engine = LocalEngine.start();
      announce(engine.facts());
      Run run =
          new Run(
              engine,
              events,
              cancellation,
              new ArtifactWriter(Path.of(assignment.directory()), events),
              Path.of(assignment.datasets()),
              Path.of(assignment.weights().orElse("")));
      JobSpec spec = assignment.spec();
      if (spec instanceof JobSpec.Train train) {
        events.write(new TrainRun(run, train, assignment).run());
        return;
      }
      if (spec instanceof JobSpec.Evaluate evaluate) {
        new EvaluateRun(run, evaluate, subject()).run();
      } else if (spec instanceof JobSpec.Heatmap heatmap) {
        new HeatmapRun(run, heatmap, subject()).run();
      }
      events.write(new WorkerEvent.Succeeded());
    } catch (Cancellation.Requested e) {
      events.write(new WorkerEvent.Stopped(false));
    } catch (IOException | RuntimeException | OutOfMemoryError e) {
      // The log of the job holds the details; the event is for a person.
      e.printStackTrace();
      events.write(failed(e));
    }
  }

  private Assignment.Subject subject() {
    return assignment
        .subject()
        .orElseThrow(() -> new IllegalStateException("the assignment names no run"));
  }

  private void announce(EngineFacts facts) {
    System.err.printf(
        "%s on %s with %d threads. Fast path %s: %s.%n",
        facts.engine(),
        facts.device(),
        facts.threads(),
        facts.fastPath() ? "active" : "NOT ACTIVE, expect a fraction of the speed",
        facts.evidence());
    String version = Job.class.getPackage().getImplementationVersion();
    events.write(
        new WorkerEvent.Ready(
            WorkerEvent.PROTOCOL,
            facts.engine(),
            Place.of(facts.device(), System.getenv()),
            facts.threads(),
            facts.fastPath(),
            version == null ? "unpackaged" : version));
  }

  /** Whose fault it is, and so whether trying again can help. */
  static WorkerEvent.Failed failed(Throwable failure) {
    if (failure instanceof InvalidJob invalid) {
      return new WorkerEvent.Failed(
          ErrorFamily.USER_ERROR, invalid.code(), message(invalid), Optional.of(invalid.field()));
    }
    if (failure instanceof DivergedException) {
      return new WorkerEvent.Failed(
          ErrorFamily.USER_ERROR, "diverged", message(failure), Optional.of("learningRate"));
    }
    Throwable cause = failure;
    if (failure instanceof UncheckedIOException unchecked) {
      cause = Objects.requireNonNull(unchecked.getCause());
    }
    if (cause instanceof IOException input && FullDisk.is(input)) {
      return new WorkerEvent.Failed(
          ErrorFamily.EXTERNAL, FullDisk.CODE, FullDisk.MESSAGE, Optional.empty());
    }
    Optional<String> memory = ExhaustedMemory.of(cause);
    if (memory.isPresent()) {
      return new WorkerEvent.Failed(
          ErrorFamily.INSUFFICIENT_RESOURCES,
          ExhaustedMemory.CODE,
          "The memory was not enough: " + memory.get(),
          Optional.empty());
    }
    String code = cause instanceof IOException ? "input-output" : "internal";
    return new WorkerEvent.Failed(
        ErrorFamily.INTERNAL_ERROR, code, message(cause), Optional.empty());
  }

  private static String message(Throwable cause) {
    return cause.getMessage() == null ? cause.getClass().getName() : cause.getMessage();
  }
}
