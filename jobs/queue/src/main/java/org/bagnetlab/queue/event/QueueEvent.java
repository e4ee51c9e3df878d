package org.bagnetlab.queue.event;

import org.bagnetlab.protocol.WorkerEvent.EpochEnded;
import org.bagnetlab.protocol.WorkerEvent.Progress;
import org.bagnetlab.protocol.WorkerEvent.Result;
import org.bagnetlab.queue.device.Device;
import org.bagnetlab.queue.job.Job;
import org.bagnetlab.queue.sweep.Sweep;
import org.bagnetlab.storage.annotation.AnnotationRow;
import org.bagnetlab.storage.artifact.ArtifactRow;

/** An event of the queue. All events except progress are stored before they are published. */
public sealed interface QueueEvent {

  /** A job was added or changed. */
  record JobChanged(Job job) implements QueueEvent {}

  /** A rule found a job; its timeline says why. */
  record RuleApplied(long job) implements QueueEvent {}

  /** A job was deleted. */
  record JobDeleted(long job) implements QueueEvent {}

  /** The files of a deleted job were deleted. */
  record FilesDeleted(long job) implements QueueEvent {}

  /** A sweep was added or changed. */
  record SweepChanged(Sweep sweep) implements QueueEvent {}

  /** A sweep was deleted. */
  record SweepDeleted(String sweep) implements QueueEvent {}

  /** A job made progress. */
  record Progressed(long job, Progress progress) implements QueueEvent {}

  /** A training completed an epoch. */
  record EpochStored(long job, EpochEnded epoch) implements QueueEvent {}

  /** A job reported a result. */
  record ResultStored(long job, Result result) implements QueueEvent {}

  /** A job created a file. */
  record ArtifactStored(ArtifactRow artifact) implements QueueEvent {}

  /** The annotations of a job changed. */
  record Annotated(AnnotationRow annotation) implements QueueEvent {}

  /** A device became busy or free, stopped or resumed starting jobs, or has new readings. */
  record DeviceChanged(Device device) implements QueueEvent {}
}
