package org.bagnetlab.queue.schedule;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.bagnetlab.queue.device.Device;
import org.bagnetlab.queue.device.StartGate;
import org.bagnetlab.queue.event.QueueEvent;
import org.bagnetlab.queue.event.QueueEvents;
import org.bagnetlab.queue.job.Job;
import org.bagnetlab.queue.run.DeviceWorkerVerticle;
import org.bagnetlab.queue.store.JobStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Assigns the next job of the queue, or of the interactive lane, to the first free device, and
 * retries interrupted jobs. {@link JobStore#claimNext} decides which job is next.
 */
public final class Scheduler {

  private static final Logger LOG = LoggerFactory.getLogger(Scheduler.class);
  private static final Duration RETRY = Duration.ofSeconds(5);

  private final Vertx vertx;
  private final Context context;
  private final JobStore jobs;
  private final QueueEvents events;
  private final boolean interactive;
  private final List<DeviceWorkerVerticle> devices;
  private final Map<DeviceWorkerVerticle, Long> busy = new ConcurrentHashMap<>();
  private final Map<DeviceWorkerVerticle, String> refusals = new ConcurrentHashMap<>();
  private final List<StartGate> gates;
  private boolean claiming;
  private boolean askedAgain;
  private boolean open;
  private boolean retrying;
  private boolean retryAgain;
  private long retry = -1;
  private long ask = -1;

  /**
   * A scheduler for some devices.
   *
   * @param interactive whether it runs the interactive jobs instead of the queue's
   */
  public Scheduler(
      Vertx vertx,
      JobStore jobs,
      QueueEvents events,
      List<StartGate> gates,
      List<DeviceWorkerVerticle> devices,
      boolean interactive) {
    this.gates = List.copyOf(gates);
    this.vertx = vertx;
    this.context = vertx.getOrCreateContext();
    this.jobs = jobs;
    this.events = events;
    this.devices = List.copyOf(devices);
    this.interactive = interactive;
  }

  /** The devices and their current jobs. Callable from any thread. */
  public List<Device> devices() {
    return devices.stream().map(this::device).toList();
  }

  /** Publishes the GPUs with their latest readings. Callable from any thread. */
  public void publishGpus() {
    devices().stream()
        .filter(device -> device.gpu().isPresent())
        .forEach(device -> events.publish(new QueueEvent.DeviceChanged(device)));
  }

  private Device device(DeviceWorkerVerticle verticle) {
    return new Device(
        verticle.slot().name(),
        verticle.slot().threads(),
        verticle.slot().gpu(),
        Optional.ofNullable(busy.get(verticle)),
        Optional.ofNullable(refusals.get(verticle)));
  }

  /** Starts jobs from now on; called once the devices are deployed. Callable from any thread. */
  public void open() {
    context.runOnContext(
        now -> {
          open = true;
          look();
        });
  }

  /**
   * Looks for work if the scheduler is open; called after a job was queued or interrupted. Callable
   * from any thread.
   */
  public void wake() {
    context.runOnContext(now -> look());
  }

  /** Looks for work. Interrupted jobs come first, because they precede others in the queue. */
  private void look() {
    if (!open || retrying) {
      retryAgain = retrying;
      return;
    }
    retrying = true;
    vertx.cancelTimer(retry);
    jobs.retryDue(interactive)
        .onSuccess(
            next -> {
              next.ifPresent(at -> retry = vertx.setTimer(millisUntil(at), timer -> look()));
              fill();
            })
        .onFailure(
            failure -> {
              LOG.error("Interrupted jobs could not be requeued", failure);
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
   * Stops the worker of a job if a device runs it. Callable from any thread, after the request was
   * stored: any earlier claim is then already known to this scheduler.
   */
  public void stopWorker(long job) {
    context.runOnContext(
        now ->
            busy.forEach(
                (device, running) -> {
                  if (running == job) {
                    device.stopWorker(job);
                  }
                }));
  }

  /** Stops starting jobs. Succeeds when none is about to start. Callable from any thread. */
  public Future<Void> close() {
    Promise<Void> done = Promise.promise();
    context.runOnContext(
        now -> {
          open = false;
          devices.forEach(device -> device.expect(false));
          done.complete();
        });
    return done.future();
  }

  private void fill() {
    if (!open) {
      return;
    }
    if (claiming) {
      askedAgain = true;
      return;
    }
    List<DeviceWorkerVerticle> free =
        devices.stream().filter(device -> !busy.containsKey(device)).toList();
    if (free.isEmpty()) {
      expectNext();
      return;
    }
    claiming = true;
    // Look for a runnable job before checking any gate: a check may start a program and wake an
    // idle GPU.
    jobs.read(tables -> !tables.jobs().runnable(interactive, 1).isEmpty())
        .onSuccess(
            waits -> {
              if (!open) {
                claimed(Optional.empty());
              } else if (waits) {
                claim(free.iterator());
              } else {
                free.forEach(device -> refused(device, device.refusal()));
                devices.forEach(device -> device.expect(false));
                claimed(Optional.empty());
              }
            })
        .onFailure(this::notClaimed);
  }

  /**
   * Notifies the busy devices whether a job is waiting for one of them. Not used in the interactive
   * lane, whose jobs are too short and too few to benefit.
   */
  private void expectNext() {
    if (interactive) {
      return;
    }
    jobs.read(tables -> !tables.jobs().runnable(false, 1).isEmpty())
        .onSuccess(
            waits -> {
              if (open) {
                busy.keySet().forEach(device -> device.expect(waits));
              }
            })
        .onFailure(failure -> LOG.warn("Cannot read whether a job waits", failure));
  }

  /** Assigns the waiting job to the first of these devices that may run it. */
  private void claim(Iterator<DeviceWorkerVerticle> free) {
    if (!free.hasNext()) {
      expectNext();
      claimed(Optional.empty());
      return;
    }
    DeviceWorkerVerticle device = free.next();
    refusal(device)
        .onSuccess(
            refusal -> {
              refused(device, refusal);
              if (!open) {
                claimed(Optional.empty());
              } else if (refusal.isPresent()) {
                claim(free);
              } else {
                claim(device);
              }
            })
        .onFailure(this::notClaimed);
  }

  private void claim(DeviceWorkerVerticle device) {
    jobs.claimNext(device.slot().name(), interactive)
        .onSuccess(
            job -> {
              job.ifPresentOrElse(
                  taken -> start(taken, device), () -> devices.forEach(each -> each.expect(false)));
              claimed(job);
            })
        .onFailure(this::notClaimed);
  }

  private void claimed(Optional<Job> job) {
    claiming = false;
    if (job.isPresent() || askedAgain) {
      askedAgain = false;
      fill();
    }
  }

  private void notClaimed(Throwable failure) {
    claiming = false;
    LOG.error("No job could be claimed", failure);
    vertx.setTimer(RETRY.toMillis(), timer -> fill());
  }

  /** Why a device cannot start a job. */
  private Future<Optional<String>> refusal(DeviceWorkerVerticle device) {
    Future<Optional<String>> refusal = Future.succeededFuture(device.refusal());
    for (StartGate gate : gates) {
      refusal =
          refusal.compose(
              before ->
                  before.isPresent()
                      ? Future.succeededFuture(before)
                      : gate.refusal(device.slot()));
    }
    return refusal;
  }

  /** Records and publishes why a device starts no jobs, and schedules the next check. */
  private void refused(DeviceWorkerVerticle device, Optional<String> refusal) {
    Optional<String> before = Optional.ofNullable(refusals.get(device));
    refusal.ifPresentOrElse(reason -> refusals.put(device, reason), () -> refusals.remove(device));
    if (!before.equals(refusal)) {
      publish(device);
    }
    if (refusal.isPresent()) {
      device.expect(false); // jobs may wait, but not for this device
      vertx.cancelTimer(ask);
      ask = vertx.setTimer(RETRY.toMillis(), timer -> fill());
    }
  }

  /** The interactive lane does not count as a device: it shares the CPU with the devices. */
  private void publish(DeviceWorkerVerticle device) {
    if (!interactive) {
      events.publish(new QueueEvent.DeviceChanged(device(device)));
    }
  }

  private void start(Job job, DeviceWorkerVerticle device) {
    if (!open) {
      // The job was claimed while the server began to shut down. The server returns it to the
      // queue.
      return;
    }
    busy.put(device, job.id());
    publish(device);
    device
        .run(job)
        .onComplete(
            done ->
                context.runOnContext(
                    now -> {
                      busy.remove(device);
                      if (!open) {
                        return;
                      }
                      publish(device);
                      look();
                    }));
  }
}
