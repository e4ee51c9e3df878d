package org.bagnetlab.server.events;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;
import org.bagnetlab.protocol.WorkerEvent.EpochEnded;
import org.bagnetlab.protocol.WorkerEvent.Progress;
import org.bagnetlab.protocol.WorkerEvent.Result;
import org.bagnetlab.queue.device.Device;
import org.bagnetlab.queue.event.QueueEvent;
import org.bagnetlab.queue.job.Job;
import org.bagnetlab.queue.sweep.Sweep;
import org.bagnetlab.server.json.AnnotationJson;
import org.bagnetlab.server.json.ArtifactJson;
import org.bagnetlab.server.json.DeviceJson;
import org.bagnetlab.server.json.JobJson;
import org.bagnetlab.server.json.ProgressJson;
import org.bagnetlab.server.json.ServerJson;
import org.bagnetlab.server.json.SweepJson;
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
      case QueueEvent.FilesDeleted _ ->
          throw new IllegalArgumentException("pages are not told of deleted files");
      case QueueEvent.Progressed(long job, Progress progress) ->
          event(number, "progress", new Progressed(job, ProgressJson.of(progress)));
      case QueueEvent.EpochStored stored -> event(number, "metric", Epoch.of(stored));
      case QueueEvent.ResultStored stored -> event(number, "metric", Found.of(stored));
      case QueueEvent.ArtifactStored(ArtifactRow artifact) ->
          event(number, "artifact", ArtifactJson.of(artifact));
      case QueueEvent.Annotated(AnnotationRow annotation) ->
          event(number, "annotation", AnnotationJson.of(annotation));
      case QueueEvent.DeviceChanged(Device device) ->
          event(number, "device", DeviceJson.of(device));
    };
  }

  private static LabEvent event(long number, String type, Object data) {
    return new LabEvent(number, type, ServerJson.text(data));
  }

  private record Deleted(long job) {}

  private record DeletedSweep(String sweep) {}

  private record Progressed(long job, @JsonUnwrapped ProgressJson progress) {}

  private record Epoch(
      long job,
      int epoch,
      double learningRate,
      double trainLoss,
      double trainAccuracy,
      double validationLoss,
      double validationAccuracy,
      boolean best,
      double seconds) {

    static Epoch of(QueueEvent.EpochStored stored) {
      EpochEnded ended = stored.epoch();
      return new Epoch(
          stored.job(),
          ended.epoch(),
          ended.learningRate(),
          ended.trainLoss(),
          ended.trainAccuracy(),
          ended.validationLoss(),
          ended.validationAccuracy(),
          ended.best(),
          ended.seconds());
    }
  }

  private record Found(
      long job,
      String output,
      String metric,
      String set,
      JsonNode axes,
      double value,
      Optional<Integer> images) {

    static Found of(QueueEvent.ResultStored stored) {
      Result result = stored.result();
      return new Found(
          stored.job(),
          result.output(),
          result.metric(),
          result.set(),
          result.axes(),
          result.value(),
          result.images());
    }
  }
}
