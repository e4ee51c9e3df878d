package org.bagnetlab.server.events;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;
import org.bagnetlab.protocol.WorkerEvent.EpochEnded;
import org.bagnetlab.protocol.WorkerEvent.Result;
import org.bagnetlab.queue.device.Device;
import org.bagnetlab.queue.event.QueueEvent;
import org.bagnetlab.server.json.AnnotationJson;
import org.bagnetlab.server.json.ArtifactJson;
import org.bagnetlab.server.json.DeviceJson;
import org.bagnetlab.server.json.JobJson;
import org.bagnetlab.server.json.ProgressJson;
import org.bagnetlab.server.json.ServerJson;
import org.bagnetlab.server.json.SweepJson;

/** Converts events of the queue to events for pages. */
final class EventJson {

  private EventJson() {}

  static LabEvent of(long number, QueueEvent event) {
    if (event instanceof QueueEvent.JobChanged changed) {
      return event(number, "job", JobJson.of(changed.job()));
    }
    if (event instanceof QueueEvent.SweepChanged changed) {
      return event(number, "sweep", SweepJson.of(changed.sweep()));
    }
    if (event instanceof QueueEvent.JobDeleted deleted) {
      return event(number, "deleted", new Deleted(deleted.job()));
    }
    if (event instanceof QueueEvent.SweepDeleted deleted) {
      return event(number, "deleted", new DeletedSweep(deleted.sweep()));
    }
    if (event instanceof QueueEvent.Progressed progressed) {
      return event(
          number,
          "progress",
          new Progressed(progressed.job(), ProgressJson.of(progressed.progress())));
    }
    if (event instanceof QueueEvent.EpochStored stored) {
      return event(number, "metric", Epoch.of(stored));
    }
    if (event instanceof QueueEvent.ResultStored stored) {
      return event(number, "metric", Found.of(stored));
    }
    if (event instanceof QueueEvent.ArtifactStored stored) {
      return event(number, "artifact", ArtifactJson.of(stored.artifact()));
    }
    if (event instanceof QueueEvent.Annotated annotated) {
      return event(number, "annotation", AnnotationJson.of(annotated.annotation()));
    }
    Device device = ((QueueEvent.DeviceChanged) event).device();
    return event(number, "device", DeviceJson.of(device));
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
