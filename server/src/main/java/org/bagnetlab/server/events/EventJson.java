package org.bagnetlab.server.events;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.util.Optional;
import org.bagnetlab.protocol.WorkerEvent;
import org.bagnetlab.protocol.WorkerEvent.Progress;
import org.bagnetlab.queue.device.Device;
import org.bagnetlab.queue.event.QueueEvent;
import org.bagnetlab.queue.job.Job;
import org.bagnetlab.queue.sweep.Sweep;
import org.bagnetlab.server.json.ArtifactJson;
import org.bagnetlab.server.json.DeviceJson;
import org.bagnetlab.server.json.JobJson;
import org.bagnetlab.server.json.ServerJson;
import org.bagnetlab.server.json.SweepJson;
import org.bagnetlab.server.results.run.Trouble;
import org.bagnetlab.storage.annotation.AnnotationRow;
import org.bagnetlab.storage.artifact.ArtifactRow;

/** Converts events of the queue to events for pages. */
final class EventJson {

  private EventJson() {}

  static LabEvent of(long number, QueueEvent event) {
    return switch (event) {
      case QueueEvent.JobChanged(Job job) -> event(number, "job", JobJson.of(job));
      case QueueEvent.SweepChanged(Sweep sweep) -> event(number, "sweep", SweepJson.of(sweep));
      case QueueEvent.JobDeleted(long job) -> event(number, "deleted", new Deleted(job));
      case QueueEvent.SweepDeleted(String sweep) ->
          event(number, "deleted", new DeletedSweep(sweep));
      case QueueEvent.FilesDeleted _, QueueEvent.RuleApplied _ ->
          throw new IllegalArgumentException("no event for pages");
      case QueueEvent.Progressed(long job, Progress progress) ->
          event(number, "progress", new OfJob(job, progress));
      case QueueEvent.EpochStored stored ->
          event(
              number,
              "metric",
              new OfEpoch(
                  new OfJob(stored.job(), stored.epoch()),
                  Trouble.ofLoss(stored.epoch().trainLoss())));
      case QueueEvent.ResultStored stored ->
          event(number, "metric", new OfJob(stored.job(), stored.result()));
      case QueueEvent.ArtifactStored(ArtifactRow artifact) ->
          event(number, "artifact", ArtifactJson.of(artifact));
      case QueueEvent.Annotated(AnnotationRow annotation) ->
          event(number, "annotation", annotation);
      case QueueEvent.DeviceChanged(Device device) ->
          event(number, "device", DeviceJson.of(device));
    };
  }

  private static LabEvent event(long number, String type, Object data) {
    return new LabEvent(number, type, ServerJson.text(data));
  }

  private record Deleted(long job) {}

  private record DeletedSweep(String sweep) {}

  /** A report from the worker of a job, without the type that the protocol adds. */
  private record OfJob(
      long job, @JsonUnwrapped @JsonTypeInfo(use = JsonTypeInfo.Id.NONE) WorkerEvent event) {}

  /**
   * An epoch of a training.
   *
   * @param trouble present if its loss exploded
   */
  private record OfEpoch(@JsonUnwrapped OfJob epoch, Optional<Trouble> trouble) {}
}
