package org.bagnetlab.protocol;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.Optional;

/**
 * An event that a worker process reports, as one JSON object per line on its stdout. After {@link
 * Ready} come any number of the others; the last is an {@link End}. A process that ends without one
 * was interrupted.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "event")
@JsonSubTypes({
  @JsonSubTypes.Type(value = WorkerEvent.Ready.class, name = "ready"),
  @JsonSubTypes.Type(value = WorkerEvent.Heartbeat.class, name = "heartbeat"),
  @JsonSubTypes.Type(value = WorkerEvent.Progress.class, name = "progress"),
  @JsonSubTypes.Type(value = WorkerEvent.EpochEnded.class, name = "epoch"),
  @JsonSubTypes.Type(value = WorkerEvent.Result.class, name = "result"),
  @JsonSubTypes.Type(value = WorkerEvent.ArtifactWritten.class, name = "artifact"),
  @JsonSubTypes.Type(value = WorkerEvent.Succeeded.class, name = "succeeded"),
  @JsonSubTypes.Type(value = WorkerEvent.Stopped.class, name = "stopped"),
  @JsonSubTypes.Type(value = WorkerEvent.RungReached.class, name = "rung"),
  @JsonSubTypes.Type(value = WorkerEvent.DeviceRefused.class, name = "device-refused"),
  @JsonSubTypes.Type(value = WorkerEvent.Failed.class, name = "failed"),
})
public sealed interface WorkerEvent {

  /**
   * The engine is running and the job starts.
   *
   * @param protocol {@link #PROTOCOL} of the worker
   */
  record Ready(int protocol, Provenance provenance) implements WorkerEvent {}

  /**
   * The process is alive. Sent every few seconds, and before the {@link End}.
   *
   * @param usage what it has used so far
   */
  record Heartbeat(Usage usage) implements WorkerEvent {}

  /**
   * The job's progress.
   *
   * @param phase the current phase
   * @param epoch the current epoch, from 1; 0 outside training
   * @param epochs maximum number of epochs; 0 outside training
   * @param done completed units (batches, or parts of heatmaps) of this phase and epoch
   * @param total total number of units of this phase and epoch
   * @param imagesPerSecond the current rate; 0 while unknown
   * @param secondsLeft estimated seconds until the whole job ends; negative while unknown
   */
  record Progress(
      Phase phase,
      int epoch,
      int epochs,
      int done,
      int total,
      double imagesPerSecond,
      double secondsLeft)
      implements WorkerEvent {}

  /**
   * An epoch of training ended and was validated.
   *
   * @param epoch number of the epoch, from 1
   * @param learningRate learning rate at the epoch's end
   * @param trainLoss mean cross-entropy over the epoch's batches, in nats
   * @param trainAccuracy accuracy over the epoch's batches, in [0, 1]
   * @param validationLoss mean cross-entropy, in nats
   * @param validationAccuracy accuracy, in [0, 1]
   * @param best whether this is the best epoch so far
   * @param seconds duration of the epoch, validation included
   */
  record EpochEnded(
      int epoch,
      double learningRate,
      double trainLoss,
      double trainAccuracy,
      double validationLoss,
      double validationAccuracy,
      boolean best,
      double seconds)
      implements WorkerEvent {}

  /**
   * A number that the experiment measured.
   *
   * @param output name of one of the experiment's outputs
   * @param metric what the number measures
   * @param set set of images, for example {@code test}
   * @param axes the number's position, by the names of the output's axes
   * @param value the number
   * @param images number of images that it was measured on, if any
   */
  record Result(
      String output,
      String metric,
      String set,
      ObjectNode axes,
      double value,
      Optional<Integer> images)
      implements WorkerEvent {}

  /**
   * A file in the worker's directory is complete, and the server may take it over.
   *
   * @param output name of the experiment's output that it belongs to, if any
   * @param kind kind of file
   * @param path path relative to the worker's directory
   * @param mediaType media type, for example {@code image/png}
   * @param sha256 checksum of its bytes, 64 lower-case hexadecimal digits
   * @param size size in bytes
   * @param facts its description, by name: {@code image}, {@code class}, {@code predicted}, {@code
   *     stride}, {@code minimum}, {@code maximum}
   * @param replaces path of an earlier file, which is obsolete once this one is stored
   */
  record ArtifactWritten(
      Optional<String> output,
      ArtifactKind kind,
      String path,
      String mediaType,
      String sha256,
      long size,
      Map<String, String> facts,
      Optional<String> replaces)
      implements WorkerEvent {}

  /** The last event of a worker. */
  sealed interface End extends WorkerEvent {}

  /** The job is complete. */
  record Succeeded() implements End {}

  /**
   * The job stopped as requested.
   *
   * @param checkpoint whether the server has a state to resume from
   */
  record Stopped(boolean checkpoint) implements End {}

  /**
   * A training completed the last epoch of its assignment and saved its state, but has epochs left.
   *
   * @param epoch the last epoch of the assignment
   */
  record RungReached(int epoch) implements End {}

  /**
   * The job did not begin, because the device computes incorrectly.
   *
   * @param reason one line for users that contains the measured numbers
   */
  record DeviceRefused(String reason) implements End {}

  /**
   * The job failed.
   *
   * @param family what kind of failure it is
   * @param code stable name of the failure
   * @param message one line for users: what is wrong and how to fix it
   * @param field the invalid field of the specification
   */
  record Failed(ErrorFamily family, String code, String message, Optional<String> field)
      implements End {}

  /** Version of this protocol. */
  int PROTOCOL = 6;
}
