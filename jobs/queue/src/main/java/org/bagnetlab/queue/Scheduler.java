package org.bagnetlab.queue;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Gives the job that should run next to the first free device, and interrupted jobs a new try. */
final class Scheduler {

  private static final Logger LOG = LoggerFactory.getLogger(Scheduler.class);
  private static final Duration RETRY = Duration.ofSeconds(5);

  private final Vertx vertx;
  private final Context context;
  private final JobStore jobs;
  private final QueueEvents events;
  private final List<GpuWorkerVerticle> devices;
  private final Map<GpuWorkerVerticle, Long> busy = new ConcurrentHashMap<>();
  private boolean claiming;
  private boolean askedAgain;
  private boolean closed;
  private boolean retrying;
  private boolean retryAgain;
  private long retry = -1;

  Scheduler(Vertx vertx, JobStore jobs, QueueEvents events, List<GpuWorkerVerticle> devices) {
    this.vertx = vertx;
    this.context = vertx.getOrCreateContext();
    this.jobs = jobs;
    this.events = events;
    this.devices = List.copyOf(devices);
  }

  /** The devices as they stand now. From any thread. */
  List<Device> devices() {
    return devices.stream().map(this::device).toList();
  }

  private Device device(GpuWorkerVerticle verticle) {
    return new Device(
        verticle.slot().name(), verticle.slot().threads(), Optional.ofNullable(busy.get(verticle)));
  }

  /** Looks for work: a job was queued or interrupted. From any thread. */
  void wake() {
    context.runOnContext(now -> look());
  }

  /** Interrupted jobs first: they are before others in the queue. */
  private void look() {
    if (closed || retrying) {
      retryAgain = retrying;
      return;
    }
    retrying = true;
    vertx.cancelTimer(retry);
    jobs.retryDue()
        .onSuccess(
            next -> {
              next.ifPresent(at -> retry = vertx.setTimer(millisUntil(at), timer -> look()));
              fill();
            })
        .onFailure(
            failure -> {
              LOG.error("Interrupted jobs could not be queued", failure);
              fill();
              retry = vertx.setTimer(RETRY.toMillis(), timer -> look());
            })
        .onComplete(
            done -> {
              retrying = false;
              if (retryAgain) {
                retryAgain = false;
                look();
              }
            });
  }

  private long millisUntil(Instant at) {
    return Math.max(1, Duration.between(jobs.now(), at).toMillis() + 1);
  }

  /**
   * Lets the worker of a job stop if a device has it. From any thread, after the request was
   * stored: a claim stored before it is heard of here before it, too.
   */
  void leave(long job) {
    context.runOnContext(
        now ->
            busy.forEach(
                (device, running) -> {
                  if (running == job) {
                    device.leave(job);
                  }
                }));
  }

  /** Starts no job any more. Succeeds when none is about to start, either. From any thread. */
  Future<Void> close() {
    Promise<Void> done = Promise.promise();
    context.runOnContext(
        now -> {
          closed = true;
          done.complete();
        });
    return done.future();
  }

  private void fill() {
    Optional<GpuWorkerVerticle> free =
        devices.stream().filter(device -> !busy.containsKey(device)).findFirst();
    if (closed || free.isEmpty()) {
      return;
    }
    if (claiming) {
      askedAgain = true;
      return;
    }
    claiming = true;
    GpuWorkerVerticle device = free.get();
    jobs.claimNext(device.slot().name())
        .onSuccess(
            claimed -> {
              claiming = false;
              claimed.ifPresent(job -> start(job, device));
              if (claimed.isPresent() || askedAgain) {
                askedAgain = false;
                fill();
              }
            })
        .onFailure(
            failure -> {
              claiming = false;
              LOG.error("No job could be claimed", failure);
              vertx.setTimer(RETRY.toMillis(), timer -> fill());
            });
  }

  private void start(Job job, GpuWorkerVerticle device) {
    if (closed) {
      // Claimed while the server began to stop, which gives it back to the queue.
      return;
    }
    busy.put(device, job.id());
    events.publish(new QueueEvent.DeviceChanged(device(device)));
    device
        .run(job)
        .onComplete(
            done ->
                context.runOnContext(
                    now -> {
                      busy.remove(device);
                      if (closed) {
                        return;
                      }
                      events.publish(new QueueEvent.DeviceChanged(device(device)));
                      look();
                    }));
  }
}
