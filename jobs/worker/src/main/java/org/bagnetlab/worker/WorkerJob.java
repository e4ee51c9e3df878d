package org.bagnetlab.worker;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Objects;
import java.util.Optional;
import org.bagnetlab.experiment.Experiment;
import org.bagnetlab.experiment.Experiments;
import org.bagnetlab.experiment.JobSpec;
import org.bagnetlab.experiment.UnknownSpec;
import org.bagnetlab.experiment.train.TrainExperiment;
import org.bagnetlab.experiment.train.TrainSpec;
import org.bagnetlab.protocol.Assignment;
import org.bagnetlab.protocol.ErrorFamily;
import org.bagnetlab.protocol.MemoryShare;
import org.bagnetlab.protocol.Precision;
import org.bagnetlab.protocol.WorkerCommand;
import org.bagnetlab.protocol.WorkerEvent;
import org.bagnetlab.vision.network.Engine;
import org.bagnetlab.vision.network.EngineFacts;
import org.bagnetlab.vision.network.UnsupportedPrecision;
import org.bagnetlab.vision.network.WrongResults;
import org.bagnetlab.vision.training.DivergedException;
import org.bagnetlab.worker.engine.ExhaustedMemory;
import org.bagnetlab.worker.engine.LocalEngine;
import org.bagnetlab.worker.engine.PeakMemory;
import org.bagnetlab.worker.engine.ProcessUsage;
import org.bagnetlab.worker.provenance.ThisMachine;
import org.bagnetlab.worker.run.Cancellation;
import org.bagnetlab.worker.run.DiskFullFailure;
import org.bagnetlab.worker.run.EventWriter;
import org.bagnetlab.worker.run.InvalidJob;
import org.bagnetlab.worker.run.Run;
import org.bagnetlab.worker.run.Runners;

/** Runs one job, and always sends a final event. */
final class WorkerJob {

  private final Assignment assignment;
  private final Optional<MemoryShare> share;
  private final EventWriter events;
  private final ProcessUsage usage;
  private final Cancellation cancellation;

  WorkerJob(
      WorkerCommand.Run command,
      EventWriter events,
      ProcessUsage usage,
      Cancellation cancellation) {
    this.assignment = command.assignment();
    this.share = command.share();
    this.events = events;
    this.usage = usage;
    this.cancellation = cancellation;
  }

  void run() {
    try {
      JobSpec spec = Experiments.read(assignment.spec());
      if (spec instanceof UnknownSpec unknown) {
        throw new InvalidJob(
            "experiment-unknown", "kind", "This worker has %s.".formatted(unknown.unknown()));
      }
      Experiment<?> experiment = Experiments.of(spec).orElseThrow();
      share.ifPresent(WorkerJob::limitMemory);
      Engine engine = start(spec);
      usage.include(engine);
      announce(engine.facts());
      WorkerEvent.End end;
      try {
        end = run(experiment, spec, engine);
      } finally {
        System.err.printf("Needed %s.%n", PeakMemory.describe(engine));
      }
      events.write(end);
    } catch (Cancellation.Requested e) {
      events.write(new WorkerEvent.Stopped(false));
    } catch (WrongResults e) {
      events.write(new WorkerEvent.DeviceRefused(message(e)));
    } catch (IOException | RuntimeException | OutOfMemoryError e) {
      // The job's log has the details; the event is for users.
      e.printStackTrace();
      events.write(failed(e));
    }
  }

  private static void limitMemory(MemoryShare share) {
    if (LocalEngine.limit(share)) {
      System.err.printf("May use %s of the GPU's memory.%n", share.text());
    } else {
      System.err.println("The share of a GPU's memory is ignored: this engine does not use a GPU.");
    }
  }

  private Engine start(JobSpec spec) {
    return spec instanceof TrainSpec train
        ? LocalEngine.start(train.get(TrainExperiment.PRECISION))
        : LocalEngine.startEvaluation(trainedIn());
  }

  /** The precision of the training whose network this job uses. */
  private Precision trainedIn() {
    return assignment
        .subject()
        .map(subject -> Experiments.read(subject.spec()))
        .filter(TrainSpec.class::isInstance)
        .map(training -> ((TrainSpec) training).get(TrainExperiment.PRECISION))
        .orElse(Precision.FP32);
  }

  private <S extends JobSpec> WorkerEvent.End run(
      Experiment<S> experiment, JobSpec spec, Engine engine) throws IOException {
    return Runners.of(experiment)
        .run(
            experiment.specification(spec.settings()),
            Run.of(assignment, experiment, engine, events, cancellation));
  }

  private void announce(EngineFacts facts) {
    System.err.printf(
        "%s on %s with %d threads. Fast path %s: %s.%n",
        facts.engine(),
        facts.device(),
        facts.threads(),
        facts.fastPath() ? "active" : "NOT ACTIVE, expect a fraction of the speed",
        facts.evidence());
    events.write(new WorkerEvent.Ready(WorkerEvent.PROTOCOL, ThisMachine.with(facts)));
  }

  /** Converts a failure to an event. The event's family tells whether a retry can help. */
  static WorkerEvent.Failed failed(Throwable failure) {
    if (failure instanceof InvalidJob invalid) {
      return new WorkerEvent.Failed(
          ErrorFamily.USER_ERROR, invalid.code(), message(invalid), Optional.of(invalid.field()));
    }
    if (failure instanceof UnsupportedPrecision) {
      return new WorkerEvent.Failed(
          ErrorFamily.USER_ERROR,
          "precision-unsupported",
          message(failure),
          Optional.of("precision"));
    }
    if (failure instanceof DivergedException) {
      return new WorkerEvent.Failed(
          ErrorFamily.USER_ERROR, "diverged", message(failure), Optional.of("learningRate"));
    }
    Throwable cause = failure;
    if (failure instanceof UncheckedIOException unchecked) {
      cause = Objects.requireNonNull(unchecked.getCause());
    }
    if (cause instanceof IOException input && DiskFullFailure.is(input)) {
      return new WorkerEvent.Failed(
          ErrorFamily.EXTERNAL, DiskFullFailure.CODE, DiskFullFailure.MESSAGE, Optional.empty());
    }
    Optional<String> memory = ExhaustedMemory.of(cause);
    if (memory.isPresent()) {
      return new WorkerEvent.Failed(
          ErrorFamily.INSUFFICIENT_RESOURCES,
          ExhaustedMemory.CODE,
          "Out of memory: " + memory.get(),
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
