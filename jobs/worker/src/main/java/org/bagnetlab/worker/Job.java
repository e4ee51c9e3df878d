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
    } catch (InvalidJob e) {
      fail(ErrorFamily.USER_ERROR, e.code(), e, Optional.of(e.field()));
    } catch (DivergedException e) {
      fail(ErrorFamily.USER_ERROR, "diverged", e, Optional.of("learningRate"));
    } catch (OutOfMemoryError e) {
      fail(ErrorFamily.INSUFFICIENT_RESOURCES, "out-of-memory", e, Optional.empty());
    } catch (IOException e) {
      fail(e);
    } catch (UncheckedIOException e) {
      fail(Objects.requireNonNull(e.getCause()));
    } catch (RuntimeException e) {
      fail(ErrorFamily.INTERNAL_ERROR, "internal", e, Optional.empty());
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

  private void fail(IOException cause) {
    if (FullDisk.is(cause)) {
      cause.printStackTrace();
      events.write(
          new WorkerEvent.Failed(
              ErrorFamily.EXTERNAL, FullDisk.CODE, FullDisk.MESSAGE, Optional.empty()));
    } else {
      fail(ErrorFamily.INTERNAL_ERROR, "input-output", cause, Optional.empty());
    }
  }

  private void fail(ErrorFamily family, String code, Throwable cause, Optional<String> field) {
    // The log of the job holds the details; the event is for a person.
    cause.printStackTrace();
    String message = cause.getMessage() == null ? cause.getClass().getName() : cause.getMessage();
    events.write(new WorkerEvent.Failed(family, code, message, field));
  }
}
