package org.bagnetlab.queue.schedule;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.bagnetlab.queue.device.Candidate;
import org.bagnetlab.queue.device.Device;
import org.bagnetlab.queue.device.DeviceSlot;
import org.bagnetlab.queue.device.GpuReadings;
import org.bagnetlab.queue.device.MemoryClaim;
import org.bagnetlab.queue.device.SlotChooser;
import org.bagnetlab.queue.device.SlotChooser.Choice;
import org.bagnetlab.queue.device.StartGate;
import org.bagnetlab.queue.device.nvidia.Gpu;
import org.bagnetlab.queue.device.nvidia.Inventory;
import org.bagnetlab.queue.event.QueueEvent;
import org.bagnetlab.queue.event.QueueEvents;
import org.bagnetlab.queue.job.Job;
import org.bagnetlab.queue.run.DeviceWorkerVerticle;
import org.bagnetlab.queue.store.JobStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Assigns the next job of the queue, or of the interactive lane, to a free device, and retries
 * interrupted jobs. {@link JobStore#next} decides which job is next. As long as it must wait, all
 * others do, so that a job that needs much memory is not overtaken forever.
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
  private final Map<DeviceWorkerVerticle, MemoryClaim> busy = new ConcurrentHashMap<>();
  private final Map<DeviceWorkerVerticle, String> refusals = new ConcurrentHashMap<>();
  private final List<StartGate> gates;
  private final Optional<GpuReadings> gpus;
  private final SlotChooser chooser;

  /** When a job last ended, in nanoseconds: earlier readings of GPUs include its memory. */
  private long lastEnd = System.nanoTime();

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
   * @param gates conditions checked before each start of a job
   * @param gpus reads the GPUs before each start of a job
   * @param interactive whether it runs the interactive jobs instead of the queue's
   */
  public Scheduler(
      Vertx vertx,
      JobStore jobs,
      QueueEvents events,
      List<StartGate> gates,
      Optional<GpuReadings> gpus,
      List<DeviceWorkerVerticle> devices,
      boolean interactive) {
    this.gates = List.copyOf(gates);
    this.gpus = gpus;
    this.chooser = new SlotChooser(devices.stream().map(DeviceWorkerVerticle::slot).toList());
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
    return Device.of(
        verticle.slot(),
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
                  if (running.job() == job) {
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
    if (free().isEmpty()) {
      expectNext();
      return;
    }
    claiming = true;
    // Look for a runnable job before checking any gate: a check may start a program and wake an
    // idle GPU.
    jobs.next(interactive)
        .onSuccess(
            next -> {
              if (!open) {
                claimed(Optional.empty());
              } else if (next.isPresent()) {
                place(next.get());
              } else {
                free().forEach(device -> refused(device, device.refusal()));
                devices.forEach(device -> device.expect(false));
                claimed(Optional.empty());
              }
            })
        .onFailure(this::notClaimed);
  }

  private List<DeviceWorkerVerticle> free() {
    return devices.stream().filter(device -> !busy.containsKey(device)).toList();
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

  /** Starts a job, if a device may run it now. */
  private void place(Candidate candidate) {
    accepting(free().iterator(), new ArrayList<>())
        .onSuccess(
            accepting -> {
              if (!open) {
                claimed(Optional.empty());
              } else if (accepting.isEmpty()) {
                waits();
              } else if (accepting.get(0).slot().place().isEmpty() || gpus.isEmpty()) {
                claim(candidate, accepting.get(0), new MemoryClaim.Whole(candidate.job()));
              } else {
                chooseGpu(candidate, accepting);
              }
            })
        .onFailure(this::notClaimed);
  }

  private void waits() {
    expectNext();
    claimed(Optional.empty());
  }

  /**
   * Adds the free devices whose gates are open, up to the first that is not a GPU. Of the slots of
   * a GPU one is enough.
   */
  private Future<List<DeviceWorkerVerticle>> accepting(
      Iterator<DeviceWorkerVerticle> free, List<DeviceWorkerVerticle> found) {
    if (!free.hasNext()) {
      return Future.succeededFuture(found);
    }
    DeviceWorkerVerticle device = free.next();
    if (found.stream().anyMatch(other -> sameGpu(other, device))) {
      return accepting(free, found);
    }
    return refusal(device)
        .compose(
            refusal -> {
              boolean gpu = device.slot().place().isPresent();
              if (refusal.isPresent() || !gpu) {
                refused(device, refusal);
              }
              if (refusal.isEmpty()) {
                found.add(device);
              }
              return refusal.isEmpty() && !gpu
                  ? Future.succeededFuture(found)
                  : accepting(free, found);
            });
  }

  private static boolean sameGpu(DeviceWorkerVerticle one, DeviceWorkerVerticle other) {
    return uuid(one).isPresent() && uuid(one).equals(uuid(other));
  }

  private static Optional<String> uuid(DeviceWorkerVerticle device) {
    return device.slot().gpu().map(Gpu::uuid);
  }

  /** Starts a job on one of these GPUs. Readings are repeated before a job has to wait. */
  private void chooseGpu(Candidate candidate, List<DeviceWorkerVerticle> accepting) {
    GpuReadings readings = gpus.orElseThrow();
    recent(readings)
        .map(inventory -> choose(candidate, accepting, inventory))
        .compose(
            choice ->
                choice instanceof Choice.Start
                    ? Future.succeededFuture(choice)
                    : readings.now().map(inventory -> choose(candidate, accepting, inventory)))
        .onSuccess(
            choice -> {
              if (!open) {
                claimed(Optional.empty());
                return;
              }
              switch (choice) {
                case Choice.Start(DeviceSlot slot, MemoryClaim claim) ->
                    claim(candidate, withSlot(slot), claim);
                case Choice.Wait(Map<String, String> reasons) -> {
                  free().forEach(device -> waits(device, reasons));
                  waits();
                }
              }
            })
        .onFailure(this::notClaimed);
  }

  /** Readings from after the last end of a job, even if a job ends while the GPUs are read. */
  private Future<Inventory> recent(GpuReadings readings) {
    long since = lastEnd;
    return readings
        .recent(since)
        .compose(
            inventory -> since == lastEnd ? Future.succeededFuture(inventory) : recent(readings));
  }

  private void waits(DeviceWorkerVerticle device, Map<String, String> reasons) {
    uuid(device)
        .flatMap(gpu -> Optional.ofNullable(reasons.get(gpu)))
        .ifPresent(reason -> refused(device, Optional.of(reason)));
  }

  private DeviceWorkerVerticle withSlot(DeviceSlot slot) {
    return devices.stream().filter(device -> device.slot().equals(slot)).findFirst().orElseThrow();
  }

  private Choice choose(
      Candidate candidate, List<DeviceWorkerVerticle> accepting, Inventory inventory) {
    Map<String, Gpu> usable = new LinkedHashMap<>();
    Map<String, String> reasons = new LinkedHashMap<>();
    for (DeviceWorkerVerticle device : devices) {
      device
          .slot()
          .gpu()
          .ifPresent(
              gpu ->
                  GpuReadings.refusal(gpu, inventory)
                      .or(() -> deviceRefusal(device))
                      .ifPresentOrElse(
                          reason -> reasons.put(gpu.uuid(), reason),
                          () ->
                              inventory
                                  .gpu(gpu.uuid())
                                  .ifPresent(reading -> usable.put(gpu.uuid(), reading))));
    }
    return switch (chooser.choose(
        candidate, accepting.stream().map(DeviceWorkerVerticle::slot).toList(), usable)) {
      case Choice.Start start -> start;
      case Choice.Wait wait -> {
        reasons.putAll(wait.reasons());
        yield new Choice.Wait(reasons);
      }
    };
  }

  private void claim(Candidate candidate, DeviceWorkerVerticle device, MemoryClaim claim) {
    refused(device, Optional.empty());
    jobs.claim(candidate, device.slot().name(), interactive)
        .onSuccess(
            job -> {
              // Otherwise another job is the next one now.
              job.ifPresentOrElse(taken -> start(taken, device, claim), () -> askedAgain = true);
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
    Future<Optional<String>> refusal = Future.succeededFuture(deviceRefusal(device));
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

  /** Why no job may start on a device until the server restarts, in any of its slots. */
  private Optional<String> deviceRefusal(DeviceWorkerVerticle device) {
    return device
        .refusal()
        .or(
            () ->
                devices.stream()
                    .filter(other -> sameGpu(other, device))
                    .flatMap(other -> other.refusal().stream())
                    .findFirst());
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

  private void start(Job job, DeviceWorkerVerticle device, MemoryClaim claim) {
    if (!open) {
      // The job was claimed while the server began to shut down. The server returns it to the
      // queue.
      return;
    }
    busy.put(device, claim);
    chooser.started(device.slot(), claim);
    publish(device);
    device
        .run(job, claim)
        .onComplete(
            done ->
                context.runOnContext(
                    now -> {
                      busy.remove(device);
                      chooser.ended(device.slot());
                      lastEnd = System.nanoTime();
                      if (!open) {
                        return;
                      }
                      publish(device);
                      look();
                    }));
  }
}
